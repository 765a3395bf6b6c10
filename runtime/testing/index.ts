/**
 * `@qapi-ts/runtime/testing`: a server made from a generated SDK's schema, to test programs with.
 * The phases, each a folder or file: input (bytes → values, as QEMU reads them), session (values →
 * commands → replies), schema (commands' arguments checked, answers made up), faults and wire
 * (replies → bytes, or what goes wrong with them), in-process and socket (bytes → a client).
 *
 * Accepts: a schema as data, and clients that are not trusted. Guarantees: greeting, negotiation,
 * order, refusals and their words are QEMU's; answers are right by their types; memory is bounded.
 * Leaves to the program under test: whether made-up answers make sense to it, or handlers are needed.
 */
export type { Fault, FaultPlace } from './faults.js';
export { createMock, Mock } from './mock.js';
export { Refusal } from './refusal.js';
export type { Session } from './session/session.js';
export type {
  AnyCommands,
  AnyEvents,
  CommandsOf,
  EmitRest,
  Handler,
  HandlerArguments,
  HandlerContext,
  Handlers,
  MockOptions,
  MockServer,
} from './types.js';
export type { Wire } from './wire.js';
