import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type SourceFile, type Span, spanOf } from '../source/source-file.js';

/** A YAML value with its place; aliases are followed. */
export type YamlValue =
  | {
      readonly kind: 'text';
      /** As written: `10.0` stays "10.0". */
      readonly text: string;
      readonly quoted: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'list'; readonly items: readonly YamlValue[]; readonly span: Span }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, YamlEntry>; readonly span: Span }
  | { readonly kind: 'nothing'; readonly span: Span };

export interface YamlEntry {
  readonly key: Span;
  readonly value: YamlValue;
}

/** The codes of what may be wrong with one kind of file. */
export interface YamlCodes {
  readonly yaml: DiagnosticCode;
  readonly unknownKey: DiagnosticCode;
  readonly missingKey: DiagnosticCode;
  readonly value: DiagnosticCode;
}

/** A file that lists builds is small; aliases could make a small one large. */
const MAX_LENGTH = 4 * 1024 * 1024;
const MAX_VALUES = 200_000;
const MAX_DEPTH = 32;

/** Reads YAML whole; null after reporting why not. */
export function readYaml(
  file: SourceFile,
  code: DiagnosticCode,
  diagnostics: Diagnostics,
): YamlValue | null {
  if (file.text.length > MAX_LENGTH) {
    diagnostics.report(code, 'the file is larger than 4 MiB', spanOf(file, 0));
    return null;
  }
  const document = parseDocument(file.text, { prettyErrors: false, logLevel: 'silent' });
  for (const { message, pos } of document.errors) {
    const [start, end] = pos;
    diagnostics.report(code, firstLine(message), spanOf(file, start, end));
  }
  if (document.errors.length > 0) return null;
  return new Reader(file, document, (message, at) => diagnostics.report(code, message, at)).read();
}

class Reader {
  readonly #file: SourceFile;
  readonly #document: Document.Parsed;
  readonly #report: (message: string, at: Span) => void;
  #values = 0;
  #failed = false;

  constructor(
    file: SourceFile,
    document: Document.Parsed,
    report: (message: string, at: Span) => void,
  ) {
    this.#file = file;
    this.#document = document;
    this.#report = report;
  }

  read(): YamlValue | null {
    const value = this.#value(this.#document.contents, 0);
    return this.#failed ? null : value;
  }

  #value(node: unknown, depth: number): YamlValue {
    const span = this.#span(node);
    const nothing = { kind: 'nothing', span } as const;
    this.#values += 1;
    if (this.#failed) return nothing;
    if (this.#values > MAX_VALUES || depth > MAX_DEPTH) {
      return this.#fail('holds too many values, or nests them too deep', span);
    }
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      return target === undefined
        ? this.#fail(`the alias '${node.source}' leads to nothing`, span)
        : this.#value(target, depth + 1);
    }
    if (isScalar(node)) {
      if (node.value === null) return nothing;
      const quoted = node.type !== 'PLAIN';
      const text = typeof node.value === 'string' ? node.value : (node.source ?? `${node.value}`);
      return { kind: 'text', text, quoted, span };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#value(item, depth + 1));
      return { kind: 'list', items, span };
    }
    if (!isMap(node)) return nothing;
    const entries = new Map<string, YamlEntry>();
    for (const { key, value } of node.items) {
      const name = this.#value(key, depth + 1);
      if (name.kind !== 'text') return this.#fail('a key is a word', this.#span(key));
      const inner: YamlValue =
        value === null ? { kind: 'nothing', span: name.span } : this.#value(value, depth + 1);
      entries.set(name.text, { key: name.span, value: inner });
    }
    return { kind: 'map', entries, span };
  }

  #fail(message: string, span: Span): YamlValue {
    if (!this.#failed) this.#report(message, span);
    this.#failed = true;
    return { kind: 'nothing', span };
  }

  #span(node: unknown): Span {
    const range = (node as Partial<Node> | null)?.range;
    return range === undefined || range === null
      ? spanOf(this.#file, 0)
      : spanOf(this.#file, range[0], range[1]);
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

/** Reads typed values out of YAML; whatever does not fit is reported at its place. */
export class YamlDecoder {
  readonly #diagnostics: Diagnostics;
  readonly #codes: YamlCodes;
  #sound = true;

  constructor(diagnostics: Diagnostics, codes: YamlCodes) {
    this.#diagnostics = diagnostics;
    this.#codes = codes;
  }

  /** Whether nothing was reported. */
  get sound(): boolean {
    return this.#sound;
  }

  report(code: DiagnosticCode, message: string, at: Span, earlier?: Span): void {
    this.#sound = false;
    const related = earlier === undefined ? [] : [{ message: 'given here first', at: earlier }];
    this.#diagnostics.report(code, message, at, { related });
  }

  /** The entries of a map that has all of `required` and nothing beyond them and `optional`. */
  map(
    value: YamlValue,
    what: string,
    required: readonly string[],
    optional: readonly string[],
  ): ReadonlyMap<string, YamlEntry> {
    if (value.kind !== 'map') {
      this.report(this.#codes.value, `${what} is a map of keys to values`, value.span);
      return new Map();
    }
    for (const key of required) {
      if (!value.entries.has(key)) {
        this.report(this.#codes.missingKey, `${what} lacks the key '${key}'`, value.span);
      }
    }
    const known = [...required, ...optional];
    for (const [key, entry] of value.entries) {
      if (known.includes(key)) continue;
      const list = known.map((name) => `'${name}'`).join(', ');
      this.report(
        this.#codes.unknownKey,
        `${what} takes no key '${key}' (known: ${list})`,
        entry.key,
      );
    }
    return value.entries;
  }

  text(entry: YamlEntry | undefined, what: string): string | null {
    if (entry === undefined) return null;
    const { value } = entry;
    if (value.kind === 'text' && value.text !== '' && !value.text.includes('\0')) return value.text;
    this.report(this.#codes.value, `${what} is a text that is not empty`, value.span);
    return null;
  }

  word<W extends string>(
    entry: YamlEntry | undefined,
    what: string,
    words: readonly W[],
  ): W | null {
    if (entry === undefined) return null;
    const { value } = entry;
    const found = value.kind === 'text' ? words.find((word) => word === value.text) : undefined;
    if (found !== undefined) return found;
    this.report(this.#codes.value, `${what} is one of ${words.join(', ')}`, value.span);
    return null;
  }

  flag(entry: YamlEntry | undefined, what: string): boolean {
    if (entry === undefined) return false;
    const { value } = entry;
    if (value.kind === 'text' && !value.quoted) {
      if (value.text === 'true') return true;
      if (value.text === 'false') return false;
    }
    this.report(this.#codes.value, `${what} is true or false`, value.span);
    return false;
  }

  list(entry: YamlEntry | undefined, what: string): readonly YamlValue[] {
    if (entry === undefined) return [];
    if (entry.value.kind === 'list') return entry.value.items;
    this.report(this.#codes.value, `${what} is a list`, entry.value.span);
    return [];
  }

  texts(entry: YamlEntry | undefined, what: string): readonly string[] {
    return this.list(entry, what).flatMap((value) => {
      const text = this.text({ key: value.span, value }, `an item of ${what}`);
      return text === null ? [] : [text];
    });
  }
}
