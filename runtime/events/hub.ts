import type { QapiEvent } from './timestamp.js';

/** Someone who waits for events. */
export interface Subscriber {
  /** An event of one of the names. */
  event(event: QapiEvent): void;
  /** The connection has ended for good. */
  end?(): void;
}

/** Hands events to those who want them. */
export class EventHub {
  /** Name → subscribers; those to all events under no name. Lists are replaced, never changed. */
  readonly #lists = new Map<string | undefined, readonly Subscriber[]>();
  /** What is done to an event before anybody sees it. */
  convert: ((event: QapiEvent) => QapiEvent) | undefined;
  #ended = false;

  /**
   * Adds a subscriber for these names, or for every event when there are none.
   * @returns how to remove it
   */
  add(names: readonly string[], subscriber: Subscriber): () => void {
    const lists = this.#lists;
    const keys = names.length > 0 ? new Set(names) : [undefined];
    if (this.#ended) subscriber.end?.();
    else for (const key of keys) lists.set(key, [...(lists.get(key) ?? []), subscriber]);
    return () => {
      for (const key of keys) {
        const rest = lists.get(key)?.filter((other) => other !== subscriber);
        if (rest?.length) lists.set(key, rest);
        else lists.delete(key);
      }
    };
  }

  wants(name: string): boolean {
    return this.#lists.has(name) || this.#lists.has(undefined);
  }

  /** @returns whether somebody wanted it */
  emit(event: QapiEvent): boolean {
    if (this.convert) event = this.convert(event);
    const named = this.#lists.get(event.event) ?? [];
    for (const subscriber of named) subscriber.event(event);
    const all = this.#lists.get(undefined) ?? [];
    for (const subscriber of all) subscriber.event(event);
    return named.length + all.length > 0;
  }

  end(): void {
    const everyone = new Set([...this.#lists.values()].flat());
    this.#ended = true;
    this.#lists.clear();
    for (const subscriber of everyone) subscriber.end?.();
  }
}
