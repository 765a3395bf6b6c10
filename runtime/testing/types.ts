import type { CommandSignature, ExecuteArguments } from '../client/types.js';
import type { Timestamp } from '../events/index.js';
import type { SchemaData } from '../schema/index.js';

/** How commands are typed where no SDK says it. */
export interface AnyCommands {
  readonly [name: string]: {
    readonly arguments?: Readonly<Record<string, unknown>>;
    readonly returns: unknown;
  };
}

/** How events are typed where no SDK says it. */
export interface AnyEvents {
  readonly [name: string]: { readonly event: string; readonly data?: unknown };
}

/** The commands of an SDK. */
export type CommandsOf<C> = { readonly [N in keyof C]: CommandSignature };

/** The arguments that a handler gets; integers beyond ±(2^53 − 1) are bigints. */
export type HandlerArguments<S extends CommandSignature> = [ExecuteArguments<S>] extends [never]
  ? Readonly<Record<string, never>>
  : ExecuteArguments<S>;

/** What a handler knows beside the arguments. */
export interface HandlerContext<S extends CommandSignature> {
  /** Wire name of the command. */
  readonly command: string;
  /** The client's `id`; absent where it gave none. */
  readonly id: unknown;
  /** Whether it is executed out of band. */
  readonly oob: boolean;
  /** Aborted when the connection ends. */
  readonly signal: AbortSignal;
  /** What would be answered without this handler. */
  fallback(): Promise<S['returns']>;
  /** Ends every connection once the reply is sent, as a server does that exits. */
  quit(): void;
}

/**
 * Answers a command. Its arguments are checked before.
 * @throws Refusal to have the command fail
 */
export type Handler<S extends CommandSignature> = (
  args: HandlerArguments<S>,
  context: HandlerContext<S>,
) => S['returns'] | Promise<S['returns']>;

/**
 * Handlers by command. Looked up in this, a handler's own type is known where it is written, and
 * the values that it returns keep their literal types.
 */
export type Handlers<C extends CommandsOf<C>> = { readonly [N in keyof C]: Handler<C[N]> };

/** What follows the name of an event that is emitted. */
export type EmitRest<V> = V extends { readonly data: infer D }
  ? [data: D, timestamp?: Timestamp]
  : V extends { readonly data?: infer D }
    ? [data?: D, timestamp?: Timestamp]
    : [data?: undefined, timestamp?: Timestamp];

/** What a mock is made from. */
export interface MockOptions {
  /** From a generated SDK, such as `@qapi-ts/qemu/10.2/qmp/schema`. */
  readonly schema: SchemaData;
  /** What made-up values depend on, and where faults fall; 1 by default. */
  readonly seed?: number | undefined;
  /** Lay messages out over many lines, as a monitor with `pretty=on`. */
  readonly pretty?: boolean | undefined;
  /** Offer out-of-band execution; by default where the schema knows it. */
  readonly oob?: boolean | undefined;
  /** Serve one client at a time, as a monitor does: others get no word until it has gone. */
  readonly exclusive?: boolean | undefined;
  /** The version it says it is; by default the schema's. */
  readonly version?:
    | { readonly major: number; readonly minor: number; readonly micro: number }
    | undefined;
  /** The distributor's package it says it is; empty by default. */
  readonly package?: string | undefined;
  /** The time that events carry, in milliseconds since 1970; by default the real one. */
  readonly clock?: (() => number) | undefined;
}

/** A mock that listens. */
export interface MockServer {
  /** What a client connects to: the path of a Unix socket, or `host:port`. */
  readonly address: string;
  /** Stops listening, and breaks the connections that were made here. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
