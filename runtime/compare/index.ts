/**
 * Schemas compared by what is on the wire: `@qapi-ts/runtime/compare`.
 *
 * Accepts: schemas as data (`modelOfData`) or as a server tells them (`modelOfReply`, not trusted).
 * Guarantees: every difference that a command or event shows, once each, weighed by its direction;
 * an order that depends on names alone. Leaves to the callers: words, and what to do about it.
 */
export {
  CHANGES,
  type Change,
  type ChangeCode,
  type Direction,
  IMPACTS,
  type Impact,
  impactOf,
  type PartName,
  type Use,
} from './changes.js';
export { compareModels } from './compare.js';
export { describeChange } from './describe.js';
export { type DataOptions, modelOfData } from './from-data.js';
export { modelOfReply } from './from-reply.js';
export type {
  AlternateModel,
  CommandModel,
  EnumModel,
  EventModel,
  MemberModel,
  Model,
  ObjectModel,
  Ref,
  Site,
  Traits,
  TypeModel,
} from './model.js';
