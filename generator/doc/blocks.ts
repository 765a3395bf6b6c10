import type { Block } from '../ir/doc.js';
import { parseDirective, startsDirective } from './directives.js';
import { type MemberNames, parseInlines } from './inlines.js';
import { dedent, indentOf } from './text.js';
import { LONGEST } from './usual-layout.js';

/** Blocks within blocks beyond this are kept as they are written. */
const MAX_DEPTH = 12;
const BULLET = /^([*+-]|o|\d{1,4}[.)]|#\.|\(?[a-z]\)) +(?=\S)/;
const UNDERLINE = /^([=\-~^"'_*+#])\1{2,}$/;
const OLD_HEADING = /^={1,2} +(\S.*)$/;
const TABLE_RULE = /^(?:=+(?: +=+)+|\+[-=+]+\+|-+(?: +-+)+)$/;
/** A line of a picture: an axis, a box's side. */
const DRAWN = /^\d*\||^\+-{3,}/;
/** A line that nothing but prose begins like. */
const PROSE = /^[A-Za-z]{2}/;
const QMP = /^(?:->|<-)(?: |$)/;
/** A message without an arrow. */
const JSON_START = /^(?:\{ *"|\{$|\[ *\{)/;

/** Paragraphs of lines that begin with two letters: of all markup, only inline markup can be in them. */
const PLAIN = /^[A-Za-z]{2}.*(?:\n *[A-Za-z]{2}.*)*(?:\n{2,}[A-Za-z]{2}.*(?:\n *[A-Za-z]{2}.*)*)*$/;

/** Nearly all text is such paragraphs; null: this is not, or a literal block follows one. */
export function plainParagraphs(lines: readonly string[], members: MemberNames): Block[] | null {
  // Of blank lines at the end nothing comes.
  const text = lines.length === 1 ? (lines[0] ?? '') : lines.join('\n').trimEnd();
  if (text.length > LONGEST || !PLAIN.test(text) || text.includes('::')) return null;
  if (!text.includes('\n\n')) return [{ kind: 'paragraph', inlines: parseInlines(text, members) }];
  return text
    .split(/\n{2,}/)
    .map((paragraph) => ({ kind: 'paragraph', inlines: parseInlines(paragraph, members) }));
}

/**
 * Reads reStructuredText, and what was written in its place before QEMU 6: lists without blank
 * lines, examples that begin with an arrow, `=` headings. Nothing is refused and nothing lost: what has no
 * better form becomes a paragraph or a literal block.
 */
export function parseBlocks(lines: readonly string[], members: MemberNames, depth = 0): Block[] {
  const plain = plainParagraphs(lines, members);
  if (plain !== null) return plain;
  const text = dedent(lines);
  if (text.length === 0) return [];
  if (depth > MAX_DEPTH) return [literal(text)];
  return new BlockReader(text, members, depth).read();
}

/** A literal block; arrows make it QMP. */
export function literal(lines: readonly string[], language = ''): Block {
  const text = dedent(lines);
  const qmp = language === '' && text.some((line) => QMP.test(line));
  return { kind: 'code', language: qmp ? 'qmp' : language, text: text.join('\n') };
}

class BlockReader {
  readonly #lines: readonly string[];
  readonly #members: MemberNames;
  readonly #depth: number;
  readonly #out: Block[] = [];
  #at = 0;

  constructor(lines: readonly string[], members: MemberNames, depth: number) {
    this.#lines = lines;
    this.#members = members;
    this.#depth = depth;
  }

  read(): Block[] {
    while (this.#at < this.#lines.length) {
      const line = this.#line(0);
      if (line === '') this.#at += 1;
      else this.#block(line);
    }
    return this.#out;
  }

  /** Not by spreading: the number of arguments of a call is limited. */
  #add(blocks: readonly Block[]): void {
    for (const block of blocks) this.#out.push(block);
  }

  #nested(lines: readonly string[]): Block[] {
    return parseBlocks(lines, this.#members, this.#depth + 1);
  }

  #line(ahead: number): string {
    return this.#lines[this.#at + ahead] ?? '';
  }

  #block(line: string): void {
    if (indentOf(line) > 0) this.#quoted();
    else if (/^[A-Za-z]/.test(line) && !UNDERLINE.test(this.#line(1))) this.#lettered(line);
    else if (startsDirective(line)) this.#directive(line);
    else if (line === '::') this.#literalAfter(1);
    else if (QMP.test(line) || JSON_START.test(line)) this.#example();
    else if (TABLE_RULE.test(line)) this.#table();
    else if (this.#heading(line)) return;
    else if (BULLET.test(line)) this.#list();
    else this.#paragraph();
  }

  /** The usual case; of all markers only `a) ` begins with a letter. */
  #lettered(line: string): void {
    if (BULLET.test(line)) this.#list();
    else this.#paragraph();
  }

  /** Lines that belong to what began `skip` lines ago, by being indented at least `indent`. */
  #body(skip: number, indent: number): string[] {
    const start = this.#at + skip;
    let end = start;
    for (let at = start; at < this.#lines.length; at += 1) {
      const line = this.#lines[at] ?? '';
      if (line === '') continue;
      if (indentOf(line) < indent) break;
      end = at + 1;
    }
    this.#at = end;
    return this.#lines.slice(start, end);
  }

  #directive(line: string): void {
    const body = this.#body(1, 1);
    this.#add(
      parseDirective(line, body, {
        blocks: (lines) => this.#nested(lines),
        inlines: (text) => parseInlines(text, this.#members),
        literal,
      }),
    );
  }

  #quoted(): void {
    const body = this.#body(0, 1);
    const first = dedent(body)[0] ?? '';
    if (/^[{[]|^\$ /.test(first) && !JSON_START.test(first)) this.#out.push(literal(body));
    else this.#add(this.#nested(body));
  }

  #literalAfter(skip: number): void {
    const body = this.#body(skip, 1);
    if (body.some((line) => line !== '')) this.#out.push(literal(body));
  }

  /** Messages with arrows, and what follows them, up to a line of prose after a blank one. */
  #example(): void {
    const start = this.#at;
    let end = start;
    let blank = false;
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#line(0);
      if (line !== '' && blank && !/^(?:->|<-|\s|[{}[\]",.])/.test(line)) break;
      blank = line === '';
      if (!blank) end = this.#at + 1;
    }
    this.#at = Math.max(end, start + 1);
    this.#out.push(literal(this.#lines.slice(start, end), 'qmp'));
  }

  #table(): void {
    const start = this.#at;
    let end = start;
    while (end < this.#lines.length && this.#lines[end] !== '') end += 1;
    this.#at = end;
    this.#out.push(literal(this.#lines.slice(start, end), 'text'));
  }

  #heading(line: string): boolean {
    const old = OLD_HEADING.exec(line);
    const overlined = UNDERLINE.test(line) && this.#line(1) !== '' && this.#line(2) === line;
    const title = old?.[1] ?? (overlined ? this.#line(1).trim() : line);
    const underlined = UNDERLINE.test(this.#line(1)) && this.#line(1).length + 2 >= line.length;
    if (old === null && !overlined && !underlined) return false;
    this.#at += old !== null ? 1 : overlined ? 3 : 2;
    this.#out.push({ kind: 'paragraph', inlines: [{ kind: 'strong', text: title }] });
    return true;
  }

  #list(): void {
    const number = /^([2-9]|\d\d+)[.)] /.exec(this.#line(0))?.[0] ?? null;
    const ordered = !/^[*+o-]/.test(this.#line(0));
    const items: Block[][] = [];
    for (;;) {
      const marker = BULLET.exec(this.#line(0));
      if (marker === null || !/^[*+o-]/.test(marker[0]) !== ordered) break;
      items.push(this.#item(marker[0].length));
      let ahead = 0;
      while (this.#at + ahead < this.#lines.length && this.#line(ahead) === '') ahead += 1;
      if (!BULLET.test(this.#line(ahead))) break;
      this.#at += ahead;
    }
    const [only, ...more] = items;
    const [first, ...rest] = only ?? [];
    if (number !== null && more.length === 0 && first?.kind === 'paragraph') {
      // One of several whose list something else interrupts: it keeps its number.
      const lead = { kind: 'text', text: number } as const;
      this.#add([{ kind: 'paragraph', inlines: [lead, ...first.inlines] }, ...rest]);
    } else {
      this.#out.push({ kind: 'list', ordered, items });
    }
  }

  #item(width: number): Block[] {
    const item = [this.#line(0).slice(width)];
    let blank = false;
    for (this.#at += 1; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#line(0);
      const indent = indentOf(line);
      if (line === '') {
        blank = true;
        item.push('');
        continue;
      }
      // Unaligned lines go on with the item as long as no blank line came between.
      if (indent === 0 ? blank || BULLET.test(line) : blank && indent < Math.min(width, 2)) break;
      blank = false;
      item.push(indent >= width ? line.slice(width) : line.trimStart());
    }
    return this.#nested(item);
  }

  /** Whether something else begins here, though no blank line ends the paragraph. */
  #interrupts(line: string, before: string): boolean {
    return (BULLET.test(line) && before.endsWith(':')) || QMP.test(line) || startsDirective(line);
  }

  #paragraph(): void {
    const words: string[] = [];
    let drawn = 0;
    const start = this.#at;
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#line(0);
      if (line === '') break;
      const word = line.trim();
      if (!PROSE.test(line)) {
        if (words.length > 0 && this.#interrupts(line, words.at(-1) ?? '')) break;
        if (DRAWN.test(word)) drawn += 1;
      }
      words.push(word);
    }
    if (drawn > 1) {
      this.#out.push(literal(this.#lines.slice(start, this.#at), 'text'));
      return;
    }
    const text = words.join(' ');
    if (!text.endsWith('::')) {
      this.#out.push({ kind: 'paragraph', inlines: parseInlines(text, this.#members) });
      return;
    }
    const lead = text === '::' ? '' : text.endsWith(' ::') ? text.slice(0, -3) : text.slice(0, -1);
    if (lead !== '')
      this.#out.push({ kind: 'paragraph', inlines: parseInlines(lead, this.#members) });
    this.#literalAfter(0);
  }
}
