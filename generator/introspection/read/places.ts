import type { Span } from '../../source/source-file.js';

/** Where the elements of a reply, and their parts, stand in its text. */
export class Places {
  readonly #spans = new WeakMap<object, Span>();

  /** Remembers the place of `thing` and gives it back. */
  put<T extends object>(thing: T, span: Span): T {
    this.#spans.set(thing, span);
    return thing;
  }

  of(thing: object): Span | null {
    return this.#spans.get(thing) ?? null;
  }
}
