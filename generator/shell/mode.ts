import type { Candidate } from './complete/candidates.js';

/** How a line ended. */
export type Outcome =
  | 'done'
  /** The server refused it, or it was not sent because something is wrong with it. */
  | 'failed'
  /** The user wants to leave. */
  | 'leave';

/** What was found for the place at the cursor. */
export interface Completion {
  /** Where what is typed there begins. */
  readonly start: number;
  readonly candidates: readonly Candidate[];
}

/** Where results go. Lines are safe for a terminal already. */
export interface Printer {
  /** What a command returned. */
  reply(value: unknown, full: boolean): void;
  /** What the human monitor said. */
  text(text: string): void;
  lines(lines: readonly string[]): void;
  /** What is wrong; on standard error in scripts. */
  complain(lines: readonly string[]): void;
}

/** A language that a shell speaks: QMP's, or the human monitor's. */
export interface Mode {
  /** What stands before the line. */
  readonly prompt: string;
  /** The server was asked to end, so that the connection's end is none of its failures. */
  readonly ending: boolean;
  /** What has been begun and is not done yet, such as a transaction; null: nothing. */
  readonly pending: string | null;
  /** Forgets what has been begun. */
  reset(): void;
  /**
   * Resolves when the mode knows what it can of the server.
   * @throws what is wrong with the connection
   */
  ready(): Promise<void>;
  /** Whether text goes on in the next line. */
  isIncomplete(text: string): boolean;
  /** Whether text should not be written down. */
  isSecret(text: string): boolean;
  /**
   * Runs a line. What the server or the user did wrong is printed.
   * @throws what is wrong with the connection
   */
  run(text: string, signal: AbortSignal): Promise<Outcome>;
  complete(text: string, cursor: number): Promise<Completion>;
  /** Help of what stands at the cursor. */
  help(text: string, cursor: number): Promise<readonly string[]>;
}
