import { labelOf } from './labels.js';
import type { Line } from './lines.js';

export interface ExampleExtent {
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly file: Line['file'];
  /** How many lines it takes. */
  readonly lines: number;
}

/** Transcripts mark what the server sends. */
const MARK = /^<-\s*(?=\{)/;

/**
 * The example that begins on the line `from`, null when none does. It ends with the line on which
 * its braces balance; when they never do, before the first line that cannot be part of it.
 */
export function exampleExtent(lines: readonly Line[], from: number): ExampleExtent | null {
  const first = lines[from];
  if (first === undefined) return null;
  const mark = MARK.exec(first.text)?.[0].length ?? 0;
  if (first.text[mark] !== '{') return null;
  let depth = 0;
  let last = first;
  let count = 0;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    if (line.text === '') continue;
    // A blank line, or the end of the braces, ends an example unless more JSON follows.
    const apart = at > from && lines[at - 1]?.text === '';
    if (at > from && !continuesJson(line.text, apart)) break;
    depth += balance(line.text);
    last = line;
    count = at - from + 1;
    if (depth <= 0) break;
  }
  return {
    start: first.start + mark,
    end: last.start + last.text.length,
    file: first.file,
    lines: count,
  };
}

function continuesJson(text: string, apart: boolean): boolean {
  if (labelOf(text) !== null) return false;
  if (apart) return /^["}\],]/.test(text) || text.startsWith('[');
  return !/^[-*]\s+["']/.test(text);
}

/** How many braces and brackets the line opens beyond those it closes, those in strings apart. */
function balance(text: string): number {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
  }
  return depth;
}
