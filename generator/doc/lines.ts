import type { SourceFile } from '../source/source-file.js';
import { indentOf } from './text.js';

/** A line of a comment as written, without its marker, leading spaces kept, trailing ones dropped. */
export interface CommentLine {
  readonly text: string;
  /** Offset of `text` in the file. */
  readonly at: number;
  /** What follows the `#` is neither a space nor the line's end. */
  readonly tight: boolean;
  /** The line has no `#`: a blank line of the file amid the comment. */
  readonly gap: boolean;
}

/** Begins with `# `, is no marker, and has no space to drop at its end. */
const USUAL = /^# (?!##).*[!-~]$/;

/**
 * The lines between a comment's markers; text beside the markers counts as a line, and so does a
 * marker that is indented, in strict mode.
 */
export function commentLines(
  file: SourceFile,
  start: number,
  end: number,
  strict = false,
): CommentLine[] {
  const lines: CommentLine[] = [];
  const { text } = file;
  let next = start;
  for (let at = start; at < end; at = next) {
    const newline = text.indexOf('\n', at);
    const stop = newline === -1 || newline >= end ? end : newline;
    next = stop + 1;
    const raw = text.slice(at, text[stop - 1] === '\r' && stop > at ? stop - 1 : stop);
    if (USUAL.test(raw)) {
      lines.push({ text: raw.slice(2), at: at + 2, tight: false, gap: false });
      continue;
    }
    if (raw === '#') {
      lines.push({ text: '', at: at + 1, tight: false, gap: false });
      continue;
    }
    const indent = indentOf(raw);
    if (indent === raw.length) {
      lines.push({ text: '', at: at + indent, tight: false, gap: true });
    } else if (raw[indent] === '#') {
      const line = commentLine(raw, indent, at, strict);
      if (line !== null) lines.push(line);
    }
  }
  return lines;
}

/** null: a marker with nothing beside it. */
function commentLine(raw: string, indent: number, at: number, strict: boolean): CommentLine | null {
  const after = raw[indent + 1];
  if (after === '#' || (!strict && after === ' ' && raw.slice(indent).trimEnd() === '# ##')) {
    let from = indent;
    while (raw[from] === '#' || raw[from] === ' ' || raw[from] === '\t') from += 1;
    const text = raw.slice(from).trimEnd();
    return text === '' ? null : { text, at: at + from, tight: false, gap: false };
  }
  const tight = after !== undefined && after !== ' ';
  const from = indent + (after === ' ' ? 2 : 1);
  return { text: raw.slice(from).trimEnd(), at: at + from, tight, gap: false };
}
