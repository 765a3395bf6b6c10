/// <reference lib="esnext.disposable" />
import type { ConnectionError } from '../errors.js';
import type { EventStream, EventsOptions, Timestamp } from '../events/index.js';
import type { Extension } from '../extension/types.js';
import type { Converters } from '../int64/index.js';
import type { SchemaData } from '../schema/index.js';
import type { CommandOptions, Greeting, TraceEntry } from '../session/index.js';
import type { SchemaComparison } from '../supports/index.js';
import type { MessageValidators } from '../validate/index.js';

export type { Extended, Extension } from '../extension/types.js';
export type { CommandOptions } from '../session/index.js';
export type { SchemaComparison } from '../supports/index.js';

/** What the types of an SDK say of one command. */
export interface CommandSignature {
  /** Absent: takes none. Optional: may be called without. */
  readonly arguments?: unknown;
  readonly returns: unknown;
  /** May be executed out of band. */
  readonly oob?: true;
  /** The server answers only to fail. */
  readonly reply?: false;
  /** Names of the features that it has, those of its arguments included. */
  readonly features?: string;
}

/** Wire name → signature. An SDK gives an interface of this form. */
export type CommandMap = { readonly [name: string]: CommandSignature };

/** Event name → event. An SDK gives an interface of this form. */
export type EventMap = { readonly [name: string]: { readonly event: unknown } };

/**
 * The discriminant of the arm for what a server sends and the schema does not know. A unit type, so
 * that a `switch` narrows by the known ones; it exists in types only.
 */
export declare enum Unknown {
  Value = '\u0000unknown',
}

/** Options of a command that may be executed out of band. */
export interface OobCommandOptions extends CommandOptions {
  /** Overtake the commands that wait. Needs a server that offers it. */
  readonly oob?: boolean | undefined;
}

/** The options of a command with this signature. */
export type ExecuteOptions<S> = [S] extends [{ oob: true }] ? OobCommandOptions : CommandOptions;

/**
 * What follows the name of a command with this signature. Not distributive, as the types around it:
 * else the compiler works out all commands of an SDK to check one.
 */
export type ExecuteRest<S> = [S] extends [{ arguments: infer A }]
  ? [args: A, options?: ExecuteOptions<S>]
  : 'arguments' extends keyof S
    ? [args?: S['arguments'] | undefined, options?: ExecuteOptions<S>]
    : [args?: { readonly [name: string]: never } | undefined, options?: ExecuteOptions<S>];

/** What a command with this signature returns. */
export type ExecuteResult<S> = [S] extends [{ returns: infer R }] ? R : never;

/** The arguments of a command with this signature. */
export type ExecuteArguments<S> = 'arguments' extends keyof S ? NonNullable<S['arguments']> : never;

/**
 * What a client that reconnects tells of its connection, among the events and in their order.
 * Between the two, events may have been missed and commands reject as `not-sent`.
 */
export interface ConnectionEvents {
  readonly CONNECTION_LOST: {
    readonly event: 'CONNECTION_LOST';
    readonly timestamp: Timestamp;
    readonly data: { readonly reason: ConnectionError };
  };
  readonly CONNECTION_RESTORED: {
    readonly event: 'CONNECTION_RESTORED';
    readonly timestamp: Timestamp;
    /** How many attempts it took. */
    readonly data: { readonly attempts: number };
  };
}

/** An event by its name. */
export type EventOf<E, N> = N extends keyof E
  ? E[N]
  : N extends keyof ConnectionEvents
    ? ConnectionEvents[N]
    : never;

/** The name of an event of the schema or of the connection. */
export type EventName<E> = (keyof E & string) | keyof ConnectionEvents;

/** The names of a command's arguments, those of all branches of a union. */
export type ArgumentName<S> = ExecuteArguments<S> extends infer A ? KeyOfEach<A> : never;
/** An index signature names nothing. */
type KeyOfEach<A> = A extends unknown ? (string extends keyof A ? never : keyof A & string) : never;

/** The features that a command has in the schema: its own, and those of what it takes. */
export type FeatureName<S> = [S] extends [{ features: infer F }] ? F : never;

/** What is asked of a command beside its being there. */
export interface Supported<S> {
  readonly argument?: ArgumentName<S> | undefined;
  readonly feature?: FeatureName<S> | undefined;
}

/** How far a job has come, in units of its own. */
export interface JobProgress {
  readonly 'current-progress': number | bigint;
  readonly 'total-progress': number | bigint;
}

/** How a job is run. */
export interface JobOptions {
  /** Cancels the job, waits for its end, and rejects with an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /** Told how far the job has come. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  /** How often progress is asked for, in milliseconds; 250 by default. */
  readonly interval?: number | undefined;
  /**
   * Called when a job that goes on until it is told to complete (a mirror, an active commit) is
   * ready; it is completed when this returns. By default it is completed at once.
   */
  readonly onReady?: (() => void | Promise<void>) | undefined;
}

/** How an event is waited for. */
export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Deadline in milliseconds. */
  readonly timeout?: number | undefined;
}

/**
 * A client of one connection. `C` maps commands, `E` events; `Ev` is the union of all events, with
 * the arm for unknown ones.
 */
export interface Client<C, E, Ev> {
  /**
   * Executes a command by its wire name.
   * @throws CommandError when the server refuses it, ConnectionError, TimeoutError, AbortError,
   *   ProtocolError
   */
  execute<N extends keyof C & string>(
    name: N,
    ...rest: ExecuteRest<C[N]>
  ): Promise<ExecuteResult<C[N]>>;
  /** Executes any command, known or not. `validators` check it where they know it. */
  executeUnknown(name: string, args?: object, options?: OobCommandOptions): Promise<unknown>;
  /** All events from now on, until the connection ends. */
  events(options?: EventsOptions<Ev>): EventStream<Ev>;
  /** The events of these names from now on, until the connection ends. */
  events<N extends EventName<E>>(...names: N[]): EventStream<EventOf<E, N>>;
  events<N extends EventName<E>>(
    ...names: [...N[], EventsOptions<EventOf<E, N>>]
  ): EventStream<EventOf<E, N>>;
  /**
   * Calls back for each event of a name. What the listener throws is thrown again where nobody
   * catches it, as EventTarget does.
   * @returns stops it
   */
  on<N extends EventName<E>>(name: N, listener: (event: EventOf<E, N>) => void): () => void;
  /** As `on`, for the first one only. */
  once<N extends EventName<E>>(name: N, listener: (event: EventOf<E, N>) => void): () => void;
  /**
   * Waits for the first event of a name that fits. Listens before it returns, so that the command
   * which causes the event can be sent after this call.
   * @throws ConnectionError when the connection ends first, TimeoutError, AbortError, and what
   *   `where` throws
   */
  waitFor<N extends EventName<E>>(
    name: N,
    where?: ((event: EventOf<E, N>) => boolean) | undefined,
    options?: WaitOptions,
  ): Promise<EventOf<E, N>>;
  /**
   * Executes a command that starts a job and waits for the job's end. Finalizes and dismisses it
   * where that is left to the client. The job is known by `job-id`, or `device` where there is none.
   * @throws CommandError with the job's own error, and what `execute` throws
   */
  runJob<N extends keyof C & string>(
    name: N,
    args: ExecuteArguments<C[N]>,
    options?: JobOptions,
  ): Promise<void>;
  /**
   * Whether the server has a command: with this argument, in any branch of a union; with this
   * feature, of the argument (or its type) where one is given, else of the command (or what it takes).
   * A guest agent tells the names of its commands only.
   * @throws CommandError when the server does not tell, and what `execute` throws
   */
  supports<N extends keyof C & string>(command: N, what?: Supported<C[N]>): Promise<boolean>;
  /**
   * What the running server lacks, adds or changes against the SDK's schema, or another one.
   * @param schema needed where the SDK is bundled into one file: the `schema` of its `schema` module
   * @throws TypeError where the SDK's schema cannot be loaded, and what `execute` throws
   */
  compareSchema(schema?: SchemaData): Promise<SchemaComparison>;
  /** What the server said first; the guest agent says nothing. */
  readonly greeting: Greeting | undefined;
  /** Resolves when the connection has ended: with the reason where it broke. Never rejects. */
  readonly closed: Promise<ConnectionError | undefined>;
  /** Ends the connection. Commands without an answer reject. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What an SDK tells at run time. */
export interface SdkDescription {
  readonly protocol: 'qmp' | 'qga';
  /**
   * Wire names, separated by one space, of the commands whose methods do not tell them by
   * `wireName`; more do no harm.
   */
  readonly commands: string;
  /** Loads the SDK's schema. */
  readonly schema?: () => Promise<{ readonly schema: SchemaData }>;
  /** Wire name → method, where `wrapperName` does not hold. */
  readonly wrappers?: Readonly<Record<string, string>>;
  /** Wire names of the commands that answer only to fail. */
  readonly silent?: readonly string[];
  /** Wire name → paths of secret arguments: `props.password`, or `**.password` at any depth. */
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
  /** What maps 64-bit integers, where that is not as they come. */
  readonly converters?: Converters;
}

/** How a lost connection is made again. */
export interface ReconnectOptions {
  /** The first delay in milliseconds, doubled with each attempt and randomized; 100 by default. */
  readonly minDelay?: number | undefined;
  /** The longest delay in milliseconds; 10,000 by default. */
  readonly maxDelay?: number | undefined;
  /** Attempts before it is given up; no limit by default. */
  readonly attempts?: number | undefined;
}

/** How a connection is made. Deadlines are in milliseconds. */
export interface ConnectOptions {
  /** Gives up connecting and negotiating. Has no effect afterwards. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline for the connection itself; 10,000 by default. */
  readonly connectTimeout?: number | undefined;
  /** Deadline for greeting and negotiation; 10,000 by default. */
  readonly negotiationTimeout?: number | undefined;
  /** Deadline for each command that has none of its own; none by default. */
  readonly commandTimeout?: number | undefined;
  /** False: leave out-of-band execution off, which a server may offer. */
  readonly oob?: boolean | undefined;
  /** The longest message taken, in characters; 64 Mi by default. */
  readonly messageLimit?: number | undefined;
  /**
   * Connects again when the connection ends without `close` or `quit`. No command is ever sent
   * twice: those without an answer reject. The gap is told by `ConnectionEvents`.
   */
  readonly reconnect?: boolean | ReconnectOptions | undefined;
  /**
   * Checks what is sent, and what comes back where it is told to: `validators` or `allValidators`
   * of an SDK's `validators` module. A command with wrong arguments rejects with ValidationError and
   * is not sent; a wrong return rejects its command; a wrong event ends the stream that would have
   * given it.
   */
  readonly validators?: MessageValidators | undefined;
  /** Downstreams whose commands, events and members the client is to know. */
  readonly extensions?: readonly Extension[] | undefined;
  /** Sees every message. */
  readonly trace?: ((entry: TraceEntry) => void) | undefined;
}
