import { type SourceFile, spanOf } from '../source/source-file.js';
import type { DocSection, DocumentedName, SectionKind } from './comment.js';
import { indentOf } from './text.js';

const SYMBOL = /^@([A-Za-z0-9_][\w.-]*)/;
/** `@name: text`, `@name : text`, and a table's `@name    text`. */
const DESCRIPTION = /^@([A-Za-z0-9_][\w.-]*)(?:(?: ?:)(?= |$) *|:(?=[#(])|(?: {2,}|\t+)(?=\S))/;
/** What a list of values tells of one that was added later. */
const ADDITION = /^@([A-Za-z0-9_][\w.-]*) (?=[Ss]ince \d[\d.]*$)/;
/** Several names, one description. */
const DESCRIPTIONS = /^(@[A-Za-z0-9_][\w.-]*(?:, *@[A-Za-z0-9_][\w.-]*)+): */;
const TAG = /^(Returns?|Errors?|Since|Notes?|Examples?|TODO|FIXME) ?:(?!:) */;
const SINCE_LINE = /^since:? +v?(?=\d+(?:\.\d+)+\.?$)/i;

/** How tags, and lines like one, begin: most lines are told from them by two letters. */
const MAY_BE_TAG = /^(?:[Ss][Ii]|Re|Er|No|Ex|TO|FI)/;

const TAG_KINDS: ReadonlyMap<string, SectionKind> = new Map([
  ['Return', 'returns'],
  ['Returns', 'returns'],
  ['Error', 'errors'],
  ['Errors', 'errors'],
  ['Since', 'since'],
  ['Note', 'note'],
  ['Notes', 'note'],
  ['Example', 'example'],
  ['Examples', 'example'],
  ['TODO', 'todo'],
  ['FIXME', 'todo'],
]);

type OpenSection = DocSection & { readonly lines: string[] };

function symbolOf(file: SourceFile, text: string, at: number): DocumentedName | null {
  const name = SYMBOL.exec(text)?.[1];
  if (name === undefined) return null;
  const rest = text.slice(name.length + 1).trim();
  if (rest !== '' && rest !== ':' && !/^:? ?\(.*\):?$/.test(rest)) return null;
  return { name, span: spanOf(file, at + 1, at + 1 + name.length) };
}

/**
 * Cuts a comment into sections, in any dialect: tags and descriptions count wherever a line begins
 * with one, a description goes on over lines that are indented or follow without a blank line.
 * It is given the comment's lines one by one, each with its offset in the file, and gathers `symbol`,
 * the definition that the comment is for, and `sections`.
 */
export class SectionCutter {
  symbol: DocumentedName | null = null;
  readonly sections: OpenSection[] = [];
  readonly #file: SourceFile;
  #isFirst = true;
  #current: OpenSection | null = null;
  #blank = false;
  #inFeatures = false;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  line(text: string, at: number): void {
    if (text === '') {
      this.#text(text, at);
    } else if (this.#isFirst) {
      this.#isFirst = false;
      this.#blank = false;
      this.symbol = symbolOf(this.#file, text, at);
      if (this.symbol === null) this.#text(text, at);
    } else if (this.symbol === null) {
      this.#text(text, at);
    } else {
      const indent = indentOf(text);
      if (indent === 0 && this.#begins(text, at)) return;
      // Text that is not indented ends a description only after a blank line.
      if (indent === 0 && this.#blank && !this.#runsOn(text)) this.#start('body', '', text, at, 0);
      this.#text(text, at);
    }
  }

  #text(text: string, at: number): void {
    this.#blank = text === '';
    if (this.#current === null) {
      if (this.#blank) return;
      this.#start('body', '', text, at, 0);
    }
    this.#current?.lines.push(text);
  }

  /** Old notes and examples have no indentation: they last until a tag, a description or prose. */
  #runsOn(text: string): boolean {
    const kind = this.#current?.kind;
    if (kind === 'body') return true;
    if (kind === 'note') return /^(?:\d+[.)]|[*-]) /.test(text);
    if (kind === 'example') return /^(?:->|<-|[{}[\]"]|\d+[.)] )/.test(text);
    return false;
  }

  /** Starts the section that a line begins, if it does. */
  #begins(text: string, at: number): boolean {
    if (text === 'Features:') {
      this.#inFeatures = true;
      this.#current = null;
      this.#blank = false;
      return true;
    }
    if (text.startsWith('@')) return this.#beginsDescription(text, at);
    if (!MAY_BE_TAG.test(text)) return false;
    const since = SINCE_LINE.exec(text);
    if (since !== null) {
      this.#start('since', 'Since', text, at, since[0].length);
      this.#rest(text, since[0].length);
      return true;
    }
    const tag = TAG.exec(text);
    const kind = tag === null ? undefined : TAG_KINDS.get(tag[1] ?? '');
    if (tag === null || kind === undefined) return false;
    this.#start(kind, tag[1] ?? '', text, at, tag[0].length);
    this.#rest(text, tag[0].length);
    return true;
  }

  #beginsDescription(text: string, at: number): boolean {
    const kind = this.#inFeatures ? 'feature' : 'member';
    const one = DESCRIPTION.exec(text) ?? ADDITION.exec(text);
    if (one !== null) {
      this.#start(kind, one[1] ?? '', text, at, one[0].length, 1);
      this.#rest(text, one[0].length);
      return true;
    }
    const many = DESCRIPTIONS.exec(text);
    if (many === null) return false;
    // The names share the lines that follow.
    const shared: string[] = [];
    for (const name of (many[1] ?? '').matchAll(/@([\w.-]+)/g)) {
      const start = at + name.index + 1;
      const label = name[1] ?? '';
      const section = {
        kind,
        name: label,
        span: spanOf(this.#file, start, start + label.length),
        lines: shared,
      } as const;
      this.sections.push(section);
      this.#current = section;
    }
    this.#rest(text, many[0].length);
    return true;
  }

  #start(
    kind: SectionKind,
    name: string,
    text: string,
    at: number,
    length: number,
    skip = 0,
  ): void {
    const end = name === '' ? at + text.length : at + skip + name.length;
    if (kind !== 'feature' && kind !== 'member' && length > 0) this.#inFeatures = false;
    this.#current = { kind, name, span: spanOf(this.#file, at + skip, end), lines: [] };
    this.sections.push(this.#current);
    this.#blank = false;
  }

  #rest(text: string, length: number): void {
    this.#blank = false;
    if (length < text.length) this.#current?.lines.push(text.slice(length));
  }
}
