/**
 * `@qapi-ts/runtime` in a browser: the same client, over WebSocket.
 *
 * Accepts: what the entry point for Node accepts, except sockets. Guarantees: no import of Node.
 * Bundlers that know the `browser` condition take it in the place of the root entry.
 */
import { type ConnectOptions, connectOpener, type SdkDescription } from '../client/index.js';
import type { Opener } from '../transport/index.js';
import { webSocket } from '../websocket/index.js';

export type * from '../client/types.js';
export { wrapperName } from '../client/wrapper-name.js';
export * from '../errors.js';
export {
  type BufferPolicy,
  type EventStream,
  type EventsOptions,
  eventDate,
  type QapiEvent,
  type Timestamp,
} from '../events/index.js';
export type { Greeting, Message, TraceEntry } from '../session/index.js';
export type { Link, Opener } from '../transport/index.js';
export { webSocket };

/** The URL of a WebSocket, or an opener. */
export type Address = string | Opener;

/**
 * Connects with an SDK; generated code calls this.
 * @throws ConnectionError when the peer cannot be reached, ProtocolError when it does not speak the
 *   protocol, TimeoutError, AbortError
 */
export function connectSdk<V>(
  sdk: SdkDescription,
  address: Address,
  options?: ConnectOptions,
): Promise<V>;
export async function connectSdk(
  sdk: SdkDescription,
  address: Address,
  options?: ConnectOptions,
): Promise<object> {
  const opener = typeof address === 'string' ? webSocket(address) : address;
  return connectOpener(sdk, opener, options);
}
