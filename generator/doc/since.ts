const VERSION = /\d+(?:\.\d+)+/g;
/** Without a flag, which makes it slow. */
const MENTION = /[Ss][Ii][Nn][Cc][Ee]/;
/** "(since 2.3)", "(Since: 4.0 (drive-backup), 3.1)", "(default: off; since 5.0)". */
const PARENTHESIZED = /\((?:[^()]{0,80}; ?)?since:? +v?(?=\d)([^()]*(?:\([^()]*\)[^()]*)*)\)/gi;
/** A sentence of its own at the end. */
const LAST_SENTENCE = /(?:(?<=^|[.;:,!?)]\s*)s|(?<=^|\s)S)ince:? +v?(\d+(?:\.\d+)+)\.?$/;
/** What came then is not the thing described. */
const OTHER_EVENT = /\b(?:deprecated|obsolete|previously|removed|dropped),?\s*$/i;
/** Nothing but an introduction, at the end of a description. */
const TRAILING = /\s*\(since:? +v?\d+(?:\.\d+)+ ?\)\.?$|^\s*since:? +v?\d+(?:\.\d+)+\.?$/i;

/** The first introduction that a "Since" section tells, such as "2.11"; null: it tells none. */
export function sinceOf(text: string): string | null {
  return earliest(text.match(VERSION) ?? []);
}

/** The same of a description, where it stands in parentheses or as the last sentence. */
export function sinceMentioned(lines: readonly string[]): string | null {
  if (!lines.some((line) => MENTION.test(line))) return null;
  const text = lines.join(' ');
  const versions: string[] = [];
  for (const mention of text.matchAll(PARENTHESIZED)) {
    if (OTHER_EVENT.test(text.slice(Math.max(0, mention.index - 40), mention.index))) continue;
    const first = earliest((mention[1] ?? '').match(VERSION) ?? []);
    if (first !== null) versions.push(first);
  }
  // Only the end matters, which keeps the look behind short.
  const last = LAST_SENTENCE.exec(text.trimEnd().slice(-60));
  if (last?.[1] !== undefined) versions.push(last[1]);
  return earliest(versions);
}

/** Without an introduction at the very end, which the description's own `since` tells. */
export function withoutTrailingSince(text: string): string {
  const tail = text.length > 40 ? text.slice(-40) : text;
  const match = TRAILING.exec(tail);
  return match === null ? text : text.slice(0, text.length - tail.length + match.index);
}

function earliest(versions: readonly string[]): string | null {
  let first: string | null = null;
  for (const version of versions) {
    if (first === null || compareVersions(version, first) < 0) first = version;
  }
  // A release's first version is named by its two numbers.
  return first === null ? null : first.replace(/^(\d+\.\d+)\.0$/, '$1');
}

/** Orders release numbers: negative when `a` came first. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
