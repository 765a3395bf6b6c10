import { similarity } from './similarity.js';

/** Without a use to go by, types must be this alike, and have this much content to be alike in. */
const LEAST_ALIKE = 0.8;
const LEAST_CONTENT = 6;

/** Parts that more types of the reference have than this say little, and would cost much to follow. */
const COMMON_PART = 60;

export interface LikelyPair {
  readonly type: string;
  readonly name: string;
  readonly similarity: number;
}

type Contents = ReadonlyMap<string, ReadonlySet<string>>;

/** Pairs of much the same content, the most alike first. `here` and `there`: type → what it holds. */
export function likelyPairs(here: Contents, there: Contents): readonly LikelyPair[] {
  const owners = new Map<string, string[]>();
  for (const [name, content] of there) {
    for (const part of content) {
      const list = owners.get(part);
      if (list === undefined) owners.set(part, [name]);
      else list.push(name);
    }
  }
  const pairs: LikelyPair[] = [];
  for (const [type, content] of here) {
    if (content.size < LEAST_CONTENT) continue;
    const rare = [...content].flatMap((part) => {
      const list = owners.get(part) ?? [];
      return list.length > COMMON_PART ? [] : list;
    });
    for (const name of new Set(rare)) {
      const alike = similarity(content, there.get(name) ?? new Set());
      if (alike >= LEAST_ALIKE) pairs.push({ type, name, similarity: alike });
    }
  }
  return pairs.sort((a, b) => b.similarity - a.similarity);
}

/** The pairs of the list whose two sides have no better and no equally good other one in it. */
export function uncontested(pairs: readonly LikelyPair[]): readonly LikelyPair[] {
  const rivals = new Map<string, number>();
  const best = new Map<string, number>();
  for (const { type, name, similarity: alike } of pairs) {
    for (const side of [`here ${type}`, `there ${name}`]) {
      const most = best.get(side) ?? 0;
      if (alike > most) {
        best.set(side, alike);
        rivals.set(side, 0);
      } else if (alike === most) {
        rivals.set(side, (rivals.get(side) ?? 0) + 1);
      }
    }
  }
  return pairs.filter(({ type, name, similarity: alike }) =>
    [`here ${type}`, `there ${name}`].every(
      (side) => best.get(side) === alike && rivals.get(side) === 0,
    ),
  );
}
