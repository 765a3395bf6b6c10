import type { Comparison, Place } from './compare.js';
import { named } from './leaves.js';
import type { MemberModel, Model, ObjectModel, Site } from './model.js';
import { objectIn } from './model.js';

/** Unions within branches of unions. QEMU has two levels. */
const DEEPEST = 8;

type Members = ReadonlyMap<string, MemberModel>;

/**
 * Objects and unions. A member may move between what is common and the branches: it counts as gone
 * only for those values of the discriminator that have it no more.
 */
export class ObjectComparison {
  readonly #whole: Comparison;

  constructor(whole: Comparison) {
    this.#whole = whole;
  }

  compare(place: Place, a: ObjectModel, b: ObjectModel, depth = 0): void {
    if (depth > DEEPEST) return;
    this.#whole.spend(1 + a.members.size + b.members.size + a.branches.size + b.branches.size);
    this.#openness(place, a, b);
    const tag = tagOf(a, b);
    if (tag === null && (a.tag !== null || b.tag !== null)) {
      this.#whole.add(place, 'discriminator-changed', { before: a.tag, after: b.tag });
    }
    // What is common on one side only may stand in the other side's branches.
    const inA = this.#inBranches(this.#whole.before, a, b, tag);
    const inB = this.#inBranches(this.#whole.after, b, a, tag);
    const lost = new Map<string, MemberModel>();
    const gained = new Map<string, MemberModel>();
    for (const [name, member] of a.members) {
      const now = b.members.get(name);
      if (now !== undefined) this.#whole.member({ ...place, site: member.site }, member, now);
      else if (inB.has(name)) lost.set(name, member);
      else this.#removed(place, member, b);
    }
    for (const [name, member] of b.members) {
      if (a.members.has(name)) continue;
      if (inA.has(name)) gained.set(name, member);
      else this.#added(place, member, a);
    }
    if (tag !== null) this.#branches(place, a, b, tag, lost, gained, depth);
  }

  /** The names that a side's branches have, where the other side has more common ones. */
  #inBranches(
    model: Model,
    own: ObjectModel,
    other: ObjectModel,
    tag: string | null,
  ): ReadonlySet<string> {
    if (tag === null || own.branches.size === 0) return NONE;
    if ([...other.members.keys()].every((name) => own.members.has(name))) return NONE;
    const names = namesInBranches(model, own);
    this.#whole.spend(names.size);
    return names;
  }

  #openness(place: Place, a: ObjectModel, b: ObjectModel): void {
    if (!this.#whole.exact || a.open === b.open) return;
    this.#whole.add(place, a.open ? 'further-members-refused' : 'further-members-accepted');
  }

  #removed(place: Place, member: MemberModel, from: ObjectModel): void {
    const part = { kind: 'member', name: member.name } as const;
    const { condition, site } = member;
    const at = { ...place, site, part };
    const before = typeText(member);
    if (from.open && place.direction === 'sent')
      this.#whole.add(at, 'type-widened', { before, after: 'any' });
    else this.#whole.add(at, 'member-removed', { before, condition });
  }

  #added(place: Place, member: MemberModel, to: ObjectModel): void {
    const part = { kind: 'member', name: member.name } as const;
    const site = this.#whole.exact && partakes(to, member.site) ? member.site : place.site;
    const at = { ...place, site, part };
    const details = { after: typeText(member), condition: member.condition };
    const required = place.direction === 'sent' && !member.optional;
    if (required) this.#whole.add(at, 'member-required', details);
    else if (to.open && place.direction === 'sent') {
      this.#whole.add(at, 'type-narrowed', { before: 'any', after: details.after });
    } else this.#whole.add(at, 'member-added', details);
  }

  #branches(
    place: Place,
    a: ObjectModel,
    b: ObjectModel,
    tag: string,
    lost: Members,
    gained: Members,
    depth: number,
  ): void {
    const { before, after } = this.#whole;
    for (const value of commonValues(before, a, after, b, tag)) {
      const [nameA, nameB] = [branchOf(a, value), branchOf(b, value)];
      if (nameA === null && nameB === null && lost.size === 0 && gained.size === 0) continue;
      const branchA = objectIn(before, nameA, place.site);
      const branchB = objectIn(after, nameB, place.site);
      const apart = lost.size === 0 && gained.size === 0 && nameA !== null && nameB !== null;
      if (apart) {
        this.#whole.compareRefs(place, nameA, nameB);
        continue;
      }
      const at = { ...place, branch: value };
      this.compare(at, withMembers(branchA, lost), withMembers(branchB, gained), depth + 1);
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

/** The discriminator that both sides agree on, or that one side alone has; null: there is none. */
function tagOf(a: ObjectModel, b: ObjectModel): string | null {
  if (a.tag !== null && b.tag !== null) return a.tag === b.tag ? a.tag : null;
  return a.tag ?? b.tag;
}

function branchOf(union: ObjectModel, value: string): string | null {
  return union.tag === null ? null : (union.branches.get(value) ?? null);
}

/** The discriminator's values that both sides have. */
function commonValues(
  before: Model,
  a: ObjectModel,
  after: Model,
  b: ObjectModel,
  tag: string,
): readonly string[] {
  const [valuesA, valuesB] = [valuesOf(before, a, tag), valuesOf(after, b, tag)];
  if (valuesA === null) return valuesB === null ? [] : [...valuesB];
  return valuesB === null ? [...valuesA] : [...valuesA].filter((value) => valuesB.has(value));
}

/** null: it has no such member, or one that is no enum. */
function valuesOf(model: Model, type: ObjectModel, tag: string): ReadonlySet<string> | null {
  const member = type.members.get(tag);
  const values = member === undefined ? undefined : named(model, member.type);
  if (values?.kind === 'enum') return new Set(values.values.keys());
  return type.tag === tag ? new Set(type.branches.keys()) : null;
}

/** The names of all members that some branch has, those of unions within it too. */
function namesInBranches(model: Model, union: ObjectModel): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set(union.branches.values());
  for (const branch of seen) {
    const type = model.types.get(branch);
    if (type?.kind !== 'object') continue;
    for (const name of type.members.keys()) names.add(name);
    for (const inner of type.branches.values()) seen.add(inner);
  }
  return names;
}

function withMembers(type: ObjectModel, more: Members): ObjectModel {
  return more.size === 0 ? type : { ...type, members: new Map([...more, ...type.members]) };
}

/** Whether a type is, or has members of, what a site stands for: the others it did not know before. */
function partakes(type: ObjectModel, { kind, name }: Site): boolean {
  const sites = [type.site, ...[...type.members.values()].map(({ site }) => site)];
  return sites.some((site) => site.kind === kind && site.name === name);
}

function typeText({ type, optional }: MemberModel): string {
  const text = (ref: MemberModel['type']): string =>
    typeof ref === 'string' ? ref : `[${text(ref[0])}]`;
  return `${optional ? 'optional ' : ''}${text(type)}`;
}
