/**
 * What a program holds.
 *
 * Accepts: the description of an SDK, a way to a peer. Guarantees: a client whose methods are the
 * SDK's commands. Leaves to the SDK: the types.
 */
import type { Opener } from '../transport/index.js';
import { clientClass, openClient } from './client.js';
import type { ConnectOptions, SdkDescription } from './types.js';
import { wrapperName } from './wrapper-name.js';

export type * from './types.js';
export { wrapperName };

/** Connects to a peer by an opener, which every platform has. */
export function connectOpener(
  sdk: SdkDescription,
  opener: Opener,
  options: ConnectOptions = {},
): Promise<object> {
  const { wrappers = {} } = sdk;
  const name = (wire: string) =>
    Object.hasOwn(wrappers, wire) ? (wrappers[wire] as string) : wrapperName(wire);
  return openClient(clientClass(sdk, name), sdk, opener, options);
}
