import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type SourceFile, type Span, spanOf } from '../source/source-file.js';

export type TokenKind = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'boolean' | 'doc' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A string's value with escapes resolved; `true` or `false` for a boolean. */
  readonly value: string;
  /** The token is broken and already reported: the parser says nothing more about it. */
  readonly broken: boolean;
}

const PUNCTUATION = new Set<string>(['{', '}', '[', ']', ':', ',']);
const STRAY = /[^[\]{}:,\s']+/y;
const SPACE = /\s+/y;

/** Splits a schema file into tokens. Plain comments are dropped, doc comments are tokens of their own. */
export class Lexer {
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #diagnostics: Diagnostics;
  #at = 0;

  constructor(file: SourceFile, diagnostics: Diagnostics) {
    this.#file = file;
    this.#text = file.text;
    this.#diagnostics = diagnostics;
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  next(): Token {
    this.#skipSpaceAndComments();
    const start = this.#at;
    const char = this.#text[start];
    if (char === undefined) return this.#token('end', this.#endPlace(), this.#text.length);
    if (PUNCTUATION.has(char)) return this.#token(char as TokenKind, start, start + 1);
    if (char === "'") return this.#string(start);
    if (char === '#') return this.#docComment(start);
    for (const word of ['true', 'false']) {
      if (this.#text.startsWith(word, start)) {
        return { ...this.#token('boolean', start, start + word.length), value: word };
      }
    }
    return this.#stray(start);
  }

  /** Continues at the next line that begins with `{` or `##`: where a new top-level item is likely. */
  resynchronize(): void {
    const pattern = /\n(?=\{|##)/g;
    pattern.lastIndex = this.#at;
    this.#at = pattern.exec(this.#text) === null ? this.#text.length : pattern.lastIndex;
  }

  #token(kind: TokenKind, start: number, end: number, broken = false): Token {
    this.#at = end;
    return { kind, start, end, value: '', broken };
  }

  #skipSpaceAndComments(): void {
    for (;;) {
      SPACE.lastIndex = this.#at;
      if (SPACE.test(this.#text)) this.#at = SPACE.lastIndex;
      if (this.#text[this.#at] !== '#' || this.#text[this.#at + 1] === '#') return;
      this.#at = this.#lineEnd(this.#at);
    }
  }

  /** The end of the file is told on its last line, not on the empty one after it. */
  #endPlace(): number {
    return this.#text.endsWith('\n') ? this.#text.length - 1 : this.#text.length;
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end === -1 ? this.#text.length : end;
  }

  #string(start: number): Token {
    let value = '';
    let at = start + 1;
    let broken = false;
    for (;;) {
      const char = this.#text[at];
      if (char === undefined || char === '\n') {
        this.#report('unterminated-string', 'string has no closing quote', start, at);
        return { ...this.#token('string', start, at, true), value };
      }
      at += 1;
      if (char === "'") break;
      if (char === '\\') {
        const next = this.#text[at];
        if (next !== '\\') {
          const shown = next === undefined || next === '\n' ? '' : next;
          this.#report('unknown-escape', `unknown escape '\\${printable(shown)}'`, at - 1, at + 1);
          broken = true;
          continue;
        }
        at += 1;
      } else if (char < ' ' || char > '~') {
        if (!broken) {
          this.#report(
            'non-ascii-string',
            `strings hold printable ASCII only, not ${codePoint(this.#text, at - 1)}`,
            at - 1,
            at,
          );
        }
        broken = true;
      }
      value += char;
    }
    return { ...this.#token('string', start, at, broken), value };
  }

  /** `##`, then comment lines, blank lines between them allowed, up to a line that starts with `##`. */
  #docComment(start: number): Token {
    const opening = this.#lineEnd(start);
    this.#checkDelimiter(start, opening, 'start');
    let end = opening;
    for (;;) {
      SPACE.lastIndex = end;
      const at = SPACE.test(this.#text) ? SPACE.lastIndex : end;
      if (this.#text[at] !== '#') {
        const place = at < this.#text.length ? at : this.#endPlace();
        this.#report(
          'unterminated-doc-comment',
          "documentation comment has no closing '##' line",
          place,
          place,
        );
        return { ...this.#token('doc', start, end), broken: true };
      }
      end = this.#lineEnd(at);
      if (this.#text.startsWith('##', at)) {
        this.#checkDelimiter(at, end, 'end');
        return this.#token('doc', start, end);
      }
    }
  }

  #checkDelimiter(start: number, end: number, which: 'start' | 'end'): void {
    if (this.#text.slice(start, end).trimEnd() === '##') return;
    this.#report(
      'doc-comment-delimiter',
      `the ${which} of a documentation comment is '##' alone on its line`,
      start,
      end,
    );
  }

  #stray(start: number): Token {
    STRAY.lastIndex = start;
    const end = STRAY.test(this.#text) ? STRAY.lastIndex : start + 1;
    const shown = printable(this.#text.slice(start, Math.min(end, start + 40)));
    this.#report('stray-character', `stray '${shown}'`, start, end);
    return this.#token('end', start, end, true);
  }

  #report(code: Parameters<Diagnostics['report']>[0], message: string, start: number, end: number) {
    this.#diagnostics.report(code, message, this.#span(start, end));
  }

  #span(start: number, end: number): Span {
    return spanOf(this.#file, start, end);
  }
}

function codePoint(text: string, at: number): string {
  const value = text.codePointAt(at) ?? 0;
  return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Text of the input as a message may carry it to a terminal. */
export function printable(text: string): string {
  return text.replace(/[^ -~]/gu, (char) => `<${codePoint(char, 0)}>`);
}
