import type { QapiEvent } from './timestamp.js';

/** Someone who waits for events. */
export interface Subscriber {
  /** An event of one of the names. */
  event(event: QapiEvent): void;
  /** The connection has ended for good; with the reason where it broke. */
  end(reason: unknown): void;
}

/** Hands events to those who want them. */
export class EventHub {
  readonly #named = new Map<string, Set<Subscriber>>();
  readonly #all = new Set<Subscriber>();
  #ended = false;
  #reason: unknown;

  /**
   * Adds a subscriber for these names, or for every event when there are none.
   * @returns how to remove it
   */
  add(names: readonly string[], subscriber: Subscriber): () => void {
    if (this.#ended) {
      subscriber.end(this.#reason);
      return () => {};
    }
    const sets = names.length > 0 ? names.map((name) => this.#set(name)) : [this.#all];
    for (const set of sets) set.add(subscriber);
    return () => {
      for (const set of sets) set.delete(subscriber);
      for (const name of names) if (this.#named.get(name)?.size === 0) this.#named.delete(name);
    };
  }

  wants(name: string): boolean {
    return this.#all.size > 0 || this.#named.has(name);
  }

  emit(event: QapiEvent): void {
    const named = this.#named.get(event.event);
    // Copies: a listener may add or remove others.
    if (named) for (const subscriber of [...named]) subscriber.event(event);
    if (this.#all.size > 0) for (const subscriber of [...this.#all]) subscriber.event(event);
  }

  end(reason: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#reason = reason;
    const everyone = new Set([
      ...this.#all,
      ...[...this.#named.values()].flatMap((set) => [...set]),
    ]);
    this.#all.clear();
    this.#named.clear();
    for (const subscriber of everyone) subscriber.end(reason);
  }

  #set(name: string): Set<Subscriber> {
    let set = this.#named.get(name);
    if (!set) {
      set = new Set();
      this.#named.set(name, set);
    }
    return set;
  }
}
