import type { Span } from '../source/source-file.js';
import { columnsOf, visible } from './visible.js';

/** Characters of a line that are looked at around the place: lines of a hostile file may be endless. */
const REACH = 2000;

interface Cell {
  readonly shown: string;
  readonly columns: number;
  readonly marked: boolean;
}

/**
 * The line on which `span` begins, with its number, and carets under the part that `span` covers.
 * A line wider than the terminal is cut around the place.
 */
export function excerpt(span: Span, width: number, color: (text: string) => string): string[] {
  const { line, column } = span.file.position(span.start);
  const text = span.file.lineText(line);
  const from = column - 1;
  const gutter = `${String(line).padStart(5)} | `;
  const cells = cellsOf(text, from, from + Math.max(1, span.end - span.start));
  const { shown, before, marked } = cut(cells, Math.max(20, width - gutter.length));
  const carets = color('^'.repeat(Math.max(1, marked)));
  return [
    `${gutter}${shown}`.trimEnd(),
    `${' '.repeat(gutter.length - 2)}| ${' '.repeat(before)}${carets}`,
  ];
}

/** The line's characters as a terminal shows them; tabs are shown as one column. */
function cellsOf(text: string, from: number, to: number): Cell[] {
  const first = Math.max(0, from - REACH);
  const cells: Cell[] = [];
  let at = first;
  for (const character of text.slice(first, from + REACH)) {
    const shown = character === '\t' ? ' ' : visible(character);
    const columns = shown.length > 2 ? shown.length : columnsOf(shown);
    cells.push({ shown, columns, marked: at >= from && at < to });
    at += character.length;
  }
  return cells;
}

interface Excerpt {
  readonly shown: string;
  /** Columns before the carets, and columns of carets. */
  readonly before: number;
  readonly marked: number;
}

/** Cuts cells to at most `width` columns, keeping the marked ones and what stands around them. */
function cut(cells: readonly Cell[], width: number): Excerpt {
  const columns = (part: readonly Cell[]) => part.reduce((sum, cell) => sum + cell.columns, 0);
  const firstMarked = cells.findIndex((cell) => cell.marked);
  const place = firstMarked === -1 ? cells.length : firstMarked;
  let start = 0;
  let lead = columns(cells.slice(0, place));
  let rest = columns(cells);
  // Both ends may get an ellipsis where the line does not fit.
  const room = rest > width ? width - 2 : width;
  // Leave the place in the left two thirds, so that what follows it shows.
  while (lead > (room * 2) / 3 && rest > room) {
    const left = cells[start]?.columns ?? 0;
    lead -= left;
    rest -= left;
    start += 1;
  }
  let end = start;
  for (let used = 0; end < cells.length; end++) {
    used += cells[end]?.columns ?? 0;
    if (used > room) break;
  }
  const kept = cells.slice(start, end);
  const open = start > 0 ? '…' : '';
  const close = end < cells.length ? '…' : '';
  return {
    shown: `${open}${kept.map((cell) => cell.shown).join('')}${close}`,
    before: lead + open.length,
    marked: columns(kept.filter((cell) => cell.marked)),
  };
}
