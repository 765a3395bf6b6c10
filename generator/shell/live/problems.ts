import { excerpt } from '../../diagnostics/excerpt.js';
import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import type { Problem } from '../arguments/index.js';

/**
 * Problems as lines for a terminal: the message, then the line with carets under the part that is wrong.
 * @param label what every message begins with, such as "qapi-ts: error:"
 */
export function problemLines(
  problems: readonly Problem[],
  label: string,
  width: number,
  paint: Paint,
): readonly string[] {
  return problems.flatMap(({ at, message }) => [
    `${label} ${visible(message)}`,
    ...(at.file.text === '' ? [] : excerpt(at, width, paint.red)),
  ]);
}
