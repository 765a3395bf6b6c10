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
  readonly #lexer: Lexer;
  /** After a message beyond a limit its rest is passed over; before 11 it was read as messages. */
  readonly #passesOver: boolean;
  #passing = false;
  #tokens: Token[] = [];
  #size = 0;
  #braces = 0;
  #brackets = 0;

  /** @param major release of the server: 11 says where errors are, and handles limits better */
  constructor(major: number) {
    this.#passesOver = major >= 11;
    this.#lexer = new Lexer(this.#passesOver);
  }

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
      if (input !== undefined) return input;
    }
  }

  #take(token: Token): Input | undefined {
    const { kind, bytes, place } = token;
    if (kind === 'stray') {
      this.#reset();
      const error = new ParseError(`stray '${shown(bytes)}'`);
      error.at(place);
      return failed(error);
    }
    if (kind === '{') this.#braces++;
    else if (kind === '}') this.#braces--;
    else if (kind === '[') this.#brackets++;
    else if (kind === ']') this.#brackets--;
    const open = this.#braces > 0 || this.#brackets > 0;
    const complete = !open || this.#braces < 0 || this.#brackets < 0;
    if (this.#passing) {
      if (complete) this.#reset();
      return undefined;
    }
    this.#size += bytes.length;
    this.#tokens.push(token);
    const limit = this.#exceeded(kind);
    if (limit !== undefined) return this.#tooMuch(limit, complete);
    if (!complete) return undefined;
    const tokens = this.#tokens;
    this.#reset();
    try {
      return { kind: 'value', value: parse(tokens) };
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      return failed(error);
    }
  }

  #exceeded(kind: Token['kind']): string | undefined {
    if (kind === 'too-large' || this.#size > MAX_SIZE) return 'token size';
    if (this.#tokens.length > MAX_TOKENS) return 'token count';
    return this.#braces + this.#brackets > MAX_DEPTH ? 'nesting depth' : undefined;
  }

  #tooMuch(limit: string, complete: boolean): Input {
    this.#tokens = [];
    if (this.#passesOver && !complete) this.#passing = true;
    else this.#reset();
    return failed(new Error(`JSON ${limit} limit exceeded`));
  }

  #reset(): void {
    this.#passing = false;
    this.#tokens = [];
    this.#size = this.#braces = this.#brackets = 0;
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
