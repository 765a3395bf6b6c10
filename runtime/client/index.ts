/**
 * What a program holds.
 *
 * Accepts: the description of an SDK, a way to a peer. Guarantees: a client whose methods are the
 * SDK's commands. Leaves to the SDK: the types.
 */
import { EventHub } from '../events/index.js';
import type { Opener } from '../transport/index.js';
import { BaseClient } from './client.js';
import { openSession } from './open.js';
import type { ConnectOptions, OobCommandOptions, SdkDescription } from './types.js';
import { wrapperName } from './wrapper-name.js';

export type * from './types.js';
export { wrapperName };

/** The class of each SDK, made once. */
const classes = new WeakMap<SdkDescription, typeof BaseClient>();

/** Connects by an opener, which every platform has. */
export async function connectOpener(
  sdk: SdkDescription,
  opener: Opener,
  options: ConnectOptions = {},
): Promise<object> {
  const hub = new EventHub(sdk.converters?.events);
  const origin = { sdk, opener, options };
  const session = await openSession(origin, hub, options.signal);
  return new (clientClass(sdk))(origin, session, hub);
}

/** A client class with a method for each command. */
function clientClass(sdk: SdkDescription): typeof BaseClient {
  const known = classes.get(sdk);
  if (known) return known;
  const Class = class extends BaseClient {};
  const { commands, wrappers = {} } = sdk;
  for (const wire of commands.split(' ')) {
    const name = Object.hasOwn(wrappers, wire) ? (wrappers[wire] as string) : wrapperName(wire);
    Object.defineProperty(Class.prototype, name, {
      value(this: BaseClient, args?: object, options?: OobCommandOptions) {
        return this.execute(wire, args, options);
      },
    });
  }
  classes.set(sdk, Class);
  return Class;
}
