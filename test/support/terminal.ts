import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Why no terminal can be had; null: one can. */
export function missingTerminal(): string | null {
  const { error } = spawnSync('tmux', ['-V'], { stdio: 'ignore' });
  return error === undefined ? null : 'tmux is not on the PATH';
}

/** How long a program may take to show something, in milliseconds: machines may be busy. */
const DEADLINE = 30_000;

/** A program on a real terminal, which tmux keeps. */
export class Terminal {
  readonly folder = mkdtempSync(join(tmpdir(), 'qapi-ts-tmux-'));
  readonly #status = join(this.folder, 'status');
  readonly #shell: string;

  constructor(command: readonly string[], { columns = 100, rows = 50 } = {}) {
    const size = ['-x', String(columns), '-y', String(rows)];
    // What remains on the screen of a program that has ended can still be read.
    const stay = [';', 'set-option', '-g', 'remain-on-exit', 'on'];
    const words = ['sh', '-c', RECORD, this.#status, ...command];
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, ...words, ...stay);
    this.#shell = this.#tmux('display-message', '-p', '#{pane_pid}').trim();
  }

  /** Process id of the program. */
  get pid(): number {
    return Number(readFileSync(`/proc/${this.#shell}/task/${this.#shell}/children`, 'utf8'));
  }

  /** Types text as it is. */
  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /**
   * Types text and presses Tab, and waits until the screen shows what comes of it: a Tab in the midst
   * of text is taken as pasted.
   */
  async completes(text: string, what: RegExp): Promise<void> {
    this.type(text);
    this.press('Tab');
    await this.shows(what);
  }

  /** Presses keys, as tmux names them: Enter, Tab, C-c, F1. */
  press(...keys: readonly string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  /** What the screen shows, without the spaces and lines at its end. */
  screen(): string {
    return this.#tmux('capture-pane', '-p')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Waits until the screen shows something, or has shown it before other lines. */
  async showed(what: RegExp): Promise<void> {
    const all = () => this.#tmux('capture-pane', '-p', '-S', '-');
    await this.#until(
      () => what.test(all()),
      () => `the terminal never showed ${what}:\n${all()}`,
    );
  }

  clear(): void {
    this.press('C-l');
    this.#tmux('clear-history');
  }

  /** Waits until the screen shows something. */
  async shows(what: RegExp): Promise<void> {
    await this.#until(
      () => what.test(this.screen()),
      () => `the terminal never showed ${what}:\n${this.screen()}`,
    );
  }

  /** Exit status of the program, once it has ended. */
  async exit(): Promise<string> {
    await this.#until(
      () => existsSync(this.#status),
      () => `the program never ended:\n${this.screen()}`,
    );
    return readFileSync(this.#status, 'utf8').trim();
  }

  /** Closes the terminal under the program. */
  close(): void {
    spawnSync('tmux', ['kill-server'], { env: this.#env(), stdio: 'ignore' });
  }

  [Symbol.dispose](): void {
    this.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #until(holds: () => boolean, failure: () => string): Promise<void> {
    const end = Date.now() + DEADLINE;
    while (!holds()) {
      if (Date.now() > end) throw new Error(failure());
      await delay(30);
    }
  }

  /** In a folder of its own, so that no other server is met. */
  #env(): NodeJS.ProcessEnv {
    const { TMUX: _, TMUX_PANE: __, ...env } = process.env;
    return { ...env, TMUX_TMPDIR: this.folder, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' };
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', args, { env: this.#env(), encoding: 'utf8' });
  }
}

/** Runs a command and writes down how it ended: tmux itself does not always notice. */
const RECORD = '"$@"; echo $? > "$0.new"; mv "$0.new" "$0"';

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
