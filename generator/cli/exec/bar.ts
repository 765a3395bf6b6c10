import type { JobProgress } from '@qapi-ts/runtime';
import type { Io } from '../io.js';

const CLEAR = '\r\u001b[K';
const WIDTH = 30;

/** How far a job has come, as one line on a terminal; nothing anywhere else. */
export class JobBar {
  readonly #io: Io;
  readonly #shows: boolean;

  constructor(io: Io) {
    this.#io = io;
    this.#shows = io.stderr.isTTY === true && io.env.TERM !== 'dumb';
  }

  update(progress: JobProgress): void {
    if (this.#shows) this.#io.stderr.write(`${CLEAR}${barOf(progress)}`);
  }

  clear(): void {
    if (this.#shows) this.#io.stderr.write(CLEAR);
  }
}

/** A bar for a progress; of a job that does not know its length yet, what it has done. */
export function barOf(progress: JobProgress): string {
  const current = amount(progress['current-progress']);
  const total = amount(progress['total-progress']);
  if (total <= 0) return `${current} done`;
  const share = Math.min(1, Math.max(0, current / total));
  const filled = Math.floor(share * WIDTH);
  const bar = '#'.repeat(filled) + '-'.repeat(WIDTH - filled);
  return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)}%`;
}

/** What a server sends there need not be a number. */
function amount(value: unknown): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}
