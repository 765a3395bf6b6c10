import { type SourceFile, type Span, spanOf } from '../source/source-file.js';

/** A line without the blanks around it. */
export interface Line {
  readonly file: SourceFile;
  readonly text: string;
  /** Offset of `text` in the file. */
  readonly start: number;
  /** Column of the first character, tab stops every eight columns. */
  readonly indent: number;
}

export function splitLines(file: SourceFile): readonly Line[] {
  const lines: Line[] = [];
  const { text } = file;
  for (let from = 0; from <= text.length; ) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    const raw = text.slice(from, to);
    const trimmed = raw.trim();
    const blanks = raw.length - raw.trimStart().length;
    let indent = 0;
    for (let at = 0; at < blanks; at += 1) {
      indent = raw.charCodeAt(at) === 9 ? indent + 8 - (indent % 8) : indent + 1;
    }
    lines.push({ file, text: trimmed, start: from + blanks, indent });
    from = to + 1;
  }
  return lines;
}

export function spanOfLine(line: Line): Span {
  return spanOf(line.file, line.start, line.start + line.text.length);
}
