/** Counts lines and columns, both from 1, over the chunks of one connection. */
export class Position {
  #line = 1;
  #column = 1;
  /** How far the chunk is counted. */
  #counted = 0;
  /** The byte that was looked at to find the end of what stands before it. */
  #lookedAhead = -1;

  /**
   * The place of a byte of the chunk that is read, as QEMU prints it. One that QEMU had looked at
   * before is counted twice.
   */
  of(chunk: Uint8Array, at: number): string {
    this.#count(chunk, at);
    return `${this.#line}:${this.#column + (this.#lookedAhead === at ? 1 : 0)}: `;
  }

  lookedAhead(at: number): void {
    this.#lookedAhead = at;
  }

  /** Goes on to the next chunk. */
  leave(chunk: Uint8Array): void {
    this.#count(chunk, chunk.length);
    this.#counted = 0;
    this.#lookedAhead = -1;
  }

  #count(chunk: Uint8Array, to: number): void {
    for (; this.#counted < to; this.#counted++) {
      this.#column++;
      if (chunk[this.#counted] !== 10) continue;
      this.#line++;
      this.#column = 1;
    }
  }
}
