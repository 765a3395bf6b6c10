/** What a run's end means to the shell. */
export const EXIT = {
  /** Done; warnings alone included. */
  done: 0,
  /** The input has findings, or the output differs under `--check`. */
  findings: 1,
  /** Wrong usage, or something around the run is not as it must be. */
  environment: 2,
} as const;
/** One of these, or that of a program that was run elsewhere. */
export type ExitCode = number;

/** Ends a run early. The message is one line for the user; null when all was said already. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;
  readonly said: boolean;

  constructor(exitCode: ExitCode, message: string | null) {
    super(message ?? '');
    this.exitCode = exitCode;
    this.said = message === null;
  }
}

/** Usage or environment: exit 2. */
export function refuse(message: string): never {
  throw new CliError(EXIT.environment, message);
}

/** Findings that are printed already: exit 1. */
export function foundWanting(): never {
  throw new CliError(EXIT.findings, null);
}

/** The user ended the run, and knows it. */
export function interrupted(): never {
  throw new CliError(EXIT.environment, null);
}
