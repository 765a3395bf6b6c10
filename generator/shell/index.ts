/**
 * The shell: lines → meaning → request → reply, with completion and help at the cursor.
 *
 * Accepts: a connected server, a terminal or any other input. Guarantees: nothing is sent that the
 * server's schema forbids, unless the user says so; nothing that a server sends acts on a terminal;
 * secrets are not written down; the shell ends with its server and its terminal. Leaves to the
 * command: options, and what its exit status is.
 *
 * `arguments` reads what was typed, `live` connects and prints, `complete` and `help` say what stands
 * at the cursor, `human` is the human monitor, `terminal` draws. `QmpMode` and `HumanMode` are the
 * languages; `Interactive` and `runScript` the ways to run them.
 */
import { hasColor, type Io, paintFor } from '../cli/io.js';
import { History, historyFile } from './history.js';
import { HumanMode } from './human/human-mode.js';
import { type Live, prettyJson, printJson } from './live/index.js';
import type { Mode, Printer } from './mode.js';
import { QmpMode } from './qmp-mode.js';
import { runScript, type ScriptEnd } from './script.js';
import { humanLines } from './terminal/human-lines.js';
import { type End, Interactive } from './terminal/interactive.js';
import { Screen, type TerminalOutput } from './terminal/screen.js';

/** Replies of fewer lines are printed whole, however low the terminal is. */
const MIN_FOLD = 40;

export interface ShellOptions {
  /** Lines are for the human monitor. */
  readonly human: boolean;
  /** False: what the schema forbids is sent all the same. */
  readonly check: boolean;
  /** For each command, in milliseconds. */
  readonly timeout: number | undefined;
}

export interface TerminalOptions extends ShellOptions {
  /** File that lines are kept in; null: none; undefined: the usual one. */
  readonly history: string | null | undefined;
  /** Told when the terminal was closed: interrupts the run. */
  readonly hungUp: () => void;
}

/** A shell on a terminal. */
export async function interactiveShell(
  live: Live,
  io: Io,
  input: NodeJS.ReadStream,
  output: TerminalOutput,
  options: TerminalOptions,
): Promise<End> {
  const color = hasColor(output, io.env);
  const paint = paintFor(output, io.env);
  const screen = new Screen(output, io.env.TERM !== 'dumb');
  const print = (lines: readonly string[]) => screen.print(lines);
  const printer: Printer = {
    reply: (value, full) => {
      const { width, rows } = screen;
      const lines = Math.max(MIN_FOLD, 2 * rows);
      const options = { color, full, width, lines, hint: '; show prints them all' };
      print(prettyJson(value, options).split('\n'));
    },
    text: (text) => print(humanLines(text)),
    lines: print,
    complain: print,
  };
  const mode = modeFor(live, printer, options, paint, () => screen.width);
  const { history: file = historyFile(io.env) } = options;
  const history = new History(file);
  print([greeting(live, options.human)]);
  // Fetched while the user reads; whoever needs it waits for it, and is told why it failed.
  mode.ready().catch(() => {});
  const end = await new Interactive(live, mode, screen, history, {
    ...{ input, output, paint, color, hungUp: options.hungUp },
  }).run();
  if (history.failure !== null) {
    io.stderr.write(`qapi-ts: no history is kept: ${history.failure}\n`);
  }
  return end;
}

/** A shell that takes its lines from a file or pipe: replies on stdout, all else on stderr. */
export function scriptShell(
  live: Live,
  io: Io,
  input: NodeJS.ReadableStream,
  options: ShellOptions & { readonly keepGoing: boolean },
): Promise<ScriptEnd> {
  const paint = paintFor(io.stderr, io.env);
  const complain = (line: string) => void io.stderr.write(`qapi-ts: ${line}\n`);
  const printer: Printer = {
    reply: (value, full) => printJson(value, io, { full }),
    text: (text) => {
      if (io.stdout.isTTY !== true) io.stdout.write(text);
      else for (const line of humanLines(text)) io.stdout.write(`${line}\n`);
    },
    lines: (lines) => void io.stdout.write(`${lines.join('\n')}\n`),
    complain: (lines) => void io.stderr.write(`${lines.join('\n')}\n`),
  };
  const width = () => io.stderr.columns ?? 100;
  const mode = modeFor(live, printer, options, paint, width);
  return runScript(input, live, mode, { keepGoing: options.keepGoing, complain });
}

function modeFor(
  live: Live,
  printer: Printer,
  { human, check, timeout }: ShellOptions,
  paint: ReturnType<typeof paintFor>,
  width: () => number,
): Mode {
  const given = { paint, width, check, timeout };
  return human ? new HumanMode(live, printer, given) : new QmpMode(live, printer, given);
}

function greeting({ version, target }: Live, human: boolean): string {
  const what = { qmp: 'QEMU', qga: 'Guest agent', qsd: 'Storage daemon' }[target];
  const name = version === null ? what : `${what} ${version}`;
  const hint = human ? 'help lists all commands' : 'help explains, Tab completes, F1 tells more';
  return `${name}. ${hint}, Ctrl-D leaves.`;
}
