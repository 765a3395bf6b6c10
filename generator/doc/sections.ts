import { type SourceFile, type Span, spanOf } from '../source/source-file.js';
import type { DocLine, DocSection, DocumentedName, SectionKind } from './comment.js';
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

export interface Sections {
  readonly symbol: DocumentedName | null;
  readonly sections: readonly DocSection[];
}

interface OpenSection {
  readonly kind: SectionKind;
  readonly name: string;
  readonly span: Span;
  readonly lines: DocLine[];
}

/**
 * Cuts a comment into sections, in any dialect: tags and descriptions count wherever a line begins
 * with one, a description goes on over lines that are indented or follow without a blank line.
 */
export function cutSections(file: SourceFile, lines: readonly DocLine[]): Sections {
  const first = lines.findIndex((line) => line.text !== '');
  const symbol = first === -1 ? null : symbolOf(file, lines[first]);
  const cutter = new Cutter(file);
  if (symbol === null) {
    for (const line of lines) cutter.text(line);
  } else {
    for (const line of lines.slice(first + 1)) cutter.line(line);
  }
  return { symbol, sections: cutter.sections };
}

function symbolOf(file: SourceFile, line: DocLine | undefined): DocumentedName | null {
  const name = line === undefined ? undefined : SYMBOL.exec(line.text)?.[1];
  if (line === undefined || name === undefined) return null;
  const rest = line.text.slice(name.length + 1).trim();
  if (rest !== '' && rest !== ':' && !/^:? ?\(.*\):?$/.test(rest)) return null;
  return { name, span: spanOf(file, line.at + 1, line.at + 1 + name.length) };
}

class Cutter {
  readonly sections: OpenSection[] = [];
  readonly #file: SourceFile;
  #current: OpenSection | null = null;
  #blank = false;
  #inFeatures = false;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  line(line: DocLine): void {
    if (line.text === '') {
      this.text(line);
      return;
    }
    const indent = indentOf(line.text);
    if (indent > 0 || !this.#begins(line)) {
      // Text that is not indented ends a description only after a blank line.
      if (indent === 0 && this.#blank && !this.#runsOn(line)) this.#start('body', '', line, 0);
      this.text(line);
    }
  }

  text(line: DocLine): void {
    this.#blank = line.text === '';
    if (this.#current === null) {
      if (this.#blank) return;
      this.#start('body', '', line, 0);
    }
    this.#current?.lines.push(line);
  }

  /** Old notes and examples have no indentation: they last until a tag, a description or prose. */
  #runsOn(line: DocLine): boolean {
    const kind = this.#current?.kind;
    if (kind === 'body') return true;
    if (kind === 'note') return /^(?:\d+[.)]|[*-]) /.test(line.text);
    if (kind === 'example') return /^(?:->|<-|[{}[\]"]|\d+[.)] )/.test(line.text);
    return false;
  }

  /** Starts the section that `line` begins, if it does. */
  #begins(line: DocLine): boolean {
    if (line.text === 'Features:') {
      this.#inFeatures = true;
      this.#current = null;
      this.#blank = false;
      return true;
    }
    if (line.text.startsWith('@')) return this.#beginsDescription(line);
    if (!MAY_BE_TAG.test(line.text)) return false;
    const since = SINCE_LINE.exec(line.text);
    if (since !== null) {
      this.#start('since', 'Since', line, since[0].length);
      this.#rest(line, since[0].length);
      return true;
    }
    const tag = TAG.exec(line.text);
    const kind = tag === null ? undefined : TAG_KINDS.get(tag[1] ?? '');
    if (tag === null || kind === undefined) return false;
    this.#start(kind, tag[1] ?? '', line, tag[0].length);
    this.#rest(line, tag[0].length);
    return true;
  }

  #beginsDescription(line: DocLine): boolean {
    const kind = this.#inFeatures ? 'feature' : 'member';
    const one = DESCRIPTION.exec(line.text) ?? ADDITION.exec(line.text);
    if (one !== null) {
      this.#start(kind, one[1] ?? '', line, one[0].length, 1);
      this.#rest(line, one[0].length);
      return true;
    }
    const many = DESCRIPTIONS.exec(line.text);
    if (many === null) return false;
    // The names share the lines that follow.
    const shared: DocLine[] = [];
    for (const name of (many[1] ?? '').matchAll(/@([\w.-]+)/g)) {
      const at = line.at + name.index + 1;
      const label = name[1] ?? '';
      const section = {
        kind,
        name: label,
        span: spanOf(this.#file, at, at + label.length),
        lines: shared,
      } as const;
      this.sections.push(section);
      this.#current = section;
    }
    this.#rest(line, many[0].length);
    return true;
  }

  #start(kind: SectionKind, name: string, line: DocLine, length: number, skip = 0): void {
    const end = name === '' ? line.at + line.text.length : line.at + skip + name.length;
    if (kind !== 'feature' && kind !== 'member' && length > 0) this.#inFeatures = false;
    this.#current = { kind, name, span: spanOf(this.#file, line.at + skip, end), lines: [] };
    this.sections.push(this.#current);
    this.#blank = false;
  }

  #rest(line: DocLine, length: number): void {
    const text = line.text.slice(length);
    this.#blank = false;
    if (text !== '') this.#current?.lines.push({ text, at: line.at + length });
  }
}
