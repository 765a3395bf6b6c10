import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { TrafficError } from '../error.js';

/**
 * A file that only ever ends with a whole line: each is written at once, and one that could not be
 * written whole is taken back.
 */
export class LineFile {
  readonly #path: string;
  readonly #file: number;
  /** Bytes of whole lines. */
  #size = 0;
  #open = true;

  /**
   * Makes the file, for its owner alone to read: what is in it comes from a machine.
   * @throws TrafficError where there is one already and it is not to be replaced
   */
  constructor(path: string, replace: boolean) {
    this.#path = path;
    try {
      this.#file = openSync(path, replace ? 'w' : 'wx', 0o600);
    } catch (error) {
      const exists = codeOf(error) === 'EEXIST';
      if (exists) throw new TrafficError(`${path} exists already (--force replaces it)`);
      throw this.#failure(error);
    }
  }

  /** @throws TrafficError where the line cannot be written */
  write(line: string): void {
    if (!this.#open) return;
    const bytes = Buffer.from(`${line}\n`);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
      this.#size += bytes.length;
    } catch (error) {
      this.#takeBack();
      throw this.#failure(error);
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#file);
  }

  #takeBack(): void {
    try {
      ftruncateSync(this.#file, this.#size);
    } catch (error) {
      // What is no plain file cannot be cut, and does not keep what was not read.
      if (codeOf(error) !== 'EINVAL') throw this.#failure(error);
    } finally {
      this.close();
    }
  }

  #failure(error: unknown): TrafficError {
    return new TrafficError(`cannot write to ${this.#path}: ${(error as Error).message}`);
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
