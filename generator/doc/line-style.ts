import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type SourceFile, spanOf } from '../source/source-file.js';
import type { CommentLine } from './lines.js';
import { reportOften } from './report.js';
import { indentOf } from './text.js';

/** Columns that a line of a comment may take, its `# ` included. */
const MAX_COLUMNS = 70;
const MARKER_COLUMNS = 2;
const LITERAL_START = /^(?:\.\. +qmp-example)? *::$/;
const LONE_ADDRESS = /^ *(?:https?|ftp):\/\/[^ ]*$/;
/** Only the last form is a sentence's end; the others look like one. */
const SENTENCE_END = /\be\.g\. [A-Z0-9(]|^ *\d\. [A-Z0-9(]|([.!?]) [A-Z0-9(]/g;

const SENTENCES = /[.!?] [A-Z0-9(]/;

/** False: nothing is reported about a comment's lines, the longest of `columns`, literal or not. */
export function mayBreakStyle(comment: string, columns: number): boolean {
  return columns > MAX_COLUMNS || SENTENCES.test(comment);
}

/** Line length and spacing between sentences, literal blocks excepted. One for each comment. */
export class LineStyle {
  readonly #file: SourceFile;
  readonly #diagnostics: Diagnostics;
  #literal = false;
  #literalIndent = 0;

  constructor(file: SourceFile, diagnostics: Diagnostics) {
    this.#file = file;
    this.#diagnostics = diagnostics;
  }

  check(line: CommentLine): void {
    if (LITERAL_START.test(line.text)) {
      this.#literal = true;
      this.#literalIndent = 0;
    } else if (this.#literal && line.text !== '') {
      const indent = indentOf(line.text);
      if (this.#literalIndent === 0) this.#literalIndent = indent;
      else if (indent < this.#literalIndent) this.#literal = false;
    }
    if (this.#literal) return;
    this.#checkLength(line);
    this.#checkSentences(line);
  }

  #checkLength(line: CommentLine): void {
    if (line.text.length + MARKER_COLUMNS <= MAX_COLUMNS) return;
    const columns = [...line.text].length + MARKER_COLUMNS;
    if (columns <= MAX_COLUMNS || LONE_ADDRESS.test(line.text)) return;
    const end = line.at + line.text.length;
    reportOften(
      this.#diagnostics,
      'doc-line-too-long',
      `documentation line takes ${columns} columns, more than ${MAX_COLUMNS}`,
      spanOf(this.#file, end - (columns - MAX_COLUMNS), end),
    );
  }

  #checkSentences(line: CommentLine): void {
    if (!SENTENCES.test(line.text)) return;
    for (const match of line.text.matchAll(SENTENCE_END)) {
      if (match[1] === undefined) continue;
      const at = line.at + match.index + 1;
      reportOften(
        this.#diagnostics,
        'doc-sentence-spacing',
        'one space after a sentence, where two are asked for',
        spanOf(this.#file, at, at + 1),
      );
      // One finding a line is enough to put it right.
      return;
    }
  }
}
