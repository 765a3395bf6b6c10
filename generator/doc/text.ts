/** Width of the leading white space; all of a blank text. */
export function indentOf(text: string): number {
  const at = text.search(/\S/);
  return at === -1 ? text.length : at;
}

/** Without blank lines at both ends and without the indentation that all lines share. */
export function dedent(lines: readonly string[]): string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && (lines[start] ?? '').trim() === '') start += 1;
  while (end > start && (lines[end - 1] ?? '').trim() === '') end -= 1;
  let shared = Number.POSITIVE_INFINITY;
  for (let at = start; at < end; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() !== '') shared = Math.min(shared, indentOf(line));
  }
  return lines.slice(start, end).map((line) => (line.trim() === '' ? '' : line.slice(shared)));
}
