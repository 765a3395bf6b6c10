/** A stream of numbers that look random and are the same for the same seed. */
export class Random {
  #state: number;

  /** @param label makes streams of one seed differ */
  constructor(seed: number, label: string) {
    let state = 0x811c9dc5 ^ seed ^ Math.floor(seed / 2 ** 32);
    for (let at = 0; at < label.length; at++) {
      state = Math.imul(state ^ label.charCodeAt(at), 0x01000193);
    }
    this.#state = state;
  }

  /** 32 bits. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let word = this.#state ^ (this.#state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  }

  /** From 0 to below 1. */
  unit(): number {
    return this.bits() / 2 ** 32;
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of a list; absent where it is empty. */
  of<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }
}
