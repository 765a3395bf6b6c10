import { isObject, type JsonObject } from '../json/value.js';
import { canonicalJson } from '../json/write.js';
import { MASK, type Masked, type Secrets } from './secrets.js';

/** How much of what came before is looked at together with what comes. */
const TAIL = 256;
/** How many commands are remembered whose replies are secret. */
const MAX_ASKED = 1000;

/**
 * Clients' bytes that are no message. They have no members to be masked, and an agent puts halves of
 * a command together that came over two connections; so this is one for a recording.
 */
export class LooseBytes {
  readonly #secrets: Secrets;
  #tail = '';
  /** What came was hidden: what follows may go on with the secret. */
  hidden = false;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Whether these may not be written down. */
  hides(bytes: Uint8Array): boolean {
    const text = this.#tail + Buffer.from(bytes).toString('latin1');
    this.#tail = text.slice(-TAIL);
    this.hidden ||= this.#secrets.isNamedIn(text);
    return this.hidden;
  }

  /** A whole message came. */
  reset(): void {
    this.#tail = '';
    this.hidden = false;
  }
}

/** Takes the secrets out of one connection's messages. */
export class Masker {
  readonly #secrets: Secrets;
  readonly #loose: LooseBytes;
  /** A command without an `id` asked for a secret: any text that is returned without one may be it. */
  #asks = false;
  /** The ids of commands that ask for a secret. */
  readonly #asked = new Set<string>();

  constructor(secrets: Secrets, loose: LooseBytes) {
    this.#secrets = secrets;
    this.#loose = loose;
  }

  /** A client's message; null where it may be a part of one that holds a secret. */
  command(message: JsonObject): Masked | null {
    if (!isCommand(message) && this.#loose.hidden) return null;
    this.#loose.reset();
    const asks = this.#secrets.asksFor(message);
    const id = message.get('id');
    if (asks && id !== undefined && this.#asked.size < MAX_ASKED) {
      this.#asked.add(canonicalJson(id));
    } else if (asks) this.#asks = true;
    return this.#secrets.mask(message);
  }

  /** Whether the client's bytes, which are no message, may not be written down. */
  hides(bytes: Uint8Array): boolean {
    return this.#loose.hides(bytes);
  }

  fromServer(message: JsonObject): Masked {
    const id = message.get('id');
    const error = message.get('error');
    const value = message.get('return');
    const answers = id !== undefined && this.#asked.delete(canonicalJson(id));
    if (value !== undefined && (answers || (this.#asks && typeof value === 'string'))) {
      return without(message, 'return');
    }
    // It may repeat what it could not read.
    if (isObject(error) && id === undefined && this.#loose.hidden) return without(message, 'error');
    return { value: message, masked: [] };
  }
}

const isCommand = (message: JsonObject) => message.has('execute') || message.has('exec-oob');

function without(message: JsonObject, member: 'return' | 'error'): Masked {
  if (member === 'return') {
    return { value: new Map(message).set(member, MASK), masked: ['/return'] };
  }
  const error = message.get('error');
  const masked = new Map(isObject(error) ? error : []).set('desc', MASK);
  return { value: new Map(message).set(member, masked), masked: ['/error/desc'] };
}
