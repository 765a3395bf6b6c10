/** A connection that is open. */
export interface Link {
  /**
   * Begins to deliver. Nothing is delivered before it, and nothing after `end`, which comes once:
   * with the reason where the connection broke, without one where the peer ended it.
   */
  start(data: (chunk: Uint8Array) => void, end: (reason?: unknown) => void): void;
  /**
   * Sends all of it; what cannot be sent is told by `end`. Texts of one turn may go out together.
   */
  send(data: string | Uint8Array): void;
  /** A command that was sent, by what its reply is looked up by, is not waited for any longer. */
  forget?(key: unknown): void;
  /** Sends what is left, then ends; `end` follows within half a second. At once when abrupt. */
  close(abrupt?: boolean): void;
}

/** Something that can be connected to, again and again where it says so. */
export interface Opener {
  /** Named in error messages. */
  readonly name: string;
  /** @throws whatever the platform gives; the signal's reason when it fires */
  open(signal: AbortSignal): Promise<Link>;
}
