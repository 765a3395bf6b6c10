/**
 * `@qapi-ts/runtime` on Node: typed clients of QMP, the guest agent and the storage daemon.
 *
 * The phases, each a folder: transport (addresses → bytes), framing (bytes → messages), session
 * (messages ↔ commands), events (messages → listeners), client (what a program holds).
 */
import { type ConnectOptions, connectOpener, later, type SdkDescription } from './client/index.js';
import type { Address } from './transport/address.js';
import { opener } from './transport/node.js';

export type * from './client/types.js';
export { wrapperName } from './client/wrapper-name.js';
export * from './errors.js';
export {
  type BufferPolicy,
  type EventStream,
  type EventsOptions,
  eventDate,
  type QapiEvent,
  type Timestamp,
} from './events/index.js';
export type { Greeting, Message, TraceEntry } from './session/index.js';
export type { Address } from './transport/address.js';
export type { Link, Opener } from './transport/index.js';

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
  if (typeof address === 'string') {
    address = address.includes(':') ? (await later()).parseAddress(address) : { path: address };
  }
  return connectOpener(sdk, opener(address), options);
}
