import { type Json, JsonNumber, type JsonObject } from './value.js';

/** QEMU's own limit is 1,024; a message within one of our lines is a level deeper. */
const MAX_DEPTH = 1100;

export interface Parsed {
  readonly value: Json;
  /** Whether the text is JSON as it stands; QEMU also takes single quotes. */
  readonly isJson: boolean;
}

/** Parses one value, as QEMU reads it; null where the text is none. */
export function parseJson(text: string): Parsed | null {
  const parser = new Parser(text);
  try {
    return { value: parser.whole(), isJson: parser.isJson };
  } catch (error) {
    if (error instanceof NoJson) return null;
    throw error;
  }
}

class NoJson extends Error {}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a string may not hold them
const DOUBLE_QUOTED = /"[^"\\\x00-\x1f]*(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*)*"/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a string may not hold them
const SINGLE_QUOTED = /'[^'\\\x00-\x1f]*(?:\\[^\x00-\x1f][^'\\\x00-\x1f]*)*'/y;
const WORDS = { true: true, false: false, null: null } as const;

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  isJson = true;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    const value = this.#value();
    this.#take(SPACE);
    if (this.#at < this.#text.length) throw new NoJson();
    return value;
  }

  #value(): Json {
    this.#take(SPACE);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
      case "'":
        return this.#string();
      case 't':
      case 'f':
      case 'n':
        return WORDS[this.#need(WORD) as keyof typeof WORDS];
      default:
        return new JsonNumber(this.#need(NUMBER));
    }
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new NoJson();
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): JsonObject {
    const object = new Map<string, Json>();
    if (this.#found('}')) return object;
    for (;;) {
      this.#take(SPACE);
      const name = this.#string();
      // Of two members of one name nobody can say which counts; QEMU refuses them.
      if (object.has(name) || !this.#found(':')) throw new NoJson();
      object.set(name, this.#value());
      if (this.#found('}')) return object;
      if (!this.#found(',')) throw new NoJson();
    }
  }

  #array(): Json[] {
    const array: Json[] = [];
    if (this.#found(']')) return array;
    for (;;) {
      array.push(this.#value());
      if (this.#found(']')) return array;
      if (!this.#found(',')) throw new NoJson();
    }
  }

  #string(): string {
    const single = this.#text[this.#at] === "'";
    const token = this.#need(single ? SINGLE_QUOTED : DOUBLE_QUOTED);
    const inner = token.slice(1, -1);
    if (single) this.isJson = false;
    if (!inner.includes('\\')) return inner;
    // The escapes of JSON, and that of the single quote.
    const escaped = inner.replace(/\\.|"/gs, (found) => {
      if (found === '"') return '\\"';
      if (found !== "\\'") return found;
      this.isJson = false;
      return "'";
    });
    try {
      return JSON.parse(`"${escaped}"`) as string;
    } catch {
      throw new NoJson();
    }
  }

  #found(character: string): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #need(pattern: RegExp): string {
    const found = this.#take(pattern);
    if (found === '') throw new NoJson();
    return found;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
