import type { Lines } from './views.js';

const WIDTH = 96;

/** Puts items on as few lines as the width allows. */
export function fill(items: readonly string[]): Lines {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + 1 + item.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? item : `${line} ${item}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}
