import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import { type SourceFile, type Span, spanOf } from '../../source/source-file.js';

/** A JSON value that knows its place, which `JSON.parse` cannot tell. */
export type JsonNode =
  | { readonly kind: 'object'; readonly span: Span; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: 'array'; readonly span: Span; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly span: Span; readonly value: string }
  | { readonly kind: 'number'; readonly span: Span }
  | { readonly kind: 'boolean'; readonly span: Span; readonly value: boolean }
  | { readonly kind: 'null'; readonly span: Span };

export interface Entry {
  readonly key: Span;
  readonly value: JsonNode;
}

/** Replies nest four levels deep; what nests further than this is refused before it can hurt. */
const MAX_DEPTH = 64;

/** Unwinds after the one error that is reported. Never leaves this module. */
class JsonFailure extends Error {}

/** The text's one JSON value, or null after a diagnostic. Linear in the text, bounded in depth. */
export function parseJson(file: SourceFile, diagnostics: Diagnostics): JsonNode | null {
  const reader = new JsonReader(file, diagnostics);
  try {
    return reader.document();
  } catch (error) {
    if (error instanceof JsonFailure) return null;
    throw error;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[A-Za-z]+/y;

class JsonReader {
  readonly #file: SourceFile;
  readonly #diagnostics: Diagnostics;
  readonly #text: string;
  #at = 0;

  constructor(file: SourceFile, diagnostics: Diagnostics) {
    this.#file = file;
    this.#diagnostics = diagnostics;
    this.#text = file.text;
  }

  document(): JsonNode {
    if (this.#text.startsWith('\uFEFF')) this.#at = 1;
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('nothing may follow the reply');
    return value;
  }

  #value(depth: number): JsonNode {
    this.#skipSpace();
    const start = this.#at;
    const first = this.#text.charAt(start);
    if (first === '{' || first === '[') {
      if (depth >= MAX_DEPTH) this.#fail(`nested deeper than ${MAX_DEPTH} levels`);
      return first === '{' ? this.#object(start, depth) : this.#array(start, depth);
    }
    if (first === '"') {
      const value = this.#string();
      return { kind: 'string', span: this.#from(start), value };
    }
    if (this.#match(NUMBER) !== '') return { kind: 'number', span: this.#from(start) };
    const word = this.#match(WORD);
    if (word === 'true' || word === 'false') {
      return { kind: 'boolean', span: this.#from(start), value: word === 'true' };
    }
    if (word === 'null') return { kind: 'null', span: this.#from(start) };
    this.#at = start;
    return this.#fail(
      start < this.#text.length ? 'a value is expected here' : 'the text ends early',
    );
  }

  #object(start: number, depth: number): JsonNode {
    const entries = new Map<string, Entry>();
    this.#at += 1;
    if (!this.#take('}')) {
      do {
        this.#skipSpace();
        const keyStart = this.#at;
        if (this.#text.charAt(keyStart) !== '"')
          this.#fail('a member name in quotes is expected here');
        const key = this.#string();
        const span = this.#from(keyStart);
        const earlier = entries.get(key);
        if (earlier !== undefined) {
          this.#diagnostics.report('duplicate-key', `'${key}' is named twice`, span, {
            related: [{ message: 'first here', at: earlier.key }],
          });
        }
        if (!this.#take(':')) this.#fail("':' is expected here");
        const value = this.#value(depth + 1);
        if (earlier === undefined) entries.set(key, { key: span, value });
      } while (this.#take(','));
      if (!this.#take('}')) this.#fail("',' or '}' is expected here");
    }
    return { kind: 'object', span: this.#from(start), entries };
  }

  #array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.#at += 1;
    if (!this.#take(']')) {
      do items.push(this.#value(depth + 1));
      while (this.#take(','));
      if (!this.#take(']')) this.#fail("',' or ']' is expected here");
    }
    return { kind: 'array', span: this.#from(start), items };
  }

  /** The string that starts here. Finding its end is ours; escapes are left to `JSON.parse`. */
  #string(): string {
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const unit = this.#text.charCodeAt(at);
      if (unit === 0x22) {
        this.#at = at + 1;
        if (!escaped) return this.#text.slice(start + 1, at);
        return this.#unescape(start);
      }
      if (unit === 0x5c) {
        escaped = true;
        at += 1;
      } else if (unit < 0x20) {
        this.#at = at;
        this.#fail('a control character inside a string');
      }
    }
    return this.#fail('a string without its closing quote');
  }

  #unescape(start: number): string {
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, this.#at));
      if (typeof value === 'string') return value;
    } catch {
      // Only an escape can be wrong here: the report below says so.
    }
    this.#at = start;
    return this.#fail('a string with an unknown escape');
  }

  /** Takes the character when it comes next. */
  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at += 1;
    }
  }

  #from(start: number): Span {
    return spanOf(this.#file, start, this.#at);
  }

  #fail(message: string): never {
    const end = Math.min(this.#at + 1, this.#text.length);
    this.#diagnostics.report('introspection-not-json', message, spanOf(this.#file, this.#at, end));
    throw new JsonFailure();
  }
}
