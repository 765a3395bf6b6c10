/** Longer names are not compared: nobody mistypes those, and the comparison is quadratic. */
const LONGEST = 64;

/** The candidate that `name` was probably meant to be; null when none is near. */
export function suggest(name: string, candidates: readonly string[]): string | null {
  if (name.length > LONGEST) return null;
  const plain = plainly(name);
  let best: string | null = null;
  let limit = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const other = plainly(candidate);
    if (other === plain) return candidate;
    if (candidate.length > LONGEST || Math.abs(other.length - plain.length) >= limit) continue;
    const distance = editDistance(plain, other);
    if (distance < limit) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}

/** `nodeName`, `node_name` and `node-name` are the same slip of one convention into another. */
function plainly(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
