import { Writable } from 'node:stream';
import { visible } from '../../diagnostics/visible.js';
import type { Output } from '../io.js';

/**
 * Writes the bytes of a guest: as they are into files and pipes, no faster than these take them;
 * on a terminal as text of which nothing acts.
 */
export class ByteOutput {
  readonly #output: Output;
  readonly #decoder = new TextDecoder();

  constructor(output: Output) {
    this.#output = output;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const output = this.#output;
    if (bytes.length === 0) return;
    if (output.isTTY !== true && output instanceof Writable) {
      await new Promise<void>((resolve) => {
        // A pipe that nobody reads ends the run elsewhere.
        output.write(bytes, () => resolve());
      });
    } else this.#text(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Writes what is left of a character that was cut. */
  end(): void {
    this.#text(this.#decoder.decode());
  }

  #text(text: string): void {
    if (text !== '') this.#output.write(this.#output.isTTY === true ? visibleLines(text) : text);
  }
}

/** As `visible`, but for line ends and tabs. */
export function visibleLines(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/[^\n\t]+/g, visible);
}
