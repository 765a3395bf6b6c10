import type { ConnectionError } from '../errors.js';
import {
  type EventHub,
  type EventStream,
  type EventsOptions,
  openStream,
  type QapiEvent,
} from '../events/index.js';
import type { SchemaData } from '../schema/index.js';
import type { Greeting, Monitor } from '../session/index.js';
import type { Question, SchemaComparison } from '../supports/index.js';
import { type Origin, openSession } from './open.js';
import type {
  ConnectOptions,
  JobOptions,
  OobCommandOptions,
  SdkDescription,
  WaitOptions,
} from './types.js';

/** What the types of `Client` stand for at run time. */
export class BaseClient {
  readonly #hub: EventHub;
  readonly #options: ConnectOptions;
  readonly #sdk: SdkDescription;
  readonly #closing = new AbortController();
  #session: Monitor;
  /** Resolves when the connection has ended for good: with the reason where it broke. */
  readonly closed: Promise<ConnectionError | undefined>;

  constructor(origin: Origin, session: Monitor, hub: EventHub) {
    this.#hub = hub;
    this.#session = session;
    this.#options = origin.options;
    this.#sdk = origin.sdk;
    this.closed = this.#live(origin);
  }

  get greeting(): Greeting | undefined {
    return this.#session.greeting;
  }

  execute(name: string, args?: object, options?: OobCommandOptions): Promise<unknown> {
    const { commandTimeout, validators } = this.#options;
    try {
      validators?.arguments?.(name, args);
    } catch (error) {
      return Promise.reject(error);
    }
    if (commandTimeout !== undefined) options = { timeout: commandTimeout, ...options };
    const reply = this.#session.execute(name, args, options);
    const convert = this.#sdk.converters?.returns.get(name);
    const value = convert ? reply.then(convert) : reply;
    const check = validators?.returns;
    if (!check) return value;
    return value.then((returned) => {
      check(name, returned);
      return returned;
    });
  }

  executeUnknown(name: string, args?: object, options?: OobCommandOptions): Promise<unknown> {
    return this.execute(name, args, options);
  }

  events(...args: (string | EventsOptions<QapiEvent> | undefined)[]): EventStream<QapiEvent> {
    const names = args.filter((arg) => typeof arg === 'string');
    const options = args.find((arg) => typeof arg === 'object') ?? {};
    const check = this.#options.validators?.event;
    if (!check) return openStream(this.#hub, names, options);
    const { where } = options;
    return openStream(this.#hub, names, {
      ...options,
      where: (event) => {
        check(event);
        return !where || where(event);
      },
    });
  }

  on(name: string, listener: (event: QapiEvent) => void): () => void {
    return this.#hub.add([name], {
      event: (event) => {
        try {
          this.#options.validators?.event?.(event);
          listener(event);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      },
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
    where: (event: QapiEvent) => boolean = () => true,
    options?: WaitOptions,
  ): Promise<QapiEvent> {
    // What is waited for may happen in a gap, and would then be waited for in vain.
    const lost = name.startsWith('CONNECTION_') ? name : 'CONNECTION_LOST';
    const stream = this.events(name, lost, {
      where: (event) => event.event !== name || where(event),
    });
    const wait = import('./wait.js').then(({ first }) => first(stream, name, options));
    // The command that was to cause the event may fail first, and then nobody waits any more.
    wait.catch(() => {});
    return wait;
  }

  async runJob(name: string, args: object, options: JobOptions = {}): Promise<void> {
    const { runJob } = await import('../jobs/index.js');
    return runJob(this, name, args, options);
  }

  async supports(command: string, what?: Question): Promise<boolean> {
    const { server, supports } = await this.#ask();
    return supports(server, command, what);
  }

  async compareSchema(schema?: SchemaData): Promise<SchemaComparison> {
    const { server, compareSchema } = await this.#ask();
    return compareSchema(server, this.#sdk, schema);
  }

  async #ask() {
    const module = await import('../supports/index.js');
    return { ...module, server: module.serverOf(this.#session, this.#sdk, this.#options) };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#session.close();
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Follows the connection, and those that replace it, to the end. */
  async #live(origin: Origin): Promise<ConnectionError | undefined> {
    let end = await this.#session.closed;
    const { reconnect } = this.#options;
    while (reconnect && !this.#session.over) {
      const { restore } = await import('../reconnect/index.js');
      const open = () => openSession(origin, this.#hub, this.#closing.signal);
      const session = await restore(open, this.#hub, end, reconnect, this.#closing.signal);
      if (!session) break;
      this.#session = session;
      end = await session.closed;
    }
    const reason = end.code === 'connection-lost' ? end : undefined;
    this.#hub.end(reason);
    return reason;
  }
}
