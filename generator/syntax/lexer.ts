import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type DocExtent, docCommentExtent } from '../doc/extent.js';
import { type SourceFile, type Span, spanOf } from '../source/source-file.js';
import type { DocRegion, SyntaxProblem } from './nodes.js';

export type TokenKind = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'boolean' | 'doc' | 'end';

const SPACE_CODE = 0x20;
const TILDE_CODE = 0x7e;
const STRAY = /[^[\]{}:,\s']+/y;
/** A byte order mark is white space to regular expressions, but not to QEMU. */
const SPACE = /(?:(?!\uFEFF)\s)+/y;
/** What a string may hold, but for quotes and backslashes, which mean something. */
const PLAIN = /[ -&(-[\]-~]*/y;

/**
 * Splits a schema file into tokens. Plain comments are dropped, doc comments are tokens of their own.
 * Holds one token at a time, in its own fields: a schema has a hundred thousand of them.
 */
export class Lexer {
  kind: TokenKind = 'end';
  start = 0;
  end = 0;
  /** A string's value with escapes resolved; `true` or `false` for a boolean. */
  value = '';
  /** The token is broken and already reported: the parser says nothing more about it. */
  broken = false;
  /** What is wrong with a doc comment's markers. Not reported: that is left to who reads the comment. */
  doc: Pick<DocRegion, 'opening' | 'closing'> | null = null;
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #diagnostics: Diagnostics;
  #at = 0;
  /** Of the doc comment that begins here. */
  #extent: DocExtent | null = null;
  /** Up to where no closing marker of a doc comment is left. */
  #searched = 0;

  constructor(file: SourceFile, diagnostics: Diagnostics) {
    this.#file = file;
    this.#text = file.text;
    this.#diagnostics = diagnostics;
    if (this.#text.charCodeAt(0) === 0xfeff && !diagnostics.strict) this.#at = 1;
  }

  /** Goes on to the next token. */
  next(): void {
    this.#skipSpaceAndComments();
    const start = this.#at;
    const char = this.#text[start];
    switch (char) {
      case "'":
        this.#string(start);
        break;
      case '{':
      case '}':
      case '[':
      case ']':
      case ':':
      case ',':
        this.#token(char, start, start + 1);
        break;
      case '#':
        this.#docComment(start);
        break;
      case undefined:
        this.#token('end', this.#endPlace(), this.#text.length);
        break;
      default:
        if (this.#text.startsWith('true', start)) {
          this.#token('boolean', start, start + 4, 'true');
        } else if (this.#text.startsWith('false', start)) {
          this.#token('boolean', start, start + 5, 'false');
        } else this.#stray(start);
    }
  }

  /** Continues at the next line that begins with `{` or `##`: where a new top-level item is likely. */
  resynchronize(from: number = this.#at): void {
    const pattern = /\n(?=\{|##)/g;
    pattern.lastIndex = from;
    this.#at = pattern.exec(this.#text) === null ? this.#text.length : pattern.lastIndex;
  }

  #token(kind: TokenKind, start: number, end: number, value = '', broken = false): void {
    this.#at = end;
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.value = value;
    this.broken = broken;
    this.doc = null;
  }

  #skipSpaceAndComments(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      // Beyond it nothing but rare white space.
      if (code <= SPACE_CODE || code > TILDE_CODE) {
        SPACE.lastIndex = this.#at;
        if (SPACE.test(this.#text)) this.#at = SPACE.lastIndex;
      }
      if (this.#text[this.#at] !== '#') return;
      const { strict } = this.#diagnostics;
      this.#extent = docCommentExtent(this.#text, this.#at, strict, this.#searched);
      this.#searched = this.#extent?.searched ?? this.#searched;
      if (this.#extent !== null) return;
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

  #string(start: number): void {
    PLAIN.lastIndex = start + 1;
    PLAIN.test(this.#text);
    const end = PLAIN.lastIndex;
    if (this.#text[end] !== "'") this.#unusualString(start);
    else this.#token('string', start, end + 1, this.#text.slice(start + 1, end));
  }

  /** One with escapes, or with an error in it. */
  #unusualString(start: number): void {
    const parts: string[] = [];
    let at = start + 1;
    let broken = false;
    const breach = (code: DiagnosticCode, message: string, end: number) => {
      if (!broken) this.#report(code, message, at, end);
      broken = true;
    };
    for (;;) {
      PLAIN.lastIndex = at;
      PLAIN.test(this.#text);
      if (PLAIN.lastIndex > at) parts.push(this.#text.slice(at, PLAIN.lastIndex));
      at = PLAIN.lastIndex;
      const char = this.#text[at];
      if (char === undefined || char === '\n') {
        this.#report('unterminated-string', 'string has no closing quote', start, at);
        this.#token('string', start, at, parts.join(''), true);
        return;
      }
      if (char === "'") break;
      if (char !== '\\') {
        const shown = codePoint(this.#text, at);
        breach('non-ascii-string', `strings hold printable ASCII only, not ${shown}`, at + 1);
        at += 1;
        continue;
      }
      const next = this.#text[at + 1];
      if (next === '\\') {
        parts.push(next);
        at += 2;
      } else {
        const shown = next === undefined || next === '\n' ? '' : printable(next);
        breach('unknown-escape', `unknown escape '\\${shown}'`, at + 2);
        at += 1;
      }
    }
    this.#token('string', start, at + 1, parts.join(''), broken);
  }

  #docComment(start: number): void {
    const { end, closed } = this.#extent ?? { end: this.#lineEnd(start), closed: true };
    const opening = this.#markerProblem(start, this.#lineEnd(start), 'start');
    let closing: SyntaxProblem | null = null;
    if (closed) closing = this.#markerProblem(this.#lastLineStart(end), end, 'end');
    else {
      const at = this.#span(end, end);
      const message = "documentation comment has no closing '##' line";
      closing = { code: 'unterminated-doc-comment', message, at };
    }
    this.#token('doc', start, end);
    this.doc = { opening, closing };
  }

  #lastLineStart(end: number): number {
    SPACE.lastIndex = this.#text.lastIndexOf('\n', end - 1) + 1;
    return SPACE.test(this.#text) ? SPACE.lastIndex : this.#text.lastIndexOf('\n', end - 1) + 1;
  }

  #markerProblem(start: number, end: number, which: 'start' | 'end'): SyntaxProblem | null {
    if (this.#text.slice(start, end).replace(/\r$/, '') === '##') return null;
    return {
      code: 'doc-comment-delimiter',
      message: `the ${which} of a documentation comment is '##' alone on its line`,
      at: this.#span(start, end),
    };
  }

  #stray(start: number): void {
    STRAY.lastIndex = start;
    const end = STRAY.test(this.#text) ? STRAY.lastIndex : start + 1;
    const shown = printable(this.#text.slice(start, Math.min(end, start + 40)));
    this.#report('stray-character', `stray '${shown}'`, start, end);
    this.#token('end', start, end, '', true);
  }

  #report(code: Parameters<Diagnostics['report']>[0], message: string, start: number, end: number) {
    this.#diagnostics.report(code, message, this.#span(start, end));
  }

  #span(start: number, end: number): Span {
    return spanOf(this.#file, start, Math.min(end, this.#text.length));
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
