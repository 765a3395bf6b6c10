import type { Io } from './io.js';

const CLEAR = '\r\u001b[K';

/** One line on a terminal that says how far a run is; nothing anywhere else. */
export class Progress {
  readonly #io: Io;
  readonly #total: number;
  readonly #shows: boolean;
  #done = 0;

  constructor(total: number, io: Io) {
    this.#io = io;
    this.#total = total;
    this.#shows = io.stderr.isTTY === true && io.env.TERM !== 'dumb' && total > 1;
  }

  /** Says that work on these has begun. */
  show(names: readonly string[]): void {
    if (!this.#shows) return;
    const line = `[${this.#done}/${this.#total}] ${names.join(', ')}`;
    // A terminal that nobody told its width says 0.
    const width = (this.#io.stderr.columns || 80) - 1;
    this.#io.stderr.write(`${CLEAR}${line.length > width ? `${line.slice(0, width - 1)}…` : line}`);
  }

  /** Makes room for other lines. */
  clear(): void {
    if (this.#shows) this.#io.stderr.write(CLEAR);
  }

  step(): void {
    this.#done += 1;
  }
}
