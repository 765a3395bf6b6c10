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
import { later, type Origin, openSession } from './open.js';
import type { JobOptions, OobCommandOptions, WaitOptions } from './types.js';

/** What the types of `Client` stand for at run time. What few need is loaded by those who need it. */
export class BaseClient {
  readonly #origin: Origin;
  readonly #hub: EventHub;
  readonly #closing = new AbortController();
  #session: Monitor;
  /** Resolves when the connection has ended for good: with the reason where it broke. */
  readonly closed: Promise<ConnectionError | undefined>;

  constructor(origin: Origin, session: Monitor, hub: EventHub) {
    this.#origin = origin;
    this.#hub = hub;
    this.#session = session;
    this.closed = this.#live();
  }

  get greeting(): Greeting | undefined {
    return this.#session.greeting;
  }

  execute(name: string, args?: object, options?: OobCommandOptions): Promise<unknown> {
    const timeout = this.#origin.options.commandTimeout;
    if (timeout !== undefined) options = { timeout, ...options };
    return this.#session.execute(name, args, options);
  }

  executeUnknown(name: string, args?: object, options?: OobCommandOptions): Promise<unknown> {
    return this.execute(name, args, options);
  }

  events(...args: (string | EventsOptions<QapiEvent> | undefined)[]): EventStream<QapiEvent> {
    const names = args.filter((arg) => typeof arg === 'string');
    return openStream(
      this.#hub,
      names,
      args.find((arg) => typeof arg === 'object'),
    );
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
    options?: WaitOptions,
  ): Promise<QapiEvent> {
    // What is waited for may happen in a gap, and would then be waited for in vain.
    const lost = name.startsWith('CONNECTION_') ? name : 'CONNECTION_LOST';
    const stream = this.events(name, lost, {
      where: (event) => event.event !== name || !where || where(event),
    });
    const wait = later().then(({ first }) => first(stream, name, options));
    // The command that was to cause the event may fail first, and then nobody waits any more.
    wait.catch(() => {});
    return wait;
  }

  async runJob(name: string, args: object, options?: JobOptions): Promise<void> {
    return (await later()).runJob(this, name, args, options);
  }

  async supports(command: string, what?: Question): Promise<boolean> {
    const { supports } = await (await later()).looks();
    return supports(this.#session, this.#origin, command, what);
  }

  async compareSchema(schema?: SchemaData): Promise<SchemaComparison> {
    const { compareSchema } = await (await later()).looks();
    return compareSchema(this.#session, this.#origin, schema);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#session.close();
    await this.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Follows the connection, and those that replace it, to the end. */
  async #live(): Promise<ConnectionError | undefined> {
    let end = await this.#session.closed;
    const { reconnect } = this.#origin.options;
    if (reconnect && !this.#session.over) {
      const { follow } = await later();
      const { signal } = this.#closing;
      const open = () => openSession(this.#origin, this.#hub, signal);
      const use = (session: Monitor) => {
        this.#session = session;
      };
      end = await follow(open, use, this.#hub, end, reconnect, signal);
    }
    this.#hub.end();
    return end.code === 'connection-lost' ? end : undefined;
  }
}
