import type { SourceFile } from '../source/source-file.js';
import type { DocLine } from './comment.js';
import { indentOf } from './text.js';

/** A line of a comment as written. */
export interface CommentLine extends DocLine {
  /** What follows the `#` is neither a space nor the line's end. */
  readonly tight: boolean;
  /** The line has no `#`: a blank line of the file amid the comment. */
  readonly gap: boolean;
}

/** The lines between a comment's markers; text beside the markers counts as a line. */
export function commentLines(file: SourceFile, start: number, end: number): CommentLine[] {
  const lines: CommentLine[] = [];
  let next = start;
  for (let at = start; at < end; at = next) {
    const newline = file.text.indexOf('\n', at);
    const stop = newline === -1 || newline >= end ? end : newline;
    next = stop + 1;
    const raw = file.text.slice(at, stop).replace(/\r$/, '');
    const indent = indentOf(raw);
    const body = raw.slice(indent);
    if (body === '') {
      lines.push({ text: '', at: at + indent, tight: false, gap: true });
    } else if (body.startsWith('##') || body.trimEnd() === '# ##') {
      const text = body.replace(/^#[# ]*\s*/, '').trimEnd();
      const textAt = at + indent + body.indexOf(text, 2);
      if (text !== '') lines.push({ text, at: textAt, tight: false, gap: false });
    } else if (body.startsWith('#')) {
      const tight = body.length > 1 && body[1] !== ' ';
      const skip = tight || body.length === 1 ? 1 : 2;
      const text = body.slice(skip).trimEnd();
      lines.push({ text, at: at + indent + skip, tight, gap: false });
    }
  }
  return lines;
}
