/** How one command is executed. */
export interface CommandOptions {
  /** Gives up waiting. A command that was sent may still run; its late reply is swallowed. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline in milliseconds, from the call on. */
  readonly timeout?: number | undefined;
  /**
   * The `id` to send, any JSON value; by default a number of the client's own. The guest agent
   * gets none.
   */
  readonly id?: unknown;
}

/** What a QMP server says of itself first. */
export interface Greeting {
  /** The version; a server of 0.12's time gives text, whose numbers are read. */
  readonly qemu: { readonly major: number; readonly minor: number; readonly micro: number };
  /** The distributor's package; may be empty. */
  readonly package: string;
  /** Capabilities offered, `oob` being the only one known. */
  readonly capabilities: readonly string[];
}

/** A message on the wire, parsed. */
export type Message = { readonly [member: string]: unknown };

/** One message as the `trace` hook sees it. */
export interface TraceEntry {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly direction: 'sent' | 'received';
  /** The message, with secrets masked. */
  readonly message: Message;
}

/** A command that is not done. One that was given up stays until its reply has come. */
export interface Pending {
  readonly name: string;
  /** What its reply is looked up by. */
  readonly key: unknown;
  readonly text: string;
  readonly oob: boolean;
  sent?: true;
  /** Settles the caller's promise; absent once that is done. */
  done?: ((error: Error | undefined, value?: unknown) => void) | undefined;
}

/** What a conversation needs to know. */
export interface SessionOptions {
  /** Whether to use out-of-band execution where the server offers it; by default it is used. */
  readonly oob?: boolean | undefined;
  /** How many commands may be in flight without out-of-band execution; any number by default. */
  readonly window?: number | undefined;
  /** In characters. */
  readonly messageLimit?: number | undefined;
  /** Wire names of commands that answer only to fail. */
  readonly silent?: readonly string[] | undefined;
  /** Told of each message. */
  readonly traced?: ((sent: boolean, message: Message) => void) | undefined;
}
