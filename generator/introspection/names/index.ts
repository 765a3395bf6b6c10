/**
 * Names for types that introspection masks. `nameMasked` makes them from use alone; `recoverNames`
 * finds the real ones in a schema that has them (graph of uses → matches → renaming → facts that
 * replies hide). Both accept and give definitions of the IR with unique names and references that
 * resolve; TypeScript names are left to `assembleSchema`.
 */
export { nameMasked } from './masked.js';
export {
  type LostName,
  type NameReport,
  type RecoveredName,
  type Recovery,
  recoverNames,
} from './recover.js';
