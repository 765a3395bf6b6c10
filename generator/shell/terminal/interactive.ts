import type { Interface, Key } from 'node:readline';
import { AbortError } from '@qapi-ts/runtime';
import type { Paint } from '../../diagnostics/paint.js';
import type { History } from '../history.js';
import { HISTORY_SIZE } from '../history.js';
import { isEnvironment, type Live } from '../live/index.js';
import type { Mode, Outcome } from '../mode.js';
import { createEditor, type Replacement } from './editor.js';
import { followEvents } from './gutter.js';
import { candidateLines } from './list.js';
import type { Screen, TerminalOutput } from './screen.js';

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: TerminalOutput;
  readonly paint: Paint;
  readonly color: boolean;
  /** Told when the terminal was closed: interrupts the run. */
  readonly hungUp: () => void;
}

/** How a shell ended. */
export type End =
  | { readonly kind: 'left' }
  /** The terminal is gone, or the user interrupted the run from elsewhere. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'lost'; readonly message: string };

const CONTINUATION = '...> ';
const HELP_KEYS = (key: Key) => key.name === 'f1' || (key.meta === true && key.name === 'h');

/** A shell on a terminal, from the first prompt to its end. */
export class Interactive {
  readonly #live: Live;
  readonly #mode: Mode;
  readonly #screen: Screen;
  readonly #terminal: Terminal;
  readonly #history: History;
  readonly #editor: Interface;
  /** Lines that were typed and not run yet. */
  readonly #lines: string[] = [];
  /** The beginning of text that goes on in the next line; empty: none. */
  #begun = '';
  /** Of the command that is being waited for. */
  #running: AbortController | null = null;
  #busy = false;
  /** Ctrl-C was pressed with nothing to clear. */
  #leaving = false;
  #end: ((end: End) => void) | null = null;
  #fail: (error: unknown) => void = () => {};
  /** What the editor goes through with the arrow keys, newest first; its own array. */
  #remembered: string[];

  constructor(live: Live, mode: Mode, screen: Screen, history: History, terminal: Terminal) {
    this.#live = live;
    this.#mode = mode;
    this.#screen = screen;
    this.#history = history;
    this.#terminal = terminal;
    this.#remembered = [...history.lines].reverse();
    this.#editor = createEditor({
      input: terminal.input,
      output: terminal.output,
      history: this.#remembered,
      historySize: HISTORY_SIZE,
      prompt: mode.prompt,
      complete: (line) => this.#complete(line),
    });
  }

  /**
   * Runs until the user leaves or something ends.
   * @throws what is neither the user's nor the server's doing
   */
  async run(): Promise<End> {
    const editor = this.#editor;
    const { input } = this.#terminal;
    const ended = new Promise<End>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    const stopped = () => this.#finish({ kind: 'interrupted' });
    let isGone = false;
    // Ends the shell by the interruption that it makes.
    const hungUp = () => {
      if (!isGone && this.#end !== null) this.#terminal.hungUp();
      isGone = true;
    };
    const key = (_text: string | undefined, pressed: Key) => this.#key(pressed);
    this.#screen.use(editor);
    editor.on('line', (line) => this.#line(line));
    editor.on('history', (lines) => this.#remember(lines));
    editor.on('SIGINT', () => this.#interrupt());
    editor.on('close', () => {
      if (!isGone) this.#finish({ kind: 'left' });
    });
    input.on('keypress', key);
    // Ctrl-D is a key like others: an end of the input is the end of the terminal, which then fails
    // to be read and to be set up. These stay, for it may do so until the run is over.
    input.prependListener('end', hungUp);
    input.on('error', hungUp);
    editor.on('error', hungUp);
    this.#live.signal.addEventListener('abort', stopped, { once: true });
    if (this.#live.signal.aborted) stopped();
    this.#live.client.closed.then((error) => this.#closed(error));
    const show = (lines: readonly string[]) => {
      if (this.#end !== null) this.#screen.print(lines);
    };
    const look = () => ({ ...this.#terminal, width: this.#screen.width });
    followEvents(this.#live.client.events(), show, look).catch((error) => this.#broken(error));
    editor.prompt();
    try {
      const end = await ended;
      // What is said next begins a line of its own, unless nobody is there to read it.
      if (end.kind !== 'interrupted' && editor.getCursorPos().cols > 0) {
        this.#terminal.output.write('\n');
      }
      return end;
    } finally {
      this.#end = null;
      this.#running?.abort();
      this.#live.signal.removeEventListener('abort', stopped);
      input.off('keypress', key);
      this.#screen.use(null);
      editor.close();
    }
  }

  #finish(end: End): void {
    this.#end?.(end);
  }

  #closed(error: Error | undefined): void {
    if (this.#end === null) return;
    const message = error?.message ?? 'The server closed the connection';
    this.#finish(this.#mode.ending ? { kind: 'left' } : { kind: 'lost', message });
  }

  /** A line was typed: it is run when those before it are done. */
  #line(line: string): void {
    this.#leaving = false;
    this.#lines.push(line);
    if (!this.#busy) this.#drain().catch((error: unknown) => this.#broken(error));
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    // What is typed meanwhile stands alone, and is run afterwards.
    this.#editor.setPrompt('');
    for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) {
      const text = this.#begun === '' ? line : `${this.#begun}\n${line}`;
      const goesOn = this.#mode.isIncomplete(text);
      this.#begun = goesOn ? text : '';
      if (!goesOn && (await this.#execute(text)) === 'leave') this.#finish({ kind: 'left' });
      if (this.#end === null) return;
    }
    this.#busy = false;
    this.#editor.setPrompt(this.#begun === '' ? this.#mode.prompt : CONTINUATION);
    this.#screen.refresh();
  }

  async #execute(text: string): Promise<Outcome> {
    const running = new AbortController();
    this.#running = running;
    try {
      await this.#mode.ready();
      this.#history.add(text, this.#mode.isSecret(text));
      this.#remember(this.#remembered);
      return await this.#mode.run(text, running.signal);
    } catch (error) {
      if (!(error instanceof AbortError) || !running.signal.aborted) throw error;
      this.#screen.print(['not waited for any longer; the command may still run']);
      return 'failed';
    } finally {
      this.#running = null;
    }
  }

  /** What went wrong around a command; anything but the end of the connection is a bug or refused. */
  #broken(error: unknown): void {
    if (isEnvironment(error)) this.#live.client.closed.then((end) => this.#closed(end ?? error));
    else this.#fail(error);
  }

  /** Gives the editor the lines that are to be remembered, in place of what it noted itself. */
  #remember(lines: string[]): void {
    this.#remembered = lines;
    lines.splice(0, lines.length, ...[...this.#history.lines].reverse());
  }

  #interrupt(): void {
    const { line } = this.#editor;
    if (this.#busy) {
      this.#lines.length = 0;
      // Once more where that did not help: a server that does not even tell its schema.
      if (this.#running === null || this.#running.signal.aborted) this.#finish({ kind: 'left' });
      this.#running?.abort();
      return;
    }
    const isTyping = line !== '' || this.#begun !== '';
    const isIdle = !isTyping && this.#mode.pending === null;
    if (isIdle && this.#leaving) {
      this.#finish({ kind: 'left' });
      return;
    }
    this.#terminal.output.write('^C\n');
    if (isIdle) this.#terminal.output.write('Ctrl-C again or Ctrl-D leaves\n');
    else if (!isTyping) this.#mode.reset();
    this.#leaving = isIdle;
    this.#begun = '';
    this.#clear();
  }

  /** Empties the line without writing it down. */
  #clear(): void {
    this.#editor.setPrompt(this.#mode.prompt);
    // From the end of the line to its beginning.
    this.#editor.write(null, { ctrl: true, name: 'e' });
    this.#editor.write(null, { ctrl: true, name: 'u' });
    this.#screen.refresh();
  }

  /** All of what is being typed, and where the cursor is in it. */
  #text(): { readonly text: string; readonly cursor: number } {
    const { line, cursor } = this.#editor;
    const before = this.#begun === '' ? '' : `${this.#begun}\n`;
    return { text: before + line, cursor: before.length + cursor };
  }

  async #complete(line: string): Promise<Replacement> {
    this.#leaving = false;
    const nothing: Replacement = [[], line];
    try {
      const { text, cursor } = this.#text();
      const { start, candidates } = await this.#mode.complete(text, cursor);
      const typed = text.slice(start, cursor);
      const [only] = candidates;
      if (only === undefined || typed.includes('\n')) return nothing;
      const common = commonBeginning(candidates.map((candidate) => candidate.text));
      if (candidates.length === 1 && only.text !== typed) return [[only.text], typed];
      if (common.length > typed.length && common.startsWith(typed)) return [[common], typed];
      this.#screen.print(candidateLines(candidates, this.#screen.width, this.#terminal.paint));
      return nothing;
    } catch (error) {
      this.#broken(error);
      return nothing;
    }
  }

  #key(pressed: Key): void {
    if (!HELP_KEYS(pressed) || this.#busy) return;
    const { text, cursor } = this.#text();
    this.#mode.help(text, cursor).then(
      (lines) => this.#screen.print(lines),
      (error: unknown) => this.#broken(error),
    );
  }
}

function commonBeginning(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const text of others) {
    let same = 0;
    while (same < length && text.charCodeAt(same) === first.charCodeAt(same)) same += 1;
    length = same;
  }
  return first.slice(0, length);
}
