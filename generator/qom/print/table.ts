import { columnsOf } from '../../diagnostics/visible.js';

/** A cell's text as it is shown, and what colours it. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** No column but the last grows beyond this, so that one long name does not move all others. */
const WIDEST = 40;

/** Rows with their columns below each other, without spaces at the ends of lines. */
export function table(rows: readonly (readonly Cell[])[], indent = ''): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, Math.min(WIDEST, widthOf(text)));
    });
  }
  return rows.map((row) => {
    const line = row.map(({ text, paint }, column) => {
      const rest = row.slice(column + 1).some((cell) => cell.text !== '');
      const padding = rest ? ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text))) : '';
      return (paint === undefined || text === '' ? text : paint(text)) + padding;
    });
    return `${indent}${line.join('  ').trimEnd()}`;
  });
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}
