import { type SourceFile, type Span, spanOf } from '../../source/source-file.js';
import type { JsonNode, MemberNode, Problem } from './nodes.js';

/** QEMU refuses what nests deeper than 1,024; nobody types a quarter of that. */
const MAX_DEPTH = 256;

/** Ends the reading at the first problem. Never leaves this module. */
class JsonFailure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Reads the one JSON value between two offsets. What `qmp-shell` takes beside JSON is taken too:
 * strings in single quotes, and Python's True, False and None.
 */
export function readJson(file: SourceFile, start: number, end: number): JsonNode | Problem {
  const reader = new JsonReader(file, start, end);
  try {
    return reader.document();
  } catch (error) {
    if (error instanceof JsonFailure) return error.problem;
    throw error;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[A-Za-z]+/y;
const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['/', '/'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
]);

class JsonReader {
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(file: SourceFile, start: number, end: number) {
    this.#file = file;
    this.#text = file.text;
    this.#at = start;
    this.#end = end;
  }

  document(): JsonNode {
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#end) this.#fail('nothing may follow the value');
    return value;
  }

  #value(depth: number): JsonNode {
    this.#skipSpace();
    const start = this.#at;
    const first = this.#peek();
    if (first === '{' || first === '[') {
      if (depth >= MAX_DEPTH) this.#fail(`nested deeper than ${MAX_DEPTH} levels`);
      return first === '{' ? this.#object(start, depth) : this.#array(start, depth);
    }
    if (first === '"' || first === "'") {
      const value = this.#string(first);
      return { kind: 'string', at: this.#from(start), value };
    }
    const digits = this.#match(NUMBER);
    if (digits !== '')
      return { kind: 'number', at: this.#from(start), value: this.#number(digits) };
    const literal = LITERALS.get(this.#match(WORD));
    if (literal === undefined) {
      this.#at = start;
      this.#fail(start < this.#end ? 'a JSON value is expected here' : 'the JSON ends early');
    }
    return literal === null
      ? { kind: 'null', at: this.#from(start) }
      : { kind: 'boolean', at: this.#from(start), value: literal };
  }

  #object(start: number, depth: number): JsonNode {
    const members = new Map<string, MemberNode>();
    this.#at += 1;
    if (!this.#take('}')) {
      do {
        this.#skipSpace();
        const keyStart = this.#at;
        const quote = this.#peek();
        if (quote !== '"' && quote !== "'") this.#fail('a member name in quotes is expected here');
        const name = this.#string(quote);
        const key = this.#from(keyStart);
        if (members.has(name))
          throw new JsonFailure({ at: key, message: `'${name}' is given twice` });
        if (!this.#take(':')) this.#fail("':' is expected here");
        members.set(name, { key, value: this.#value(depth + 1) });
      } while (this.#take(','));
      if (!this.#take('}')) this.#fail("',' or '}' is expected here");
    }
    return { kind: 'object', at: this.#from(start), members, dotted: false };
  }

  #array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#at += 1;
    if (!this.#take(']')) {
      do items.push(this.#value(depth + 1));
      while (this.#take(','));
      if (!this.#take(']')) this.#fail("',' or ']' is expected here");
    }
    return { kind: 'array', at: this.#from(start), items };
  }

  #number(digits: string): number | bigint {
    const value = Number(digits);
    if (/^-?\d+$/.test(digits)) return Number.isSafeInteger(value) ? value : BigInt(digits);
    if (!Number.isFinite(value)) this.#fail('a number beyond what JSON readers hold');
    return value;
  }

  #string(quote: string): string {
    const parts: string[] = [];
    let from = this.#at + 1;
    for (let at = from; at < this.#end; at += 1) {
      const character = this.#text.charAt(at);
      if (character === quote) {
        this.#at = at + 1;
        return parts.join('') + this.#text.slice(from, at);
      }
      if (character < ' ') {
        this.#at = at;
        this.#fail('a control character inside a string');
      }
      if (character !== '\\') continue;
      parts.push(this.#text.slice(from, at));
      this.#at = at;
      parts.push(this.#escape());
      at = this.#at - 1;
      from = this.#at;
    }
    return this.#fail('a string without its closing quote');
  }

  /** The character that an escape stands for; goes past it. */
  #escape(): string {
    const letter = this.#text.charAt(this.#at + 1);
    const simple = ESCAPES.get(letter);
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail('an unknown escape');
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #peek(): string {
    return this.#at < this.#end ? this.#text.charAt(this.#at) : '';
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    if (this.#at + found.length > this.#end) return '';
    this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    while (this.#at < this.#end && ' \t\r\n'.includes(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #from(start: number): Span {
    return spanOf(this.#file, start, this.#at);
  }

  #fail(message: string): never {
    const end = Math.min(this.#at + 1, this.#end);
    throw new JsonFailure({ at: spanOf(this.#file, this.#at, end), message });
  }
}
