import { excerpt } from '../../diagnostics/excerpt.js';
import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import { SourceFile, type Span } from '../../source/source-file.js';
import type { Problem } from '../arguments/index.js';

/**
 * Problems as lines for a terminal: the message, then the line with carets under the part that is wrong.
 * @param hidden what is shown as stars, such as passwords
 * @param label what every message begins with, such as "qapi-ts: error:"
 */
export function problemLines(
  problems: readonly Problem[],
  label: string,
  width: number,
  paint: Paint,
  hidden: readonly Span[] = [],
): readonly string[] {
  return problems.flatMap(({ at, message }) => [
    `${label} ${visible(message)}`,
    ...(at.file.text === '' ? [] : excerpt(veiled(at, hidden), width, paint.red)),
  ]);
}

/** The same place, in a text of the same width that does not tell. */
function veiled(at: Span, hidden: readonly Span[]): Span {
  let { text } = at.file;
  for (const { file, start, end } of hidden) {
    if (file !== at.file) continue;
    text = text.slice(0, start) + text.slice(start, end).replace(/\S/g, '*') + text.slice(end);
  }
  return text === at.file.text ? at : { ...at, file: new SourceFile(at.file.path, text) };
}
