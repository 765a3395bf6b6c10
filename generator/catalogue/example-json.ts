import { type SourceFile, type Span, spanOf } from '../source/source-file.js';

/** A JSON value of an example, with its place. Objects are lists: names come from outside. */
export type ExampleValue = { readonly span: Span } & (
  | {
      readonly kind: 'object';
      readonly members: readonly ExampleMember[];
      /** Has an ellipsis, so that what is absent may have been left out. */
      readonly partial: boolean;
    }
  | { readonly kind: 'array'; readonly elements: readonly ExampleValue[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly integer: boolean }
  | { readonly kind: 'bool' | 'null' }
);

export interface ExampleMember {
  readonly name: string;
  readonly span: Span;
  readonly value: ExampleValue;
}

export interface ExampleProblem {
  readonly message: string;
  readonly span: Span;
}

const MAXIMUM_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORD = /[A-Za-z]+/y;

/**
 * Reads the JSON text of `file` from `start` to `end` forgivingly: a missing comma or closing brace
 * is a problem but no reason to give up. `value` is null when nothing could be read.
 */
export function readExample(
  file: SourceFile,
  start: number,
  end: number,
): { readonly value: ExampleValue | null; readonly problems: readonly ExampleProblem[] } {
  const reader = new ExampleReader(file, start, end);
  const value = reader.value(0);
  if (value !== null) reader.expectEnd();
  return { value, problems: reader.problems };
}

class ExampleReader {
  readonly problems: ExampleProblem[] = [];
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #end: number;
  #at: number;
  /** Set by the first problem that cannot be read past. */
  #lost = false;

  constructor(file: SourceFile, start: number, end: number) {
    this.#file = file;
    this.#text = file.text;
    this.#at = start;
    this.#end = end;
  }

  value(depth: number): ExampleValue | null {
    const start = this.#skipBlanks();
    const char = this.#peek();
    if (char === '{' || char === '[') {
      if (depth >= MAXIMUM_DEPTH) return this.#giveUp('values are nested too deep');
      return char === '{' ? this.#object(depth) : this.#array(depth);
    }
    if (char === '"') {
      const value = this.#string();
      return value === null ? null : { kind: 'string', value, span: this.#spanFrom(start) };
    }
    NUMBER.lastIndex = start;
    const number = NUMBER.exec(this.#text);
    if (number !== null) {
      this.#at = Math.min(start + number[0].length, this.#end);
      const integer = number[1] === undefined && number[2] === undefined;
      return { kind: 'number', integer, span: this.#spanFrom(start) };
    }
    WORD.lastIndex = start;
    const word = WORD.exec(this.#text)?.[0] ?? '';
    if (word === 'true' || word === 'false' || word === 'null') {
      this.#at = Math.min(start + word.length, this.#end);
      return { kind: word === 'null' ? 'null' : 'bool', span: this.#spanFrom(start) };
    }
    return this.#giveUp('a JSON value was expected here');
  }

  expectEnd(): void {
    if (this.#lost) return;
    const start = this.#skipBlanks();
    if (start < this.#end) this.#problem('the example ends before this', start, this.#end);
  }

  #object(depth: number): ExampleValue {
    const start = this.#at;
    const members: ExampleMember[] = [];
    let partial = false;
    this.#list('}', () => {
      if (this.#ellipsis()) {
        partial = true;
        return;
      }
      const nameStart = this.#at;
      if (this.#peek() !== '"') {
        this.#giveUp('the name of a member was expected here');
        return;
      }
      const name = this.#string();
      const span = this.#spanFrom(nameStart);
      if (name === null) return;
      this.#skipBlanks();
      if (this.#peek() === ':') this.#at += 1;
      else this.#problem("':' was expected here", this.#at, this.#at);
      const value = this.value(depth + 1);
      if (value !== null) members.push({ name, span, value });
    });
    return { kind: 'object', members, partial, span: this.#spanFrom(start) };
  }

  #array(depth: number): ExampleValue {
    const start = this.#at;
    const elements: ExampleValue[] = [];
    this.#list(']', () => {
      if (this.#ellipsis()) return;
      const element = this.value(depth + 1);
      if (element !== null) elements.push(element);
    });
    return { kind: 'array', elements, span: this.#spanFrom(start) };
  }

  /** From the opening bracket past the closing one; `item` reads one entry or gives up. */
  #list(close: string, item: () => void): void {
    this.#at += 1;
    for (let first = true; !this.#lost; first = false) {
      const before = this.#at;
      this.#skipBlanks();
      const comma = this.#peek() === ',';
      if (comma) {
        this.#at += 1;
        this.#skipBlanks();
      }
      const closing = this.#peek() === close;
      if (comma && (first || closing)) this.#problem('this comma separates nothing', before);
      if (closing) {
        this.#at += 1;
        return;
      }
      if (this.#at >= this.#end) {
        this.#giveUp(`'${close}' is missing here`);
        return;
      }
      if (!first && !comma) this.#problem("',' is missing here", before, before);
      item();
    }
  }

  #ellipsis(): boolean {
    if (!this.#text.startsWith('...', this.#at)) return false;
    this.#at += 3;
    return true;
  }

  /** The value of the string here; null, having given up, when it does not end on its line. */
  #string(): string | null {
    const start = this.#at;
    let escaped = false;
    let at = start + 1;
    for (; at < this.#end; at += 1) {
      const char = this.#text[at];
      if (char === '"') break;
      if (char === '\n') break;
      if (char === '\\') {
        escaped = true;
        at += 1;
      }
    }
    if (at >= this.#end || this.#text[at] !== '"') {
      this.#at = start;
      return this.#giveUp('this string does not end');
    }
    this.#at = at + 1;
    const raw = this.#text.slice(start + 1, at);
    return escaped ? this.#unescape(raw, start) : raw;
  }

  #unescape(raw: string, start: number): string {
    try {
      const value: unknown = JSON.parse(`"${raw}"`);
      return typeof value === 'string' ? value : raw;
    } catch {
      this.#problem('this string has an escape that JSON does not know', start);
      return raw;
    }
  }

  #peek(): string {
    return this.#at < this.#end ? (this.#text[this.#at] ?? '') : '';
  }

  #skipBlanks(): number {
    while (this.#at < this.#end && ' \t\r\n'.includes(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#at;
  }

  #spanFrom(start: number): Span {
    return spanOf(this.#file, start, Math.min(this.#at, this.#end));
  }

  #problem(message: string, start: number, end: number = this.#at): void {
    this.problems.push({ message, span: spanOf(this.#file, start, Math.max(start, end)) });
  }

  #giveUp(message: string): null {
    if (!this.#lost) this.#problem(message, this.#at, this.#at);
    this.#lost = true;
    this.#at = this.#end;
    return null;
  }
}
