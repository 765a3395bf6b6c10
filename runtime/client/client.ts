import { ConnectionError } from '../errors.js';
import {
  EventHub,
  type EventStream,
  type EventsOptions,
  openStream,
  type QapiEvent,
} from '../events/index.js';
import { givenUp, watch } from '../session/guard.js';
import { type Greeting, guard, Session } from '../session/index.js';
import type { Opener } from '../transport/index.js';
import type { ConnectOptions, OobCommandOptions, SdkDescription, WaitOptions } from './types.js';

/** Deadline for connection and negotiation each, in milliseconds. */
const PATIENCE = 10_000;

/** What the types of `Client` stand for at run time. */
export class BaseClient {
  readonly #hub = new EventHub();
  readonly #options: ConnectOptions;
  readonly #session: Session;
  /** Resolves when the connection has ended: with the reason where it broke. */
  readonly closed: Promise<ConnectionError | undefined>;

  constructor(hub: EventHub, session: Session, options: ConnectOptions) {
    this.#hub = hub;
    this.#session = session;
    this.#options = options;
    this.closed = session.closed.then((reason) => {
      this.#hub.end(reason);
      return reason;
    });
  }

  get greeting(): Greeting | undefined {
    return this.#session.greeting;
  }

  execute(name: string, args?: object, options?: OobCommandOptions): Promise<unknown> {
    const { commandTimeout } = this.#options;
    if (commandTimeout !== undefined && options?.timeout === undefined) {
      options = { ...options, timeout: commandTimeout };
    }
    return this.#session.execute(name, args, options);
  }

  executeUnknown(name: string, args?: object, options?: OobCommandOptions): Promise<unknown> {
    return this.execute(name, args, options);
  }

  events(...args: (string | EventsOptions<QapiEvent> | undefined)[]): EventStream<QapiEvent> {
    const names = args.filter((arg) => typeof arg === 'string');
    const options = args.find((arg) => typeof arg === 'object');
    return openStream(this.#hub, names, options);
  }

  on(name: string, listener: (event: QapiEvent) => void): () => void {
    return this.#hub.add([name], {
      event: (event) => {
        try {
          listener(event);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      },
      end: () => {},
    });
  }

  once(name: string, listener: (event: QapiEvent) => void): () => void {
    const off = this.on(name, (event) => {
      off();
      listener(event);
    });
    return off;
  }

  waitFor(
    name: string,
    where?: (event: QapiEvent) => boolean,
    { signal, timeout }: WaitOptions = {},
  ): Promise<QapiEvent> {
    const wait = new Promise<QapiEvent>((resolve, reject) => {
      let off = () => {};
      let stop = () => {};
      const done = (settle: () => void) => {
        off();
        stop();
        settle();
      };
      const ended = (reason: unknown) => {
        const text = `The connection ended before ${name}`;
        done(() => reject(new ConnectionError('connection-closed', text, reason)));
      };
      const event = (event: QapiEvent) => {
        try {
          if (!where || where(event)) done(() => resolve(event));
        } catch (error) {
          done(() => reject(error));
        }
      };
      off = this.#hub.add([name], { event, end: ended });
      stop = watch(signal, timeout, (late) =>
        done(() => reject(givenUp(late, signal, `The wait for ${name}`))),
      );
    });
    // The command that was to cause the event may fail first, and then nobody waits any more.
    wait.catch(() => {});
    return wait;
  }

  async close(): Promise<void> {
    this.#session.close();
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** The class whose methods are the commands of an SDK, made once for each. */
const classes = new WeakMap<SdkDescription, typeof BaseClient>();

/** Connects, negotiates, and gives a client of the class. */
export async function openClient(
  Class: typeof BaseClient,
  sdk: SdkDescription,
  opener: Opener,
  options: ConnectOptions,
): Promise<BaseClient> {
  const { signal, connectTimeout = PATIENCE, negotiationTimeout = PATIENCE } = options;
  const abort = new AbortController();
  const opening = opener.open(abort.signal);
  const link = await guard(opening, signal, connectTimeout, `Connecting to ${opener.name}`).catch(
    (error: Error) => {
      abort.abort(error);
      // It may open at the last moment all the same.
      opening.then(
        (link) => link.close(true),
        () => {},
      );
      const mine = error.name === 'AbortError' || error.name === 'TimeoutError';
      if (mine) throw error;
      const text = `Cannot connect to ${opener.name}: ${error.message}`;
      throw new ConnectionError('connect-failed', text, error);
    },
  );
  const hub = new EventHub();
  const { protocol, silent, secrets } = sdk;
  const { messageLimit, trace, oob = true } = options;
  const session = new Session(link, hub, {
    ...{ protocol, silent, secrets, messageLimit, trace, oob },
  });
  const what = `The negotiation with ${opener.name}`;
  try {
    await guard(session.ready, signal, negotiationTimeout, what);
  } catch (error) {
    session.abort(error as Error);
    throw error;
  }
  return new Class(hub, session, options);
}

/** The class of an SDK: a method for each command. */
export function clientClass(sdk: SdkDescription, name: (wire: string) => string) {
  let Class = classes.get(sdk);
  if (!Class) {
    Class = class extends BaseClient {};
    for (const wire of sdk.commands.split(' ')) {
      Object.defineProperty(Class.prototype, name(wire), {
        value(this: BaseClient, args?: object, options?: OobCommandOptions) {
          return this.execute(wire, args, options);
        },
      });
    }
    classes.set(sdk, Class);
  }
  return Class;
}
