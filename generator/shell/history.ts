import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Lines that are kept, in memory and in the file. */
export const HISTORY_SIZE = 1000;
/** Only the end of a larger file is looked at, in characters. */
const MAX_READ = 4 * 1024 * 1024;

/** Where history is kept: in XDG's folder for state. */
export function historyFile(env: Readonly<Record<string, string | undefined>>): string {
  const given = env.XDG_STATE_HOME;
  const state = given?.startsWith('/') ? given : join(homedir(), '.local', 'state');
  return join(state, 'qapi-ts', 'shell-history');
}

/**
 * Lines that were typed, kept in a file that only its owner can read. Each is appended as it comes,
 * so that shells beside each other and a shell that is killed lose nothing.
 */
export class History {
  readonly #file: string | null;
  #lines: string[];
  /** Why the file cannot be written; it is tried no more. */
  failure: string | null = null;

  /** @param file null: nothing is kept */
  constructor(file: string | null) {
    this.#file = file;
    this.#lines = file === null ? [] : this.#read(file);
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Remembers a line, and writes it to the file unless it is secret. */
  add(line: string, secret: boolean): void {
    const text = line.replace(/[\r\n]+/g, ' ').trim();
    if (text === '' || text === this.#lines.at(-1)) return;
    // Not even in memory: another user of the terminal would find it with one key.
    if (secret) return;
    this.#lines.push(text);
    if (this.#lines.length > HISTORY_SIZE) this.#lines.shift();
    if (this.#file !== null && this.failure === null) this.#append(this.#file, text);
  }

  #read(file: string): string[] {
    let lines: string[] = [];
    try {
      lines = readFileSync(file, 'utf8').slice(-MAX_READ).split('\n').filter(Boolean);
      if (lines.length > 2 * HISTORY_SIZE) this.#shorten(file, lines.slice(-HISTORY_SIZE));
    } catch (error) {
      this.#failed(error);
    }
    return lines.slice(-HISTORY_SIZE);
  }

  #shorten(file: string, lines: readonly string[]): void {
    const next = `${file}.${process.pid}`;
    writeFileSync(next, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(next, file);
  }

  #append(file: string, text: string): void {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      appendFileSync(file, `${text}\n`, { mode: 0o600 });
      // An older file may be open to others.
      chmodSync(file, 0o600);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** A file that is not there is none's fault; any other failure is told once. */
  #failed(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT') return;
    this.failure = error.message;
  }
}
