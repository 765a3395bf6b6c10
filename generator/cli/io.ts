import { type Paint, painter } from '../diagnostics/paint.js';

/** What a stream of a terminal has beyond one of a file. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What is typed or piped in. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** All that a command sees of the process it runs in, so that tests can run one without. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asked for only by commands that read it; absent where there is none. */
  stdin?(): Input;
  /** Aborted when the user interrupts the run. Asking for it takes the signals over from Node. */
  interruption(): AbortSignal;
}

/** Colour is for terminals that have it, and for users who did not forbid it (no-color.org). */
export function hasColor(output: Output, env: Io['env']): boolean {
  const forbidden = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  return output.isTTY === true && !forbidden && env.TERM !== 'dumb';
}

export function paintFor(output: Output, env: Io['env']): Paint {
  return painter(hasColor(output, env));
}

export function say(io: Io, line: string): void {
  io.stdout.write(`${line}\n`);
}

/** For what is about the run and not its result. */
export function remark(io: Io, line: string): void {
  io.stderr.write(`${line}\n`);
}
