import { frameOf, isObject, type Printed, partsIn, textOf, wordsIn } from './definitions.js';
import { type Definitions, type Difference, partMap, partText } from './differences.js';

/** A release after the base, to look for what was backported. */
export interface LaterRelease {
  readonly label: string;
  readonly definitions: Definitions;
}

/**
 * What a difference is: a vendor's own under its own name; upstream's of a later release, exactly or
 * in a form of the downstream's own; upstream's changed, against the rules; or gone, as in a later
 * release or not.
 */
export type Verdict =
  | { readonly verdict: 'downstream'; readonly vendor: string }
  | { readonly verdict: 'backport'; readonly release: string; readonly exact: boolean }
  | { readonly verdict: 'changed' }
  | { readonly verdict: 'removed'; readonly release: string | null };

export type Judged = Difference & Verdict;

/** The vendor in a downstream name, in lower case; '' where it names none; null for a plain name. */
export function vendorIn(name: string): string | null {
  if (!name.startsWith('__')) return null;
  return /^__([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)_/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Judges every difference. `releases` are in order of age. */
export function classify(
  found: readonly Difference[],
  downstream: Definitions,
  releases: readonly LaterRelease[],
): readonly Judged[] {
  const vendors = vendorTypes(found, downstream, releases);
  return found.map((difference) => {
    const { change, name, part } = difference;
    const vendor = change === 'added' ? vendorIn(part?.name ?? name) : null;
    if (vendor !== null) return { ...difference, verdict: 'downstream', vendor };
    const owner = part === null && change === 'added' ? vendors.get(name) : undefined;
    if (owner !== undefined) return { ...difference, verdict: 'downstream', vendor: owner };
    if (change === 'removed') {
      const release = releases.find((r) => isGone(difference, r))?.label ?? null;
      return { ...difference, verdict: 'removed', release };
    }
    return { ...difference, ...backport(difference, downstream, releases) };
  });
}

function backport(
  difference: Difference,
  downstream: Definitions,
  releases: readonly LaterRelease[],
): Verdict {
  const text = textIn(difference, downstream);
  const exact = releases.find(
    (r) =>
      (text !== null && textIn(difference, r.definitions) === text) ||
      impliesBranch(difference, downstream, r.definitions),
  );
  if (exact !== undefined) return { verdict: 'backport', release: exact.label, exact: true };
  // One that came later and went on changing is still upstream's idea; a changed one is not.
  const similar = releases.find((r) => textIn(difference, r.definitions) !== null);
  return similar !== undefined && difference.change === 'added'
    ? { verdict: 'backport', release: similar.label, exact: false }
    : { verdict: 'changed' };
}

/** What a difference is about, as it is somewhere; null where there is none. */
function textIn(difference: Difference, definitions: Definitions): string | null {
  const { change, kind, name, part } = difference;
  const printed = definitions.get(name);
  if (printed === undefined || printed.kind !== kind) return null;
  if (part === null) return change === 'changed' ? frameOf(printed) : textOf(printed.value);
  const there = partMap(printed).get(`${part.key} ${part.name}`);
  return there === undefined ? null : partText(there);
}

/**
 * Whether a branch that adds no members is in a release without being told: since 3.0, values of
 * the discriminator without a branch have an empty one.
 */
function impliesBranch(
  { kind, name, part }: Difference,
  downstream: Definitions,
  release: Definitions,
): boolean {
  if (kind !== 'union' || part?.key !== 'data' || typeof part.value !== 'string') return false;
  const held = downstream.get(part.value);
  const isEmpty = held?.kind === 'struct' && !held.value.has('base') && partMap(held).size === 0;
  const union = release.get(name);
  if (!isEmpty || union?.kind !== 'union') return false;
  return discriminatorValues(union, release).has(part.name);
}

function discriminatorValues(union: Printed, definitions: Definitions): ReadonlySet<string> {
  const base = union.value.get('base');
  const common = typeof base === 'string' ? definitions.get(base) : union;
  const key = typeof base === 'string' ? 'data' : 'base';
  const member = common && partMap(common).get(`${key} ${union.value.get('discriminator')}`);
  const type = isObject(member?.value) ? member.value.get('type') : member?.value;
  const values = typeof type === 'string' ? definitions.get(type) : undefined;
  return new Set(values?.kind === 'enum' ? partsIn(values).map((value) => value.name) : []);
}

function isGone({ name, part }: Difference, { definitions }: LaterRelease): boolean {
  const printed = definitions.get(name);
  if (part === null) return printed === undefined;
  return printed !== undefined && !partMap(printed).has(`${part.key} ${part.name}`);
}

/** New types under plain names that no release has and that only a vendor's own parts lead to. */
function vendorTypes(
  found: readonly Difference[],
  downstream: Definitions,
  releases: readonly LaterRelease[],
): ReadonlyMap<string, string> {
  const candidates = new Set(
    found
      .filter(({ change, part, kind, name }) => {
        const isType = kind !== 'command' && kind !== 'event';
        return change === 'added' && part === null && isType && vendorIn(name) === null;
      })
      .map(({ name }) => name)
      .filter((name) => !releases.some(({ definitions }) => definitions.has(name))),
  );
  const owners = new Map<string, string>();
  let known = -1;
  while (owners.size > known) {
    known = owners.size;
    for (const { name, value } of downstream.values()) {
      for (const part of partMap({ kind: 'struct', name, value }).values()) {
        const vendor = vendorIn(name) ?? owners.get(name) ?? vendorIn(part.name);
        if (vendor === null) continue;
        for (const word of wordsIn(part.value)) if (candidates.has(word)) owners.set(word, vendor);
      }
      const vendor = vendorIn(name);
      if (vendor === null) continue;
      for (const word of wordsIn(value)) if (candidates.has(word)) owners.set(word, vendor);
    }
  }
  return owners;
}
