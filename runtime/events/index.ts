/**
 * Events, from the connection to those who wait for them.
 *
 * Accepts: parsed events in their order. Guarantees: each listener gets those it asked for, in
 * order; nobody's fault reaches another; memory is bounded. Leaves to the caller: the handling.
 */
export { EventHub, type Subscriber } from './hub.js';
export {
  type BufferPolicy,
  type EventStream,
  type EventsOptions,
  openStream,
} from './stream.js';
export { eventDate, type QapiEvent, type Timestamp } from './timestamp.js';
