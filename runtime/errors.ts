/**
 * The runtime's errors: one small family, told apart by class or by `code`.
 *
 * Accepts: nothing of the project. Guarantees: every promise of the runtime rejects with one of
 * these (or with what a caller's own function threw). Leaves to the callers: which one applies.
 */

/**
 * What is known of a command that got no answer. `not-sent`: the server has never run it and
 * sending it again is safe. `unknown`: it was handed to the server and may or may not have run.
 */
export type Outcome = 'not-sent' | 'unknown';

/** The classes that QEMU has sent since 1.2. */
export type KnownErrorClass =
  | 'GenericError'
  | 'CommandNotFound'
  | 'DeviceNotActive'
  | 'DeviceNotFound'
  | 'KVMMissingCap'
  | 'MigrationExpected';

/** A known class, or any other: QEMU before 1.2 had some seventy of them. */
export type ErrorClass = KnownErrorClass | (string & Record<never, never>);

/** The `error` member of a reply as it came, downstream and later members included. */
export interface WireError {
  readonly class?: string;
  readonly desc?: string;
  readonly data?: unknown;
  readonly [member: string]: unknown;
}

/** The server refused or failed a command. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code = 'command-failed';
  /** The error class; `GenericError` where the server gave none. */
  declare readonly class: ErrorClass;
  /** The server's own description; its class where it gave none. */
  declare readonly desc: string;
  /** Wire name of the command. */
  declare readonly command: string;
  /** What QEMU before 1.2 sent with the class. */
  declare readonly data: unknown;
  /** The whole `error` member as it came. */
  declare readonly wire: WireError;

  constructor(command: string, wire: WireError) {
    const type = typeof wire.class === 'string' ? wire.class : 'GenericError';
    const desc = typeof wire.desc === 'string' ? wire.desc : type;
    super(`${command}: ${desc}`);
    this.class = type;
    this.desc = desc;
    this.command = command;
    this.data = wire.data;
    this.wire = wire;
  }
}

/** A failure of this side's, with the fate of the command that met it. */
class Failure extends Error {
  declare readonly outcome?: Outcome;

  constructor(message: string, outcome?: Outcome, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    if (outcome) this.outcome = outcome;
  }
}

/** A deadline passed. */
export class TimeoutError extends Failure {
  override readonly name = 'TimeoutError';
  readonly code = 'timeout';
}

/** A caller's AbortSignal fired. Named and coded as Node's own; `cause` is the signal's reason. */
export class AbortError extends Failure {
  override readonly name = 'AbortError';
  readonly code = 'ABORT_ERR';

  constructor(cause: unknown, outcome?: Outcome) {
    super('The operation was aborted', outcome, cause);
  }
}

/**
 * What the peer did against the protocol, or could not do.
 * - `not-qmp`: the peer's first message is no greeting, or no JSON object at all
 * - `negotiation-refused`: it did not accept our capabilities
 * - `malformed`: a message that is not JSON; the reply concerned fails, or the connection ends
 * - `too-large`: a message beyond the limit of size or nesting; the connection ends
 * - `unattributed`: a reply that cannot be given to a command; the connection ends
 * - `command-dropped`: the server dropped the command unexecuted (2.12 and 3.0)
 * - `oob-unavailable`: out-of-band execution was asked for and is not negotiated
 */
export type ProtocolCode =
  | 'not-qmp'
  | 'negotiation-refused'
  | 'malformed'
  | 'too-large'
  | 'unattributed'
  | 'command-dropped'
  /** Only where an SDK maps 64-bit integers to numbers. */
  | 'unsafe-integer'
  | 'oob-unavailable';

/** The peer broke the protocol. */
export class ProtocolError extends Failure {
  override readonly name = 'ProtocolError';
  declare readonly code: ProtocolCode;

  constructor(code: ProtocolCode, message: string, outcome?: Outcome, cause?: unknown) {
    super(message, outcome, cause);
    this.code = code;
  }
}

/**
 * There is no connection, or no longer one. `connect-failed`: it could not be made;
 * `connection-lost`: it broke; `connection-closed`: one side ended it in order; `buffer-full`: a
 * stream of events was to fail rather than lose one. `cause` carries the platform's or the
 * protocol's own error where there is one.
 */
export type ConnectionCode =
  | 'connect-failed'
  | 'connection-lost'
  | 'connection-closed'
  | 'buffer-full';

/** There is no connection, or no longer one. */
export class ConnectionError extends Failure {
  override readonly name = 'ConnectionError';
  declare readonly code: ConnectionCode;

  constructor(code: ConnectionCode, message: string, cause?: unknown, outcome?: Outcome) {
    super(message, outcome, cause);
    this.code = code;
  }
}
