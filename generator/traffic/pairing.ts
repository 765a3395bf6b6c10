import { isSameId } from './json/compare.js';
import { isObject, type Json, type JsonObject, stringAt } from './json/value.js';

interface Waiting<C> {
  readonly command: C | undefined;
  /** It is no message; answered by errors, as many as it takes, or not at all. */
  readonly isBytes: boolean;
  readonly id: Json | undefined;
  answered: boolean;
}

/** Commands that may never be answered are forgotten beyond this. */
const MAX_WAITING = 10_000;

/** Finds which command a reply belongs to: by its `id`, or by their order where it has none. */
export class Pairing<C> {
  #waiting: Waiting<C>[] = [];

  command(command: C, id: Json | undefined): void {
    this.#add({ command, isBytes: false, id, answered: false });
  }

  /** @param command what the errors are given to that answer it */
  bytes(command?: C): void {
    this.#add({ command, isBytes: true, id: undefined, answered: false });
  }

  /** What a reply is for; absent where it is nobody's. */
  reply(reply: JsonObject): C | undefined {
    const id = reply.get('id');
    const at = id === undefined ? this.#unnamed(reply) : this.#named(id);
    const found = this.#waiting[at];
    if (found !== undefined && !found.isBytes) {
      this.#waiting = this.#waiting.filter(
        (one, index) => index > at || (index < at && !one.isBytes),
      );
    }
    return found?.command;
  }

  #add(waiting: Waiting<C>): void {
    // What is read after bytes that were refused has nothing to do with them.
    this.#waiting = this.#waiting.filter((one) => !one.answered);
    this.#waiting.push(waiting);
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
  }

  #named(id: Json): number {
    return this.#waiting.findIndex((one) => one.id !== undefined && isSameId(one.id, id));
  }

  /** A reply without `id`: a parser's error is of bytes, anything else of a command without one. */
  #unnamed(reply: JsonObject): number {
    const command = this.#waiting.findIndex((one) => !one.isBytes && one.id === undefined);
    if (!reply.has('error')) return command;
    const bytes = this.#waiting.findIndex((one) => one.isBytes);
    if (bytes < 0 || (command >= 0 && !isParseError(reply))) return command;
    const waiting = this.#waiting[bytes];
    if (waiting !== undefined) waiting.answered = true;
    return bytes;
  }
}

/** Whether a server could not read what it was sent. */
function isParseError(reply: JsonObject): boolean {
  const error = reply.get('error');
  const desc = isObject(error) ? (stringAt(error, 'desc') ?? '') : '';
  return /JSON|QMP input must be|^\*{3}$/.test(desc);
}
