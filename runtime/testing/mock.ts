import type { Timestamp } from '../events/index.js';
import type { CommandData } from '../schema/index.js';
import type { Link, Opener } from '../transport/index.js';
import { type Fault, type FaultPlace, Faults } from './faults.js';
import { linkTo } from './in-process.js';
import { Random } from './random.js';
import { SchemaIndex } from './schema/index.js';
import { Inventor } from './schema/made-up.js';
import { ValueReader } from './schema/read-value.js';
import { type Call, type Host, Session } from './session/session.js';
import { type StandardHandler, standardHandlers } from './standard.js';
import type {
  AnyCommands,
  AnyEvents,
  CommandsOf,
  EmitRest,
  HandlerArguments,
  HandlerContext,
  Handlers,
  MockOptions,
  MockServer,
} from './types.js';
import { isPromise, plain } from './values.js';
import type { Wire } from './wire.js';

type LooseHandler = (args: never, context: HandlerContext<AnyCommands[string]>) => unknown;

/**
 * A server made from a schema. Give it to `connect` as the address, as often as wanted, or let it
 * listen. `C` and `E` are the `Commands` and `Events` of the SDK.
 */
export class Mock<C extends CommandsOf<C> = AnyCommands, E = AnyEvents> implements Opener {
  readonly name: string;
  readonly #schema: SchemaIndex;
  readonly #options: MockOptions;
  readonly #faults: Faults;
  readonly #inventor: Inventor;
  readonly #reader: ValueReader;
  readonly #host: Host;
  readonly #handlers = new Map<string, LooseHandler>();
  readonly #standard: ReadonlyMap<string, StandardHandler>;
  readonly #sessions = new Set<Session>();

  constructor(options: MockOptions) {
    const { schema: data, seed = 1, pretty = false } = options;
    const schema = new SchemaIndex(data);
    const [major = 0, minor = 0] = (data.version ?? '').split('.').map(Number);
    const version = options.version ?? { major, minor, micro: 0 };
    const isAgent = data.target === 'qga';
    const vendor = options.package ?? '';
    const capabilities = (options.oob ?? knowsOob(schema)) ? ['oob'] : [];
    this.name = `the mock of ${data.target} ${data.version ?? ''}`.trimEnd();
    this.#options = options;
    this.#schema = schema;
    this.#faults = new Faults(new Random(seed, 'faults'));
    this.#inventor = new Inventor(schema, seed);
    // A schema of no known release is taken for one of today's.
    const spoken = version.major > 0 ? version.major : 10;
    this.#reader = new ValueReader(schema, spoken);
    this.#host = {
      major: spoken,
      layout: {
        pretty: pretty && !isAgent,
        newline: isAgent ? '\n' : '\r\n',
        // Seen at 5.2, and no longer at 7.2.
        decimals: spoken < 7,
      },
      faults: this.#faults,
      greeting: isAgent ? undefined : { version: { qemu: version, package: vendor }, capabilities },
      capabilities,
      command: (name) => this.#command(name),
      answer: (call) => this.#answer(call),
      quit: () => this.#quit(),
    };
    this.#standard = standardHandlers({
      schema,
      major: spoken,
      version,
      package: vendor,
      makeUp: (command) => this.#madeUpReturn(command),
      emit: (event, eventData) => this.#emit(event, eventData),
    });
  }

  /**
   * Answers a command from now on; the last handler given counts.
   * @returns takes it back
   */
  handle<N extends keyof C & string>(name: N, handler: Handlers<C>[N]): () => void {
    if (this.#command(name) === undefined) throw new TypeError(`No command ${name} in the schema`);
    const loose: unknown = handler;
    if (!isHandler(loose)) throw new TypeError(`The handler of ${name} is no function`);
    this.#handlers.set(name, loose);
    return () => {
      if (this.#handlers.get(name) === loose) this.#handlers.delete(name);
    };
  }

  /** Sends an event to every client that has negotiated, now or at the given time of the server's. */
  emit<N extends keyof E & string>(name: N, ...[data, timestamp]: EmitRest<E[N]>): void {
    this.#emit(name, data as object | undefined, timestamp);
  }

  /** What a command returns without a handler: made up by its type and the seed. */
  madeUpReturn<N extends keyof C & string>(name: N): C[N]['returns'] {
    return this.#madeUpReturn(name);
  }

  /** Made-up arguments of a command. */
  madeUpArguments<N extends keyof C & string>(name: N): HandlerArguments<C[N]> {
    const type = this.#command(name)?.arguments;
    return this.#made(type, `${name} arguments`) as HandlerArguments<C[N]>;
  }

  /** Made-up `data` of an event; undefined where it carries none. */
  madeUpData<N extends keyof E & string>(name: N): EmitRest<E[N]>[0] {
    const type = this.#schema.events.get(name)?.data;
    return type === undefined ? undefined : this.#inventor.value(type, `${name} data`);
  }

  /** A made-up value of a type of the schema, such as `BlockDeviceInfo`. */
  madeUpValue(type: string): unknown {
    if (!this.#schema.types.has(type)) throw new TypeError(`No type ${type} in the schema`);
    return this.#inventor.value(type, type);
  }

  /**
   * Lets something go wrong with the messages that the place says. Several faults may befall one
   * message, in the order in which they were given.
   * @returns takes it back
   */
  inject(fault: Fault, place: FaultPlace = {}): () => void {
    return this.#faults.inject(fault, place);
  }

  /** Takes all faults back. */
  clearFaults(): void {
    this.#faults.clear();
  }

  /** Sends every client bytes that are no message of ours. */
  sendRaw(bytes: Uint8Array | string): void {
    const raw = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    for (const session of this.#sessions) session.raw(raw);
  }

  /** How many clients are connected. */
  get connections(): number {
    return this.#sessions.size;
  }

  /** Breaks every connection, as `kill -9` does. */
  kill(): void {
    for (const session of [...this.#sessions]) session.cut();
  }

  /** A connection within this process; `connect` calls it. */
  async open(signal: AbortSignal): Promise<Link> {
    signal.throwIfAborted();
    return linkTo((wire) => this.accept(wire));
  }

  /**
   * Listens at `unix:PATH` or `tcp:HOST:PORT` (port 0 takes any), both also without the scheme.
   * @throws what the platform gives, such as EADDRINUSE; TypeError for what is no address
   */
  async listen(address: string): Promise<MockServer> {
    const { listen } = await import('./socket.js');
    return listen(address, (wire) => this.accept(wire));
  }

  /** Takes a connection over anything that can be written to. */
  accept(wire: Wire): Session {
    const session = new Session(this.#host, wire);
    this.#sessions.add(session);
    session.signal.addEventListener('abort', () => {
      this.#sessions.delete(session);
      if (this.#options.exclusive) this.#startFirst();
    });
    if (!this.#options.exclusive || this.#sessions.size === 1) session.start();
    return session;
  }

  #startFirst(): void {
    const [first] = this.#sessions;
    first?.start();
  }

  #command(name: string): CommandData | undefined {
    return this.#schema.commands.get(name) ?? this.#negotiation(name);
  }

  /** Schemas before 2.12 do not have it. */
  #negotiation(name: string): CommandData | undefined {
    if (name !== 'qmp_capabilities' || this.#host.greeting === undefined) return undefined;
    return { kind: 'command', name, tsName: 'QmpCapabilities', module: '' };
  }

  #answer(call: Call): unknown {
    const { command, given, id, oob, session } = call;
    const { name } = command;
    const args = this.#reader.arguments(command.arguments, command.open === true, given);
    const quit = (last = () => {}) => {
      call.quits = last;
    };
    const handler = this.#handlers.get(name);
    const context: HandlerContext<AnyCommands[string]> = {
      command: name,
      id: id === undefined ? undefined : plain(id),
      oob,
      signal: session.signal,
      fallback: async () => this.#fallback(name, args, quit),
      quit: () => quit(),
    };
    const answered =
      handler === undefined ? this.#fallback(name, args, quit) : handler(args as never, context);
    if (name !== 'qmp_capabilities') return answered;
    const negotiate = (value: unknown) => {
      session.negotiate(Array.isArray(args.enable) ? args.enable : []);
      return value;
    };
    return isPromise(answered) ? answered.then(negotiate) : negotiate(answered);
  }

  #fallback(
    name: string,
    args: Record<string, unknown>,
    quit: (last?: () => void) => void,
  ): unknown {
    const standard = this.#standard.get(name);
    return standard === undefined ? this.#madeUpReturn(name) : standard(args, quit);
  }

  #madeUpReturn(name: string): unknown {
    const type = this.#command(name)?.returns;
    return type === undefined ? {} : this.#inventor.value(type, name);
  }

  #made(type: string | undefined, label: string): unknown {
    return type === undefined ? {} : this.#inventor.value(type, label);
  }

  #emit(event: string, data: object | undefined, timestamp = this.#now()): void {
    for (const session of this.#sessions) session.event({ timestamp, event, data } as never);
  }

  #now(): Timestamp {
    const now = (this.#options.clock ?? Date.now)();
    return { seconds: Math.floor(now / 1000), microseconds: Math.floor(now % 1000) * 1000 };
  }

  #quit(): void {
    for (const session of [...this.#sessions]) session.end();
  }
}

/**
 * Makes a mock; give the SDK's `Commands` and `Events` to have handlers and events typed.
 *
 * @example
 * const mock = createMock<Commands, Events>({ schema });
 * mock.handle('query-status', () => ({ running: false, status: 'paused' }));
 * await using vm = await connect(mock);
 * mock.emit('RESUME');
 */
export function createMock<C extends CommandsOf<C> = AnyCommands, E = AnyEvents>(
  options: MockOptions,
): Mock<C, E> {
  return new Mock<C, E>(options);
}

function isHandler(value: unknown): value is LooseHandler {
  return typeof value === 'function';
}

function knowsOob(schema: SchemaIndex): boolean {
  const type = schema.types.get('QMPCapability');
  return type?.kind === 'enum' && (type.values ?? []).some(({ name }) => name === 'oob');
}
