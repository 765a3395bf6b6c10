import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type SourceFile, type Span, spanOf } from '../source/source-file.js';
import { Lexer, type TokenKind } from './lexer.js';
import type {
  EntryNode,
  ListNode,
  ObjectNode,
  StringNode,
  TopLevelNode,
  ValueNode,
} from './nodes.js';

/** Values nested deeper than this are refused; released schemas stay below ten. */
const MAX_DEPTH = 200;

/** More values than this in one file are refused; all of 10.2 holds some 30,000. */
const MAX_VALUES = 4_000_000;

/** After so many syntax errors a file is no schema: the rest of it is not read. */
const MAX_FAILURES = 1000;

/**
 * Unwinds to the top level after an error that was reported. Never leaves this module. One instance
 * serves all: its stack is of no interest, and making one takes long.
 */
class SyntaxFailure extends Error {}
const FAILURE = new SyntaxFailure();

/**
 * Accepts any text. Guarantees the top-level items that could be read, in order, with their places;
 * reports every syntax error it meets and goes on at the next line that looks like a new item.
 * Reads as far as it is asked to, so that findings in an included file come before those after the
 * include. Leaves to the next phase what the objects mean, and following includes.
 */
export function parse(file: SourceFile, diagnostics: Diagnostics): Iterable<TopLevelNode> {
  return new Parser(file, diagnostics).parseAll();
}

class Parser {
  readonly #file: SourceFile;
  readonly #diagnostics: Diagnostics;
  /** The token under the cursor. */
  readonly #token: Lexer;
  /** Objects and lists open at this place. */
  #open = 0;
  #values = 0;

  constructor(file: SourceFile, diagnostics: Diagnostics) {
    this.#file = file;
    this.#diagnostics = diagnostics;
    this.#token = new Lexer(file, diagnostics);
  }

  *parseAll(): Generator<TopLevelNode, void> {
    let failures = 0;
    this.#token.next();
    while (this.#token.kind !== 'end' || this.#token.broken) {
      if (this.#token.kind === 'doc' && this.#token.doc !== null) {
        const span = this.#here();
        // The comment's findings come before those of the token after it.
        yield { kind: 'doc', span, ...this.#token.doc };
        this.#advance();
        continue;
      }
      const first = this.#token.start;
      const value = this.#topLevelValue();
      if (value !== null) {
        yield { kind: 'expression', value };
      } else if (this.#values > MAX_VALUES) {
        return;
      } else if (++failures >= MAX_FAILURES) {
        const message = `the rest of the file is not read after ${MAX_FAILURES} syntax errors`;
        this.#diagnostics.report('too-many-errors', message, this.#here());
        return;
      } else {
        this.#open = 0;
        // The token that was not expected may be the next item.
        if (this.#token.start > first) this.#token.resynchronize(this.#token.start - 1);
        else this.#token.resynchronize();
        this.#advance();
      }
    }
  }

  /** null: there was an error, which was reported. */
  #topLevelValue(): ValueNode | null {
    try {
      return this.#value(0);
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      return null;
    }
  }

  #value(depth: number): ValueNode {
    this.#values += 1;
    if (this.#values > MAX_VALUES) {
      const message = `the file holds more than ${MAX_VALUES} values`;
      this.#diagnostics.report('too-many-values', message, this.#here());
      throw FAILURE;
    }
    switch (this.#token.kind) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case 'string':
        return this.#string();
      case 'boolean': {
        const span = this.#here();
        const value = this.#token.value === 'true';
        this.#advance();
        return { kind: 'boolean', span, value };
      }
      default:
        return this.#expected(depth === 0 ? "'{'" : "'{', '[', string, or boolean");
    }
  }

  #object(depth: number): ObjectNode {
    const start = this.#enter(depth);
    const entries: EntryNode[] = [];
    const byKey = new Map<string, EntryNode>();
    for (let ended = this.#is('}'); !ended; ended = this.#is('}') || this.#nextEntry()) {
      if (!this.#is('string')) {
        return this.#expected(entries.length === 0 ? "string or '}'" : 'string');
      }
      const key = this.#string();
      if (!this.#is(':')) return this.#expected("':'");
      this.#advance();
      const earlier = byKey.get(key.value);
      if (earlier !== undefined) {
        this.#diagnostics.report('duplicate-key', `key '${key.value}' again`, this.#here(), {
          related: [{ message: 'first given here', at: earlier.key.span }],
        });
      }
      const entry = { key, value: this.#value(depth + 1) };
      if (earlier !== undefined) continue;
      entries.push(entry);
      byKey.set(key.value, entry);
    }
    return { kind: 'object', span: this.#close(start), entries, byKey };
  }

  /** Goes past the comma after an entry. Whether there is no further one. */
  #nextEntry(): boolean {
    this.#comma("',' or '}'", 'string');
    return this.#trailingComma('}');
  }

  #list(depth: number): ListNode {
    const start = this.#enter(depth);
    const items: ValueNode[] = [];
    let ended = this.#is(']');
    if (!ended && !startsValue(this.#token.kind)) {
      return this.#expected("'{', '[', ']', string, or boolean");
    }
    while (!ended) {
      items.push(this.#value(depth + 1));
      ended = this.#is(']') || this.#nextItem();
    }
    return { kind: 'list', span: this.#close(start), items };
  }

  #nextItem(): boolean {
    this.#comma("',' or ']'", 'value');
    return this.#trailingComma(']');
  }

  /** Where it begins. */
  #enter(depth: number): number {
    const { start } = this.#token;
    if (depth >= MAX_DEPTH) {
      this.#diagnostics.report(
        'nesting-too-deep',
        `values are nested more than ${MAX_DEPTH} deep`,
        this.#here(),
      );
      throw FAILURE;
    }
    this.#open += 1;
    this.#advance();
    return start;
  }

  /** Goes past the closing bracket of what began at `start`, and gives its place. */
  #close(start: number): Span {
    const span = spanOf(this.#file, start, this.#token.end);
    this.#open -= 1;
    this.#advance();
    return span;
  }

  /** 1.0's agent lacks a comma: where the next member plainly follows, that is a warning. */
  #comma(expected: string, next: 'string' | 'value'): void {
    if (this.#is(',')) {
      this.#advance();
      return;
    }
    const follows =
      next === 'string' ? this.#token.kind === 'string' : startsValue(this.#token.kind);
    if (!follows || this.#token.broken || this.#diagnostics.strict) this.#expected(expected);
    this.#diagnostics.report('missing-comma', "',' is missing before this", this.#here());
  }

  /** A comma before the closing bracket, as one downstream of 0.12 has it, is a warning. */
  #trailingComma(closing: TokenKind): boolean {
    if (this.#diagnostics.strict || !this.#is(closing)) return false;
    this.#diagnostics.report(
      'trailing-comma',
      `',' before '${closing}' separates nothing`,
      this.#here(),
    );
    return true;
  }

  #string(): StringNode {
    const { broken, value } = this.#token;
    if (broken) throw FAILURE;
    const span = this.#here();
    this.#advance();
    return { kind: 'string', span, value };
  }

  #expected(what: string): never {
    const token = this.#token;
    if (!token.broken) {
      const found = token.kind === 'end' ? 'the end of the file' : FOUND[token.kind];
      this.#diagnostics.report(
        'unexpected-token',
        `expected ${what}, found ${found}`,
        this.#here(),
      );
    }
    throw FAILURE;
  }

  #is(kind: TokenKind): boolean {
    return this.#token.kind === kind;
  }

  #advance(): void {
    this.#token.next();
    // Files up to 2.8 have doc comments inside definitions, where they document nothing.
    while (this.#token.kind === 'doc' && this.#open > 0 && !this.#diagnostics.strict) {
      this.#diagnostics.report(
        'misplaced-doc-comment',
        'documentation comment inside a definition is ignored',
        this.#here(),
      );
      this.#token.next();
    }
  }

  #here(): Span {
    return spanOf(this.#file, this.#token.start, this.#token.end);
  }
}

function startsValue(kind: TokenKind): boolean {
  return kind === '{' || kind === '[' || kind === 'string' || kind === 'boolean';
}

const FOUND: { readonly [K in Exclude<TokenKind, 'end'>]: string } = {
  '{': "'{'",
  '}': "'}'",
  '[': "'['",
  ']': "']'",
  ':': "':'",
  ',': "','",
  string: 'a string',
  boolean: 'a boolean',
  doc: 'a documentation comment',
};
