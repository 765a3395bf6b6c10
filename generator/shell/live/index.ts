/**
 * A server that a command of ours speaks to: address → way → client, and beside it its schema.
 *
 * Accepts: an address as a user types it and the options of `addLiveOptions`. Guarantees: a
 * connected client, or a run that ends with exit 2 and one line; a schema that is fetched only when
 * it is asked for; JSON whose print on a terminal acts on nothing. Leaves to the commands: what is
 * sent, and ending the connection (`await using`).
 */
export { ADDRESS_FORMS, type ParsedAddress, parseAddress } from './address.js';
export { endWith, isEnvironment } from './failure.js';
export { exactJson } from './json.js';
export {
  connectLive,
  type Live,
  type LiveClient,
  type LiveConnectOptions,
  openLive,
} from './live.js';
export { addConnectionOptions, addLiveOptions, type LiveOptions, seconds } from './options.js';
export { type PrettyOptions, prettyJson, safeJson } from './pretty.js';
export { printJson } from './print.js';
export { problemLines } from './problems.js';
export {
  embeddedReference,
  type LiveSchema,
  nearestRelease,
  type Reference,
} from './schema.js';
