/** Longer names are not worth comparing. */
const MAX_LENGTH = 64;
/** Nor is going through more names than this. */
const MAX_CANDIDATES = 20_000;

/** The candidate that `name` was probably meant to be; undefined when none is near. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let seen = 0;
  let limit = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (++seen > MAX_CANDIDATES) break;
    if (Math.abs(candidate.length - name.length) >= limit) continue;
    const apart = distance(wanted, candidate.toLowerCase(), limit);
    if (apart >= limit) continue;
    best = candidate;
    limit = apart;
    if (apart === 0) break;
  }
  return best;
}

/** " (did you mean 'X'?)", or nothing when no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const found = closest(name, candidates);
  return found === undefined ? '' : ` (did you mean '${found}'?)`;
}

/** Insertions, deletions and replacements between two texts; `limit` when there are more. */
function distance(a: string, b: string, limit: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const cost = Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    previous = current;
  }
  return previous[b.length] ?? limit;
}
