/** Where a documentation comment ends. */
export interface DocExtent {
  /** Just past the closing marker; for an unclosed comment, where it was missed. */
  readonly end: number;
  readonly closed: boolean;
  /** How far the closing marker was looked for in vain; absent where something else ended the search. */
  readonly searched?: number;
}

const MARKER = /^#{2,}[ \t\r]*$/;
/** A closing marker that became text, in the agent's schema from 1.1 to 2.4. */
const COMMENTED_MARKER = /^# ##[ \t\r]*$/;
const SYMBOL_LINE = /^# @[A-Za-z_][\w.-]*:?[ \t\r]*$/;

/**
 * Decides whether the comment at `start` (the `#` that begins a line but for white space) is a
 * documentation comment, and where that ends; null: an ordinary comment.
 *
 * Strict is QEMU 10.2's reading: it opens with `##`, goes on through blank lines, and whatever line
 * next starts with `##` closes it. Otherwise the mishaps of old releases are understood: an opening
 * marker that was lost or shares its line with the name, a closing one that was lost or misspelt.
 *
 * `searched` is what an earlier call on this text gave: a comment before that place need not look for
 * its closing marker again.
 */
export function docCommentExtent(
  text: string,
  start: number,
  strict: boolean,
  searched = 0,
): DocExtent | null {
  const usual = usualEnd(text, start);
  if (usual !== -1) return { end: usual, closed: true };
  const first = lineAt(text, start);
  const opens = first.text.startsWith('##');
  if (!opens && (strict || !SYMBOL_LINE.test(first.text))) return null;

  /** End of the last comment line before a blank line. */
  let runEnd = first.end;
  let blankSeen = false;
  let next = first.next;
  while (next < text.length) {
    const line = lineAt(text, next);
    if (line.text === '') {
      blankSeen = true;
      if (!strict && next < searched) return { end: runEnd, closed: false, searched };
    } else if (!line.text.startsWith('#')) {
      break;
    } else if (line.text.startsWith('##')) {
      // A symbol beside the marker: the next comment opens, or this one's marker had no text.
      if (strict || MARKER.test(line.text)) {
        if (strict || !blankSeen || !opensAnother(text, line.next)) {
          return { end: line.end, closed: true };
        }
        return { end: runEnd, closed: false };
      }
      if (blankSeen) return { end: runEnd, closed: false };
    } else if (!strict && COMMENTED_MARKER.test(line.text) && !continues(text, line.next)) {
      return { end: line.end, closed: true };
    }
    if (line.text !== '' && !blankSeen) runEnd = line.end;
    next = line.next;
  }
  if (!strict) return { end: runEnd, closed: false, searched: next };
  return { end: next >= text.length ? lastLineEnd(text) : firstSolid(text, next), closed: false };
}

/** A line of a comment that is neither empty nor text after `# `. */
const UNUSUAL = /\n(?!#(?:\n| (?!##)))/g;

/** Where a comment as it should be ends, in every reading; -1: there is no such one. */
function usualEnd(text: string, start: number): number {
  if (!text.startsWith('##\n', start)) return -1;
  UNUSUAL.lastIndex = start;
  const line = (UNUSUAL.exec(text)?.index ?? text.length) + 1;
  return text.startsWith('##\n', line) ? line + 2 : -1;
}

interface Line {
  /** Without leading white space; empty for a blank line. */
  readonly text: string;
  readonly end: number;
  readonly next: number;
}

function lineAt(text: string, at: number): Line {
  const newline = text.indexOf('\n', at);
  const next = newline === -1 ? text.length : newline + 1;
  let end = newline === -1 ? text.length : newline;
  if (end > at && text[end - 1] === '\r') end -= 1;
  return { text: text.slice(at, end).trimStart(), end, next };
}

/** Whether the marker before `at` opens a comment, given that it follows a blank line. */
function opensAnother(text: string, at: number): boolean {
  const line = lineAt(text, at);
  return /^#[ \t]*@|^#[ \t]*$|^# =/.test(line.text);
}

function continues(text: string, at: number): boolean {
  return lineAt(text, at).text.startsWith('#');
}

function firstSolid(text: string, at: number): number {
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}

/** QEMU names the line that holds the final line end. */
function lastLineEnd(text: string): number {
  return text.endsWith('\n') ? text.length - 1 : text.length;
}
