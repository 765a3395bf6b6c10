const SPACE = /\s/;

/** Width of the leading white space; all of a blank text. */
export function indentOf(text: string): number {
  let at = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && (code > 0x20 && code < 0x7f ? true : !SPACE.test(text[at] ?? ''))) break;
  }
  return at;
}

const isBlank = (text: string): boolean => text === '' || indentOf(text) === text.length;

/** Without blank lines at both ends and without the indentation that all lines share. */
export function dedent(lines: readonly string[]): readonly string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && isBlank(lines[start] ?? '')) start += 1;
  while (end > start && isBlank(lines[end - 1] ?? '')) end -= 1;
  let shared = Number.POSITIVE_INFINITY;
  for (let at = start; at < end && shared > 0; at += 1) {
    const line = lines[at] ?? '';
    const indent = indentOf(line);
    if (indent < line.length) shared = Math.min(shared, indent);
  }
  if (shared === 0) return end - start === lines.length ? lines : lines.slice(start, end);
  // Blank lines may be shorter.
  return lines.slice(start, end).map((line) => line.slice(shared));
}
