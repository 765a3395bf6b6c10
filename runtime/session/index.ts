/**
 * One connection's conversation.
 *
 * Accepts: messages from a peer that is not trusted, commands from a caller. Guarantees: each
 * command settles exactly once, with its own answer or with an error that says what is known of
 * it; an answer is never given to another command. Leaves to the next phase: names, types,
 * reconnection.
 *
 * What is loaded later takes errors, framing and JSON from here, so that a bundler that splits
 * puts all that every connection needs into one file.
 */
export * from '../errors.js';
export { createDecoder, createFramer } from '../framing/index.js';
export { parseJson, stringifyJson } from '../json/index.js';
export { guard } from './guard.js';
export { Monitor } from './monitor.js';
export type {
  CommandOptions,
  Greeting,
  Message,
  Pending,
  SessionOptions,
  TraceEntry,
} from './options.js';
