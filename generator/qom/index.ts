/**
 * QEMU's tree of objects over a connection: `qapi-ts qom`.
 *
 * Accepts: a client that is connected, paths (absolute, or partial as QEMU resolves them), values as
 * text. Guarantees: replies of the form they must have, values of the types that properties have and
 * exact as integers, trees of bounded size in an order that does not change; nothing that a server
 * sends reaches a terminal unescaped (`print/`). Leaves to the caller: the connection, where output
 * goes, and what an error means to the process. `mount/` serves the same tree as files.
 */
export { type Facts, factsOf } from './facts.js';
export { pathHint, propertyHint } from './hint.js';
export { type Parsed, parseValue, VALUE_FORMS, type ValueForm } from './parse-value.js';
export { type Place, propertyPlaces } from './path.js';
export { typeHelpLines, typeLines } from './print/help.js';
export { listLines, valueLines } from './print/list.js';
export { treeLines } from './print/tree.js';
export { valueText } from './print/value.js';
export { childType, propertyKind } from './property-type.js';
export { Qom, type QomConnection } from './qom.js';
export type { ObjectType, Property, ReadProperty } from './replies.js';
export {
  type PropertyHelp,
  type TypeFamily,
  type TypeHelp,
  typeFamily,
  typeHelp,
} from './type-help.js';
export {
  byName,
  readProperty,
  type TreeObject,
  type TreeProperty,
  TreeTooLarge,
  walk,
} from './walk.js';
