import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import type { Candidate } from '../complete/candidates.js';
import { columnsIn } from '../help/prose.js';

/** With a word of help each; more are listed by name only. */
const EXPLAINED = 24;
const LINES = 40;
const MAX_ACROSS = 20;

/** Candidates as lines of a terminal. */
export function candidateLines(
  candidates: readonly Candidate[],
  width: number,
  paint: Paint,
): readonly string[] {
  if (candidates.length > EXPLAINED) return inColumns(candidates, width, paint);
  const labels = candidates.map(({ label }) => visible(label));
  const column = Math.min(40, Math.max(...labels.map(columnsIn)));
  return candidates.map(({ help }, at) => {
    const label = labels[at] ?? '';
    const gap = ' '.repeat(Math.max(0, column - columnsIn(label)));
    const room = width - Math.max(column, columnsIn(label)) - 5;
    const said = cut(visible(help), room);
    return said === ''
      ? `  ${paint.cyan(label)}`
      : `  ${paint.cyan(label)}${gap}  ${paint.dim(said)}`;
  });
}

function inColumns(
  candidates: readonly Candidate[],
  width: number,
  paint: Paint,
): readonly string[] {
  const all = candidates.slice(0, LINES * MAX_ACROSS).map(({ label }) => visible(label));
  const column = Math.min(width - 2, Math.max(...all.map(columnsIn)) + 2);
  const across = Math.max(1, Math.floor((width - 2) / column));
  const down = Math.min(LINES, Math.ceil(all.length / across));
  const lines = Array.from({ length: down }, (_, row) => {
    const cells = Array.from({ length: across }, (_, at) => all[at * down + row] ?? '');
    const padded = cells.map((cell) => cell + ' '.repeat(Math.max(0, column - columnsIn(cell))));
    return `  ${padded.join('')}`.trimEnd();
  });
  const left = candidates.length - down * across;
  return left <= 0 ? lines : [...lines, paint.dim(`  … ${left} more`)];
}

function cut(text: string, room: number): string {
  if (columnsIn(text) <= room) return text;
  return room < 2 ? '' : `${[...text].slice(0, room - 1).join('')}…`;
}
