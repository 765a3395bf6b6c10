const VERSION = /\d+(?:\.\d+)+/g;
const MENTION =
  /\(since:? +v?(?=\d)([^()]*(?:\([^()]*\)[^()]*)*)\)|(?<![\w(])since:? +v?(\d+(?:\.\d+)+)\.?\s*$/gi;

/** The first introduction that a "Since" section tells, such as "2.11"; null: none it tells. */
export function sinceOf(text: string): string | null {
  return earliest(text.match(VERSION) ?? []);
}

/** The same of running text: "(since 2.3)", "(Since: 4.0 (drive-backup), 3.1)", "Since 2.3" at its end. */
export function sinceMentioned(text: string): string | null {
  const versions: string[] = [];
  for (const mention of text.matchAll(MENTION)) {
    versions.push(...((mention[1] ?? mention[2] ?? '').match(VERSION) ?? []));
  }
  return earliest(versions);
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
