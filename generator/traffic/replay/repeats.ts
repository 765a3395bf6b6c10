import type { Said } from './script.js';

const MAX_ANSWERS = 500;
const MAX_SIZE = 4 * 1024 * 1024;

/** The latest answers, for clients that ask more often than the recorded one. */
export class Repeats {
  readonly #answers = new Map<string, Said>();
  #size = 0;

  remember(key: string, answer: Said): void {
    this.#forget(key);
    this.#answers.set(key, answer);
    this.#size += answer.item.size;
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MAX_ANSWERS && this.#size <= MAX_SIZE) break;
      this.#forget(oldest);
    }
  }

  find(key: string): Said | undefined {
    return this.#answers.get(key);
  }

  #forget(key: string): void {
    this.#size -= this.#answers.get(key)?.item.size ?? 0;
    this.#answers.delete(key);
  }
}
