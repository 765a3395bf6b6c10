import type { JsonValue } from '../values.js';
import { Lexer, MAX_SIZE } from './lexer.js';
import { ParseError } from './parse-error.js';
import { parse } from './parser.js';
import type { Token } from './tokens.js';

/** QEMU's limits for one message. */
const MAX_DEPTH = 1024;
const MAX_TOKENS = 2 * 1024 * 1024;

/** What was read: a value, or what QEMU says in the place of one. */
export type Input =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'error'; readonly text: string };

/** Reads messages one by one. After an error it goes on behind it, as QEMU does. */
export class Reader {
  readonly #lexer = new Lexer();
  #tokens: Token[] = [];
  #size = 0;
  #braces = 0;
  #brackets = 0;

  push(chunk: Uint8Array): void {
    this.#lexer.push(chunk);
  }

  /** Bytes that came and are not read. */
  get waiting(): number {
    return this.#lexer.waiting;
  }

  /** The next message or error; absent until more has come. */
  next(): Input | undefined {
    for (;;) {
      const token = this.#lexer.next();
      if (token === undefined) return undefined;
      const input = this.#take(token);
      if (input === undefined) continue;
      this.#tokens = [];
      this.#size = this.#braces = this.#brackets = 0;
      return input;
    }
  }

  #take(token: Token): Input | undefined {
    const { kind, bytes } = token;
    if (kind === 'stray') return failed(new ParseError(`stray '${shown(bytes)}'`));
    if (kind === '{') this.#braces++;
    else if (kind === '}') this.#braces--;
    else if (kind === '[') this.#brackets++;
    else if (kind === ']') this.#brackets--;
    this.#size += bytes.length;
    if (kind === 'too-large' || this.#size > MAX_SIZE) {
      return failed(new Error('JSON token size limit exceeded'));
    }
    if (this.#tokens.push(token) > MAX_TOKENS) {
      return failed(new Error('JSON token count limit exceeded'));
    }
    if (this.#braces + this.#brackets > MAX_DEPTH) {
      return failed(new Error('JSON nesting depth limit exceeded'));
    }
    const open = this.#braces > 0 || this.#brackets > 0;
    if (open && this.#braces >= 0 && this.#brackets >= 0) return undefined;
    try {
      return { kind: 'value', value: parse(this.#tokens) };
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      return failed(error);
    }
  }
}

const failed = ({ message }: Error): Input => ({ kind: 'error', text: message });

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as QEMU prints them in a message: up to a NUL, what is no text as U+FFFD. */
function shown(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  return lenient.decode(text.length > 1000 ? text.subarray(0, 1000) : text);
}
