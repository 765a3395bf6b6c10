/**
 * What a program holds.
 *
 * Accepts: the description of an SDK, a way to a peer. Guarantees: a client whose methods are the
 * SDK's commands. Leaves to the SDK: the types.
 */
import { EventHub } from '../events/index.js';
import type { Opener } from '../transport/index.js';
import { BaseClient } from './client.js';
import { later, openSession } from './open.js';
import type { ConnectOptions, OobCommandOptions, SdkDescription } from './types.js';
import { wireName, wrapperName } from './wrapper-name.js';

export type * from './types.js';
export { later, wrapperName };

/** The class of each SDK, made once. */
const classes = new WeakMap<SdkDescription, typeof BaseClient>();

/** Makes a connection, and a client of a class for it. */
export type Connect = (sdk: SdkDescription, Class: typeof BaseClient) => Promise<BaseClient>;

/** Connects by an opener, which every platform has. */
export async function connectOpener(
  sdk: SdkDescription,
  opener: Opener,
  options: ConnectOptions = {},
): Promise<object> {
  const { extensions, validators, signal } = options;
  const hub = new EventHub();
  const connect: Connect = async (extended, Class) => {
    const origin = { sdk: extended, opener, options };
    return new Class(origin, await openSession(origin, hub, signal), hub);
  };
  const Class = clientClass(sdk);
  return extensions?.length || validators || sdk.converters
    ? (await later()).connectMore(sdk, Class, options, hub, connect)
    : connect(sdk, Class);
}

/**
 * A client class with a method for each command: those that the SDK lists, and what `wireName` tells
 * of any other, so that an SDK need not carry hundreds of names.
 */
function clientClass(sdk: SdkDescription): typeof BaseClient {
  const known = classes.get(sdk);
  if (known) return known;
  const { commands, wrappers = {} } = sdk;
  const Class = class extends BaseClient {};
  const methods = Class.prototype;
  const define = (method: string, wire: string) => {
    const value = function (this: BaseClient, args?: object, options?: OobCommandOptions) {
      return this.execute(wire, args, options);
    };
    Object.defineProperty(methods, method, { value });
    return value;
  };
  for (const wire of commands.match(/\S+/g) ?? []) {
    define(Object.hasOwn(wrappers, wire) ? (wrappers[wire] as string) : wrapperName(wire), wire);
  }
  Object.setPrototypeOf(
    methods,
    new Proxy(BaseClient.prototype, {
      get(target, name, client) {
        const wire = typeof name === 'string' && !(name in target) && wireName(name);
        return wire ? define(name as string, wire) : Reflect.get(target, name, client);
      },
    }),
  );
  classes.set(sdk, Class);
  return Class;
}
