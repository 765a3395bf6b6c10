import type { Branch, EnumType, Member, Schema, TypeDefinition, UnionType } from '../ir/types.js';
import { allMembers } from '../ir/visit.js';
import type { Direction } from '../view/reach.js';
import type { Combiner, Side, UnnamedType } from './combine.js';

/** A struct or union with its members and those of its bases in one list. */
interface Form {
  readonly schema: Schema;
  readonly type: TypeDefinition;
  readonly members: readonly Member[];
  readonly open: boolean;
}

/** What holds for two objects; null: no value does. */
export function combineObjects(
  a: Side<TypeDefinition>,
  b: Side<TypeDefinition>,
  direction: Direction,
  combiner: Combiner,
  name: string,
): UnnamedType | null {
  const [left, right] = [formOf(a), formOf(b)];
  const { type } = b;
  const isUnion = a.type.kind === 'union' && type.kind === 'union';
  if (isUnion && a.type.discriminator === type.discriminator) {
    return combineUnions(a, { ...b, type }, direction, combiner, name);
  }
  if (direction === 'sent' && (a.type.kind === 'union' || type.kind === 'union')) {
    return combineWithStruct(left, right, combiner, name);
  }
  // A union beside a struct: what is received has the members of both.
  const members = combineMembers(left, right, direction, combiner);
  return members && structLike(type, name, members, left.open && right.open);
}

function structLike(
  type: TypeDefinition,
  name: string,
  members: readonly Member[],
  open: boolean,
): UnnamedType {
  const { implicit } = type as { readonly implicit: UnionType['implicit'] };
  const { module, doc, condition, features, since, span } = type;
  return {
    ...{ kind: 'struct', name, implicit, module, doc, condition, features, since, span },
    ...{ base: null, members, open },
  };
}

function formOf({ schema, type }: Side<TypeDefinition>): Form {
  if (type.kind !== 'struct' && type.kind !== 'union') throw new Error(`${type.name}: no object`);
  const open = (name: string | null): boolean => {
    const struct = name === null ? undefined : schema.types.get(name);
    return struct?.kind === 'struct' && (struct.open || open(struct.base));
  };
  return { schema, type, members: allMembers(schema, type), open: open(type.name) };
}

function combineMembers(
  left: Form,
  right: Form,
  direction: Direction,
  combiner: Combiner,
): readonly Member[] | null {
  const result: Member[] = [];
  const find = (form: Form, name: string) => form.members.find((member) => member.name === name);
  const order = [...right.members, ...left.members.filter(({ name }) => !find(right, name))];
  for (const { name } of order) {
    const [one, other] = [find(left, name), find(right, name)];
    if (one !== undefined && other !== undefined) {
      const sides = [
        { ...left, type: one.type },
        { ...right, type: other.type },
      ] as const;
      const type = combiner.combine(...sides, direction);
      const both = one.optional && other.optional;
      const optional = direction === 'sent' ? both : one.optional || other.optional;
      if (type !== null) result.push({ ...other, type, optional });
      else if (!optional) return null;
      continue;
    }
    // A return that one of them lacks cannot be relied on.
    if (direction === 'received') continue;
    const [form, member] = one === undefined ? [right, other] : [left, one];
    if (member === undefined) continue;
    const accepted = one === undefined ? left.open : right.open;
    const side = { ...form, type: member.type };
    const type = accepted ? combiner.combine(side, side, direction) : null;
    if (type !== null) result.push({ ...member, type });
    else if (!member.optional) return null;
  }
  return result;
}

function combineUnions(
  a: Side<TypeDefinition>,
  b: Side<UnionType>,
  direction: Direction,
  combiner: Combiner,
  name: string,
): UnnamedType | null {
  if (a.type.kind !== 'union') throw new Error(`${a.type.name}: no union`);
  const left = { ...a, type: a.type };
  const { discriminator } = b.type;
  const kinds = [kindOf(left), kindOf(b)] as const;
  const values: string[] = [];
  const branches: Branch[] = [];
  const has = (kind: EnumType, value: string) => kind.values.some((v) => v.name === value);
  const all = [...kinds[1].values, ...kinds[0].values].map((value) => value.name);
  for (const value of new Set(all)) {
    const known = [has(kinds[0], value), has(kinds[1], value)];
    if (direction === 'sent' && known.includes(false)) continue;
    const one = left.type.branches.find((branch) => branch.name === value);
    const other = b.type.branches.find((branch) => branch.name === value);
    const branch = combineBranch(
      { ...left, type: known[0] ? (one ?? null) : other },
      { ...b, type: known[1] ? (other ?? null) : one },
      known,
      direction,
      combiner,
    );
    if (branch === undefined) continue;
    values.push(value);
    if (branch !== null) branches.push(branch);
  }
  if (values.length === 0) return null;
  const kindName = combiner.claim(kinds[1].name, direction);
  const kept = [...kinds[1].values, ...kinds[0].values].filter(
    (value, at, list) =>
      values.includes(value.name) && list.findIndex((v) => v.name === value.name) === at,
  );
  combiner.define(kindName, { ...kinds[1], values: kept }, kinds[1], direction);
  const bases = [left, b].map(({ schema, type }) => baseForm(schema, type));
  const [first, last] = bases;
  if (first === undefined || last === undefined) return null;
  const without = (form: Form) => ({
    ...form,
    members: form.members.filter((member) => member.name !== discriminator),
  });
  const members = combineMembers(without(first), without(last), direction, combiner);
  const own = last.members.find((member) => member.name === discriminator);
  if (members === null || own === undefined) return null;
  const baseName = combiner.claim(last.type.name, direction);
  const { module, doc, condition, features, since, span } = last.type;
  combiner.define(
    baseName,
    {
      ...{ kind: 'struct', name: baseName, module, doc, condition, features, since, span },
      ...{ implicit: 'base', base: null, open: first.open && last.open },
      members: [{ ...own, type: { kind: 'named', name: kindName } }, ...members],
    },
    last.type,
    direction,
  );
  return { ...b.type, name, base: baseName, branches };
}

/** A union beside a struct, sent: the branches that the struct has members for. */
function combineWithStruct(
  left: Form,
  right: Form,
  combiner: Combiner,
  name: string,
): UnnamedType | null {
  const [from, struct] = left.type.kind === 'union' ? [left, right] : [right, left];
  const { schema, type: union } = from;
  if (union.kind !== 'union' || struct.type.kind !== 'struct') return null;
  const meet = (part: Form, members: readonly Member[]) => {
    const other = { ...struct, members };
    return from === left
      ? combineMembers(part, other, 'sent', combiner)
      : combineMembers(other, part, 'sent', combiner);
  };
  const base = baseForm(schema, union);
  const common = new Set(base.members.map((member) => member.name));
  const members = meet(
    base,
    struct.members.filter((member) => common.has(member.name)),
  );
  const own = members?.find((member) => member.name === union.discriminator);
  const kind = own?.type.kind === 'named' ? combiner.definitions.get(own.type.name) : undefined;
  if (!members || !own || kind?.kind !== 'enum') return null;
  const rest = struct.members.filter((member) => !common.has(member.name));
  const values: EnumType['values'][number][] = [];
  const branches: Branch[] = [];
  for (const value of kind.values) {
    const branch = union.branches.find((one) => one.name === value.name);
    const type = branch?.type.kind === 'named' ? schema.types.get(branch.type.name) : undefined;
    // Branches of branches are not looked into.
    if (type?.kind === 'union') continue;
    const part = type ? formOf({ schema, type }) : { ...from, members: [], open: false };
    const met = meet(part, rest);
    if (met === null) continue;
    values.push(value);
    if (!branch || !type || met.length === 0) continue;
    const branchName = combiner.claim(type.name, 'sent');
    combiner.define(branchName, structLike(type, branchName, met, part.open), type, 'sent');
    branches.push({ ...branch, type: { kind: 'named', name: branchName } });
  }
  if (values.length === 0) return null;
  let chosen = members;
  if (values.length < kind.values.length) {
    const kindName = combiner.claim(kind.name, 'sent');
    combiner.define(kindName, { ...kind, values }, kindOf({ schema, type: union }), 'sent');
    const type: Member['type'] = { kind: 'named', name: kindName };
    chosen = members.map((member) => (member === own ? { ...own, type } : member));
  }
  if (branches.length === 0) return structLike(union, name, chosen, base.open && struct.open);
  const baseName = combiner.claim(base.type.name, 'sent');
  const baseStruct = structLike(base.type, baseName, chosen, base.open && struct.open);
  combiner.define(baseName, { ...baseStruct, implicit: 'base' }, base.type, 'sent');
  return { ...union, name, base: baseName, branches };
}

type BranchSide = Side<Branch | null | undefined>;

/** Null: a value that carries nothing. Undefined: one that not both would take. */
function combineBranch(
  a: BranchSide,
  b: BranchSide,
  known: readonly boolean[],
  direction: Direction,
  combiner: Combiner,
): Branch | null | undefined {
  const named = (branch: Branch): string => (branch.type.kind === 'named' ? branch.type.name : '');
  if (a.type && b.type) {
    // Known to one of them only: it is as that one has it.
    const left = known[0] ? a.schema : b.schema;
    const right = known[1] ? b.schema : a.schema;
    const type = combiner.named(
      { schema: left, type: named(a.type) },
      { schema: right, type: named(b.type) },
      direction,
    );
    if (type === null || type === undefined) return direction === 'sent' ? undefined : null;
    return { ...b.type, type: { kind: 'named', name: type } };
  }
  const single = a.type ? { ...a, type: a.type } : b.type ? { ...b, type: b.type } : null;
  if (single === null || direction === 'received') return null;
  // The other carries nothing: fine as long as nothing has to be there.
  const type = single.schema.types.get(named(single.type));
  if (type?.kind !== 'struct') return undefined;
  return allMembers(single.schema, type).every((member) => member.optional) ? null : undefined;
}

function kindOf({ schema, type }: Side<UnionType>): EnumType {
  const member = allMembers(schema, type).find((m) => m.name === type.discriminator);
  const kind = member?.type.kind === 'named' ? schema.types.get(member.type.name) : undefined;
  if (kind?.kind !== 'enum') throw new Error(`${type.name}: its discriminator is no enum`);
  return kind;
}

function baseForm(schema: Schema, union: UnionType): Form {
  const base = schema.types.get(union.base);
  if (base === undefined) throw new Error(`no base ${union.base}`);
  return formOf({ schema, type: base });
}
