import { isSameId } from './json/compare.js';
import type { Json, JsonObject } from './json/value.js';

interface Waiting<C> {
  /** Absent for bytes that are no message, which are answered by errors, or not at all. */
  readonly command: C | undefined;
  readonly id: Json | undefined;
  answered: boolean;
}

/** Commands that may never be answered are forgotten beyond this. */
const MAX_WAITING = 10_000;

/** Finds which command a reply belongs to: by its `id`, or by their order where it has none. */
export class Pairing<C> {
  #waiting: Waiting<C>[] = [];

  command(command: C, id: Json | undefined): void {
    // What is read after bytes that were refused has nothing to do with them.
    this.#waiting = this.#waiting.filter((one) => !one.answered);
    this.#add({ command, id, answered: false });
  }

  bytes(): void {
    this.#add({ command: undefined, id: undefined, answered: false });
  }

  /** The command that a reply is for; absent where it is nobody's. */
  reply(reply: JsonObject): C | undefined {
    const id = reply.get('id');
    const at = id === undefined ? this.#unnamed(reply.has('error')) : this.#named(id);
    const found = this.#waiting[at];
    if (found === undefined) return undefined;
    this.#waiting = this.#waiting.filter(
      (one, index) => index > at || (index < at && one.command !== undefined),
    );
    return found.command;
  }

  #add(waiting: Waiting<C>): void {
    this.#waiting.push(waiting);
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
  }

  #named(id: Json): number {
    return this.#waiting.findIndex(
      (one) => one.command !== undefined && one.id !== undefined && isSameId(one.id, id),
    );
  }

  #unnamed(isError: boolean): number {
    for (const [index, one] of this.#waiting.entries()) {
      if (one.command === undefined && isError) {
        one.answered = true;
        return -1;
      }
      if (one.command !== undefined && one.id === undefined) return index;
    }
    return -1;
  }
}
