import { Double, type JsonObject, type JsonValue } from '../values.js';
import { ParseError } from './parse-error.js';
import { stringOf } from './string.js';
import { latin1, type Token } from './tokens.js';

const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

const KEYWORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** The words for what is wrong, which changed when places came with them. */
const WORDS = {
  plain: {
    key: 'key is not a string in object',
    colon: 'missing : in object pair',
    object: 'expected separator in dict',
    array: 'expected separator in list',
  },
  placed: {
    key: 'expecting key',
    colon: "expecting ':'",
    object: "expected ',' or '}'",
    array: "expected ',' or ']'",
  },
} as const;

/**
 * The value of a message's tokens.
 * @throws ParseError where they are none
 */
export function parse(tokens: readonly Token[]): JsonValue {
  return new Parser(tokens).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #words: (typeof WORDS)['plain' | 'placed'];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#words = tokens[0]?.place === '' ? WORDS.plain : WORDS.placed;
  }

  whole(): JsonValue {
    try {
      return this.#value();
    } catch (error) {
      if (error instanceof ParseError) error.at(this.#tokens[this.#at - 1]?.place ?? '');
      throw error;
    }
  }

  #value(): JsonValue {
    const { kind, bytes } = this.#take();
    switch (kind) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case 'string':
        return stringOf(bytes);
      case 'integer':
        return integer(latin1(bytes));
      case 'double':
        return new Double(Number(latin1(bytes)));
      case 'keyword': {
        const word = latin1(bytes);
        const value = KEYWORDS.get(word);
        if (value === undefined) throw new ParseError(`invalid keyword '${word}'`);
        return value;
      }
      default:
        throw new ParseError('expecting value');
    }
  }

  #object(): JsonObject {
    const object: JsonObject = new Map();
    if (this.#found('}')) return object;
    for (;;) {
      const name = this.#key();
      if (this.#take().kind !== ':') throw new ParseError(this.#words.colon);
      const value = this.#value();
      if (object.has(name)) throw new ParseError('duplicate key');
      object.set(name, value);
      if (this.#found('}')) return object;
      if (this.#take().kind !== ',') throw new ParseError(this.#words.object);
    }
  }

  #key(): string {
    const isString = this.#tokens[this.#at]?.kind === 'string';
    if (!isString && this.#words === WORDS.placed) this.#take();
    else {
      const name = this.#value();
      if (typeof name === 'string') return name;
    }
    throw new ParseError(this.#words.key);
  }

  #array(): JsonValue[] {
    const array: JsonValue[] = [];
    if (this.#found(']')) return array;
    for (;;) {
      array.push(this.#value());
      if (this.#found(']')) return array;
      if (this.#take().kind !== ',') throw new ParseError(this.#words.array);
    }
  }

  #take(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new ParseError('premature EOI');
    return token;
  }

  #found(kind: Token['kind']): boolean {
    if (this.#tokens[this.#at]?.kind !== kind) return false;
    this.#at++;
    return true;
  }
}

/** An integer of 64 bits, with a sign or without; a double beyond. */
function integer(text: string): JsonValue {
  const number = Number(text);
  // Not −0, which an integer has no room for.
  if (Number.isSafeInteger(number)) return number + 0;
  const exact = text.length <= 20 ? BigInt(text) : null;
  if (exact === null || exact < MIN_INT64 || exact > MAX_UINT64) return new Double(number);
  return exact;
}
