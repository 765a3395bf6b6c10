/**
 * From bytes to messages.
 *
 * Accepts: chunks of bytes cut anywhere, from a peer that is not trusted. Guarantees: each
 * top-level JSON object once, in order, whatever stands or does not stand between them; bounded
 * memory and nesting. Leaves to the next phase: what a message means.
 */
export { createDecoder } from './decoder.js';
export {
  createFramer,
  DEFAULT_MESSAGE_LIMIT,
  type Framer,
  type FramerSink,
  notJson,
  type Skipper,
} from './framer.js';
