import type { Change, Model } from '@qapi-ts/runtime/compare';

/** Below this, two names have too little in common. */
const ALIKE = 0.55;
/** Below this, two commands or events carry different things. */
const SAME_CONTENT = 0.6;
/** Candidates are compared in pairs: not where a source removes and adds masses. */
const MOST_PAIRS = 20_000;

interface Pair {
  readonly gone: Change;
  readonly come: Change;
  readonly score: number;
}

/**
 * What was removed where something alike was added: removal → name of what took its place. Only the
 * best partner of each counts, and only where the two are the best for each other.
 */
export function renamesIn(
  changes: readonly Change[],
  before: Model,
  after: Model,
): ReadonlyMap<Change, string> {
  const groups = new Map<string, { gone: Change[]; come: Change[] }>();
  for (const change of changes) {
    const key = groupOf(change);
    const isGone = change.code.endsWith('-removed');
    const isCome = change.code.endsWith('-added') || change.code === 'member-required';
    if (key === null || !(isGone || isCome)) continue;
    const group = groups.get(key) ?? { gone: [], come: [] };
    groups.set(key, group);
    (isGone ? group.gone : group.come).push(change);
  }
  const renames = new Map<Change, string>();
  for (const { gone, come } of groups.values()) {
    if (gone.length * come.length > MOST_PAIRS) continue;
    const pairs = gone
      .flatMap((old) =>
        come.map((now) => ({ gone: old, come: now, score: score(old, now, before, after) })),
      )
      .filter((pair) => pair.score > 0)
      .sort((a, b) => b.score - a.score);
    const taken = new Set<Change>();
    for (const pair of pairs) {
      if (taken.has(pair.gone) || taken.has(pair.come) || isDoubtful(pair, pairs)) continue;
      taken.add(pair.gone).add(pair.come);
      renames.set(pair.gone, nameOf(pair.come));
    }
  }
  return renames;
}

/** Two candidates as good as each other tell nothing. */
function isDoubtful(pair: Pair, pairs: readonly Pair[]): boolean {
  return pairs.some(
    (other) =>
      other !== pair &&
      other.score === pair.score &&
      (other.gone === pair.gone || other.come === pair.come),
  );
}

/** Only what stands at one place can have been renamed. */
function groupOf({ code, site, part, direction }: Change): string | null {
  if (/^(command|event)-/.test(code)) return site.kind;
  if (part === null || !/^(member|value)-(removed|added|required)$/.test(code)) return null;
  return JSON.stringify([site.kind, site.name, part.kind, direction]);
}

const nameOf = ({ site, part }: Change): string => part?.name ?? site.name;

/** 0: not alike. 1: the same name but for spelling. */
function score(gone: Change, come: Change, before: Model, after: Model): number {
  const [a, b] = [nameOf(gone), nameOf(come)];
  const alike = canonical(a) === canonical(b) ? 1 : similarity(canonical(a), canonical(b));
  if (gone.part !== null) {
    const sameType = gone.part.kind === 'value' || plainType(gone.before) === plainType(come.after);
    return alike === 1 || (sameType && alike >= ALIKE) ? alike : 0;
  }
  if (alike < ALIKE) return 0;
  const [contentOld, contentNew] = [contentOf(gone, before), contentOf(come, after)];
  const content = overlap(contentOld, contentNew);
  return alike === 1 || content >= SAME_CONTENT ? alike * content : 0;
}

const plainType = (text: string | null): string => (text ?? '').replace(/^optional /, '');

/** Without what says that a name is experimental or a vendor's, and how words are joined. */
function canonical(name: string): string {
  return name
    .replace(/^__[a-z0-9.-]+_/i, '')
    .replace(/^x[-_]/, '')
    .replace(/[-_.]+/g, '-')
    .toLowerCase();
}

/** Shared pairs of letters, from 0 to 1 (Dice's coefficient). */
function similarity(a: string, b: string): number {
  const pairsOf = (text: string) =>
    new Set(Array.from(text.slice(1), (_, at) => text.slice(at, at + 2)));
  const [one, other] = [pairsOf(a), pairsOf(b)];
  if (one.size + other.size === 0) return 0;
  return (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size);
}

/** What a command takes and returns, or an event carries, by name. */
function contentOf({ site }: Change, model: Model): ReadonlySet<string> {
  const command = model.commands.get(site.name);
  const event = model.events.get(site.name);
  const holder = command?.arguments ?? event?.data ?? null;
  const type = holder === null ? undefined : model.types.get(holder);
  const members = type?.kind === 'object' ? [...type.members.keys()] : [];
  return new Set([...members, `returns ${JSON.stringify(command?.returns ?? null)}`]);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((name) => b.has(name)).length;
  return shared / new Set([...a, ...b]).size;
}
