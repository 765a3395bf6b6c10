import {
  type CommandOptions,
  type ConnectionError,
  type ConnectOptions,
  connectSdk,
  type EventStream,
  type EventsOptions,
  type Greeting,
  type JobOptions,
  type OobCommandOptions,
  type QapiEvent,
  type SdkDescription,
  type WaitOptions,
} from '@qapi-ts/runtime';
import { refuse } from '../../cli/exit.js';
import type { Io } from '../../cli/io.js';
import type { Target } from '../../ir/types.js';
import { parseAddress } from './address.js';
import { endWith } from './failure.js';
import type { LiveOptions } from './options.js';
import {
  askSchema,
  embeddedReference,
  folderReference,
  type LiveSchema,
  type Reference,
} from './schema.js';
import { wayTo } from './way.js';

/** A client without types of its own: what it sends is checked by the schema, if at all. */
export interface LiveClient {
  readonly greeting: Greeting | undefined;
  readonly closed: Promise<ConnectionError | undefined>;
  executeUnknown(name: string, args?: object, options?: OobCommandOptions): Promise<unknown>;
  events(...args: (string | EventsOptions<QapiEvent>)[]): EventStream<QapiEvent>;
  waitFor(
    name: string,
    where?: (event: QapiEvent) => boolean,
    options?: WaitOptions,
  ): Promise<QapiEvent>;
  runJob(name: string, args: object, options?: JobOptions): Promise<void>;
  close(): Promise<void>;
}

/** A server that is connected. */
export interface Live {
  readonly client: LiveClient;
  readonly target: Target;
  /** As the user gave it. */
  readonly address: string;
  /** The server's release, such as "7.2.22"; null where it did not say. */
  readonly version: string | null;
  /** Fires when the user interrupts the run. */
  readonly signal: AbortSignal;
  /** Definitions of the release nearest to the server, or of `--schema-dir`; nobody is asked. */
  reference(): Promise<Reference>;
  /** What the server has, asked once. */
  schema(): Promise<LiveSchema>;
  /** Ends the connection, and a server that was started for it. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Deadlines for connecting and negotiating, in milliseconds, where the user gave none. */
const PATIENCE = 10_000;

export type LiveConnectOptions = Pick<ConnectOptions, 'reconnect' | 'trace' | 'oob'>;

/** Connects. Ends the run (exit 2) where the address is none or nobody answers there. */
export async function openLive(
  text: string,
  options: LiveOptions,
  io: Io,
  more: LiveConnectOptions = {},
): Promise<Live> {
  try {
    return await connectLive(text, options, io, more);
  } catch (error) {
    return endWith(error, io.interruption());
  }
}

/**
 * Connects. Ends the run (exit 2) where the address is none.
 * @throws the runtime's errors where nobody answers there
 */
export async function connectLive(
  text: string,
  options: LiveOptions,
  io: Io,
  more: LiveConnectOptions = {},
): Promise<Live> {
  const parsed = parseAddress(text);
  if (typeof parsed === 'string') refuse(parsed);
  const { target, timeout = PATIENCE } = options;
  const signal = io.interruption();
  const sdk = describe(target);
  const way = await wayTo(parsed, options);
  const deadlines = { connectTimeout: timeout, negotiationTimeout: timeout };
  let client: LiveClient;
  try {
    client = await connectSdk<LiveClient>(sdk, way.address, { ...more, ...deadlines, signal });
  } catch (error) {
    await way.end();
    throw error;
  }
  return new Connected(client, { text, options, signal, end: () => way.end() });
}

/** What the runtime has to know: which of an agent's commands answer only to fail. */
function describe(target: Target): SdkDescription {
  if (target !== 'qga') return { protocol: 'qmp', commands: '' };
  const { schema } = embeddedReference(null, 'qga');
  const silent = [...schema.commands.values()].filter((each) => !each.successResponse);
  return { protocol: 'qga', commands: '', silent: silent.map(({ name }) => name) };
}

interface Origin {
  readonly text: string;
  readonly options: LiveOptions;
  readonly signal: AbortSignal;
  end(): Promise<void>;
}

class Connected implements Live {
  readonly client: LiveClient;
  readonly #origin: Origin;
  #agentVersion: Promise<string | null> | null = null;
  #schema: Promise<LiveSchema> | null = null;

  constructor(client: LiveClient, origin: Origin) {
    this.client = client;
    this.#origin = origin;
  }

  get target(): Target {
    return this.#origin.options.target;
  }

  get address(): string {
    return this.#origin.text;
  }

  get signal(): AbortSignal {
    return this.#origin.signal;
  }

  get version(): string | null {
    const qemu = this.client.greeting?.qemu;
    return qemu === undefined ? null : `${qemu.major}.${qemu.minor}.${qemu.micro}`;
  }

  async reference(): Promise<Reference> {
    const { target, schemaDir } = this.#origin.options;
    if (schemaDir !== undefined) return folderReference(schemaDir, target);
    if (target !== 'qga') return embeddedReference(this.version, target);
    this.#agentVersion ??= this.#askAgent();
    return embeddedReference(await this.#agentVersion, target);
  }

  schema(): Promise<LiveSchema> {
    this.#schema ??= this.reference().then((reference) =>
      askSchema((command) => this.#ask(command), this.target, reference),
    );
    return this.#schema;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.#origin.end();
  }

  #ask(command: string): Promise<unknown> {
    const { timeout = PATIENCE } = this.#origin.options;
    const options: CommandOptions = { timeout, signal: this.signal };
    return this.client.executeUnknown(command, undefined, options);
  }

  async #askAgent(): Promise<string | null> {
    const info = await this.#ask('guest-info');
    const version: unknown = Object(info).version;
    return typeof version === 'string' && /^\d+(\.\d+)*/.test(version) ? version : null;
  }
}
