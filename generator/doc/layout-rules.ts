import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type SourceFile, type Span, spanOf } from '../source/source-file.js';
import type { SyntaxProblem } from '../syntax/nodes.js';
import type { DocClaims, DocumentedName } from './comment.js';
import { LineStyle } from './line-style.js';
import type { CommentLine } from './lines.js';
import { reportOften } from './report.js';
import { indentOf } from './text.js';

const DESCRIPTION = /^@([^:]*): */;
const TAG = /^(Returns|Errors|Since|Notes?|Examples?|TODO)(?!::): */;
const ONCE = new Set(['Returns', 'Errors', 'Since']);

export interface LayoutResult {
  readonly symbol: DocumentedName | null;
  readonly claims: DocClaims;
}

/** A section that must hold text. */
interface Tagged {
  readonly label: string;
  readonly span: Span;
  empty: boolean;
}

/**
 * QEMU 10.2's rules for the layout of a comment: what may stand where, indentation, line style.
 * Reports in the order in which QEMU's parser meets the breaches, and reads on after each.
 * Returns what the comment documents in 10.2's reading, which strict mode goes by.
 */
export function checkLayout(
  file: SourceFile,
  lines: readonly CommentLine[],
  diagnostics: Diagnostics,
  closing: SyntaxProblem | null = null,
): LayoutResult {
  return new LayoutChecker(file, lines, diagnostics, closing).run();
}

class LayoutChecker {
  readonly #file: SourceFile;
  readonly #lines: readonly CommentLine[];
  readonly #diagnostics: Diagnostics;
  readonly #style: LineStyle;
  readonly #members = new Map<string, Span>();
  readonly #features = new Map<string, Span>();
  readonly #tags = new Map<string, Span>();
  readonly #tagged: Tagged[] = [];
  #closing: SyntaxProblem | null;
  #next = 0;
  /** The line under the cursor; null past the last. */
  #line: CommentLine | null = null;

  constructor(
    file: SourceFile,
    lines: readonly CommentLine[],
    diagnostics: Diagnostics,
    closing: SyntaxProblem | null,
  ) {
    this.#file = file;
    this.#lines = lines;
    this.#diagnostics = diagnostics;
    this.#closing = closing;
    this.#style = new LineStyle(file, diagnostics);
  }

  run(): LayoutResult {
    this.#advance();
    let symbol: DocumentedName | null = null;
    const first: CommentLine | null = this.#line;
    if (first?.text.startsWith('@')) {
      symbol = this.#symbol(first);
      this.#advance();
      this.#definition();
    } else {
      this.#freeForm();
    }
    for (const { label, span, empty } of this.#tagged) {
      if (empty) this.#report('doc-section-empty', `no text follows '${label}'`, span);
    }
    return {
      symbol,
      claims: {
        members: named(this.#members),
        features: named(this.#features),
        returns: this.#tags.get('Returns') ?? null,
        errors: this.#tags.get('Errors') ?? null,
      },
    };
  }

  #advance(): void {
    let line = this.#lines[this.#next];
    while (line?.gap) line = this.#lines[++this.#next];
    this.#next += 1;
    this.#line = line ?? null;
    if (line === undefined) {
      this.#end();
      return;
    }
    if (line.tight) {
      this.#report(
        'doc-missing-space',
        "a space is missing after '#'",
        this.#span(line, 0, Math.min(1, line.text.length)),
      );
    }
    this.#style.check(line);
  }

  /** The closing marker is met before it shows that a section holds no text. */
  #end(): void {
    if (this.#closing === null) return;
    const { code, message, at } = this.#closing;
    this.#diagnostics.report(code, message, at);
    this.#closing = null;
  }

  #skipBlank(): void {
    while (this.#line?.text === '') this.#advance();
  }

  #symbol(line: CommentLine): DocumentedName | null {
    const closed = line.text.endsWith(':');
    const name = closed ? line.text.slice(1, -1) : (/^@([\w.-]*)/.exec(line.text)?.[1] ?? '');
    const span = this.#span(line, 1, name.length);
    if (!closed) {
      this.#report(
        'doc-symbol-line',
        "the line that names the definition ends with ':'",
        this.#span(line, line.text.length, 0),
      );
    } else if (name === '') {
      this.#report('doc-symbol-missing', "no name follows '@'", this.#span(line, 0, 1));
    }
    return name === '' ? null : { name, span };
  }

  #freeForm(): void {
    for (; this.#line !== null; this.#advance()) {
      const match = descriptionIn(this.#line);
      if (match === null) continue;
      this.#report(
        'doc-description-in-free-form',
        `'@${match[1]}:' describes nothing: this comment names no definition on its first line`,
        this.#span(this.#line, 0, (match[1] ?? '').length + 2),
      );
    }
  }

  #definition(): void {
    let descriptionsEnded = false;
    for (;;) {
      this.#skipBlank();
      const line = this.#line;
      if (line === null) return;
      const description = descriptionIn(line);
      const tag = TAG.exec(line.text);
      if (line.text === 'Features:') {
        this.#featureSection(line);
        descriptionsEnded = true;
      } else if (description !== null) {
        if (descriptionsEnded) {
          this.#report(
            'doc-description-misplaced',
            `the description of '@${description[1]}' stands after a section`,
            this.#span(line, 0, (description[1] ?? '').length + 2),
          );
        }
        this.#descriptions(this.#members);
        descriptionsEnded = true;
      } else if (tag !== null && this.#tagSection(line, tag)) {
        descriptionsEnded = true;
      } else {
        this.#paragraph();
      }
    }
  }

  #featureSection(line: CommentLine): void {
    if (this.#features.size > 0) {
      this.#report('doc-features-repeated', "a second 'Features:' line", this.#span(line, 0, 9));
    }
    const before = this.#features.size;
    this.#advance();
    this.#skipBlank();
    this.#descriptions(this.#features);
    if (this.#features.size > before) return;
    const at = this.#line === null ? line : this.#line;
    this.#report(
      'doc-features-empty',
      "feature descriptions were expected after 'Features:'",
      this.#line === null ? this.#afterLast() : this.#span(at, 0, at.text.length),
    );
  }

  #descriptions(into: Map<string, Span>): void {
    for (;;) {
      const line = this.#line;
      const match = line === null ? null : descriptionIn(line);
      if (line === null || match === null) return;
      const name = match[1] ?? '';
      const span = this.#span(line, 1, name.length);
      const earlier = into.get(name);
      if (name === '') {
        this.#report('doc-description-unnamed', "no name follows '@'", this.#span(line, 0, 2));
      } else if (earlier !== undefined) {
        this.#report('doc-description-duplicate', `'${name}' is described twice`, span, earlier);
      } else {
        into.set(name, span);
      }
      this.#indented({ label: `@${name}:`, span, empty: match[0].length === line.text.length });
    }
  }

  /** Whether the tag opens a section; those that 10.2 retired are reported and read as text. */
  #tagSection(line: CommentLine, match: RegExpExecArray): boolean {
    const tag = match[1] ?? '';
    const span = this.#span(line, 0, tag.length + 1);
    if (tag.startsWith('Note') || tag.startsWith('Example')) {
      const instead = tag.startsWith('Note') ? '.. note::' : '.. qmp-example::';
      this.#report('doc-section-retired', `'${tag}:' is written '${instead}' today`, span);
      return false;
    }
    const earlier = this.#tags.get(tag);
    if (earlier !== undefined && ONCE.has(tag)) {
      this.#report('doc-section-duplicate', `a second '${tag}:' section`, span, earlier);
    } else {
      this.#tags.set(tag, span);
    }
    this.#indented({ label: `${tag}:`, span, empty: match[0].length === line.text.length });
    return true;
  }

  #paragraph(): void {
    while (this.#line !== null && this.#line.text !== '') this.#advance();
  }

  /** The text of a section that began on this line, up to the line that ends it. */
  #indented(section: Tagged): void {
    this.#tagged.push(section);
    this.#advance();
    this.#skipBlank();
    if (this.#line === null) return;
    const indent = indentOf(this.#line.text);
    if (indent === 0) return;
    section.empty = false;
    // QEMU looks at the indentation of the second line only: from the third on, less ends the section.
    for (let second = true; ; second = false) {
      this.#advance();
      const line: CommentLine | null = this.#line;
      if (line === null || descriptionIn(line) !== null) return;
      if (line.text === '' || indentOf(line.text) >= indent) continue;
      if (!second) return;
      this.#report(
        'doc-unexpected-dedent',
        `less indentation than the ${indent} spaces of the line before`,
        this.#span(line, 0, Math.max(1, indentOf(line.text))),
      );
    }
  }

  #afterLast(): Span {
    const last = this.#lines.at(-1);
    const at = last === undefined ? 0 : last.at + last.text.length;
    // Where the closing marker's line begins.
    const next = this.#file.text.indexOf('\n', at);
    return spanOf(this.#file, next === -1 ? at : next + 1);
  }

  #span(line: CommentLine, start: number, length: number): Span {
    return spanOf(this.#file, line.at + start, line.at + start + length);
  }

  #report(code: DiagnosticCode, message: string, at: Span, earlier: Span | null = null): void {
    const related = earlier === null ? [] : [{ message: 'first here', at: earlier }];
    reportOften(this.#diagnostics, code, message, at, { related });
  }
}

function descriptionIn({ text }: CommentLine): RegExpExecArray | null {
  return text.startsWith('@') ? DESCRIPTION.exec(text) : null;
}

function named(spans: ReadonlyMap<string, Span>): DocumentedName[] {
  return [...spans].map(([name, span]) => ({ name, span }));
}
