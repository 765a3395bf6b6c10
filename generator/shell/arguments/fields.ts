import type { Member, Schema, UnionType } from '../../ir/types.js';
import { allMembers, objectNamed } from '../../ir/visit.js';
import type { ObjectNode, ValueNode } from './nodes.js';

/** The members that an object may have, as far as what is given of it decides. */
export interface Fields {
  readonly members: ReadonlyMap<string, Member>;
  /** Takes members beyond these. */
  readonly open: boolean;
  /** Discriminators whose value is missing or wrong, each with the members its branches would add. */
  readonly undecided: readonly Undecided[];
}

export interface Undecided {
  readonly discriminator: string;
  readonly members: ReadonlySet<string>;
}

/** The members of a struct or union type, for the object that is being written. */
export function fieldsOf(schema: Schema, typeName: string, given: ObjectNode | null): Fields {
  const members = new Map<string, Member>();
  const undecided: Undecided[] = [];
  let open = false;
  const seen = new Set<string>();
  let name: string | null = typeName;
  while (name !== null && !seen.has(name)) {
    seen.add(name);
    const type = objectNamed(schema, name);
    for (const member of allMembers(schema, type)) members.set(member.name, member);
    name = null;
    if (type.kind === 'struct') open ||= type.open;
    else {
      const value = textOf(given?.members.get(type.discriminator)?.value ?? null);
      if (value !== null && isValueOf(schema, members.get(type.discriminator), value)) {
        name = branchType(type, value);
      } else {
        undecided.push({ discriminator: type.discriminator, members: ofBranches(schema, type) });
      }
    }
  }
  return { members, open, undecided };
}

/** The text of a value that is a name: an enum's, a discriminator's. */
export function textOf(node: ValueNode | null): string | null {
  if (node?.kind === 'word') return node.text;
  return node?.kind === 'string' ? node.value : null;
}

function isValueOf(schema: Schema, member: Member | undefined, value: string): boolean {
  if (member?.type.kind !== 'named') return false;
  const type = schema.types.get(member.type.name);
  return type?.kind === 'enum' && type.values.some(({ name }) => name === value);
}

/** A value of the discriminator may have no branch, and then nothing is added. */
function branchType(type: UnionType, value: string): string | null {
  const branch = type.branches.find(({ name }) => name === value);
  return branch?.type.kind === 'named' ? branch.type.name : null;
}

function ofBranches(schema: Schema, union: UnionType): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const types: UnionType[] = [union];
  for (const { branches } of types) {
    for (const { type } of branches) {
      if (type.kind !== 'named' || seen.has(type.name)) continue;
      seen.add(type.name);
      const object = objectNamed(schema, type.name);
      for (const { name } of allMembers(schema, object)) names.add(name);
      if (object.kind === 'union') types.push(object);
    }
  }
  return names;
}
