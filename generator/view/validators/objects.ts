import type { Member, StructType, UnionType } from '../../ir/types.js';
import { allMembers, innermost, objectNamed } from '../../ir/visit.js';
import { stringLiteral } from '../literals.js';
import { fill } from './fill.js';
import type { ModuleScope } from './scope.js';
import type { BranchCaseView, ObjectTestView, StepView, UnionStepView } from './views.js';

type ObjectType = StructType | UnionType;

/** Names that objects inherit: a member of such a name is read with care. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** An expression that reads a member of `x`. */
export function accessOf(name: string, scope: ModuleScope): string {
  const literal = stringLiteral(name);
  return INHERITED.has(name) ? `${scope.use('own')}(x, ${literal})` : `x[${literal}]`;
}

/** Types that are a branch of some union: their members are tested in a function of their own. */
export function branchTypes(scope: ModuleScope): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of scope.schema.types.values()) {
    if (type.kind !== 'union') continue;
    if (!scope.names.directions(type).includes(scope.direction)) continue;
    for (const branch of type.branches) names.add(innermost(branch.type) ?? '');
  }
  return names;
}

export interface ObjectOptions {
  /** The name of the function. */
  readonly fits: string;
  /** Whether a union has it as a branch. */
  readonly isBranch: boolean;
  /** Whether further members are accepted, whatever the type says. */
  readonly isOpen: boolean;
}

export function objectTest(
  type: ObjectType,
  scope: ModuleScope,
  { fits, isBranch, isOpen }: ObjectOptions,
): ObjectTestView {
  const local = scope.local(type);
  const isUnion = type.kind === 'union';
  const counted = scope.direction === 'sent' && (isBranch || isUnion || !isOpen);
  const closed = !isOpen;
  const stop = isBranch && counted ? '-1' : 'false';
  const tag = type.kind === 'union' ? type.discriminator : null;
  const members = allMembers(scope.schema, type);
  const steps: StepView[] = [];
  for (const member of members) {
    if (member.name === tag) continue;
    const step = memberStep(member, type.name, scope, counted, stop);
    if (step !== null) steps.push(step);
  }
  const names = closed || (isBranch && counted) ? local.names : null;
  if (closed) scope.use('hasOnly');
  if (scope.isRecursive(type)) scope.use('isShallow');
  return {
    partial: 'validator-object',
    guard: guardOf(members, scope),
    fits,
    recursive: scope.isRecursive(type),
    counted,
    closed,
    tracksNames: closed && isUnion && !isBranch,
    varies: members.some((member) => member.optional),
    mandatory: members.filter((member) => !member.optional).length,
    steps,
    members: isBranch ? local.members : null,
    names,
    nameLines:
      names === null ? [] : fill(members.map((member) => `${stringLiteral(member.name)},`)),
    namesIn: isUnion && isBranch && counted ? local.namesIn : null,
    union: type.kind === 'union' ? unionStep(type, scope, counted) : null,
    stop,
  };
}

/** Names that arrays have too. */
const OF_ARRAYS = new Set([...INHERITED, ...Object.getOwnPropertyNames(Array.prototype)]);

/** An object with a mandatory member that no array has need not be told from arrays first. */
export function guardOf(
  members: readonly Pick<Member, 'name' | 'optional'>[],
  scope: ModuleScope,
): string {
  const tells = members.some(({ name, optional }) => !optional && !OF_ARRAYS.has(name));
  return `${scope.use(tells ? 'isRecord' : 'fitsObject')}(x, f)`;
}

/** null: nothing to test. */
function memberStep(
  member: Member,
  owner: string,
  scope: ModuleScope,
  counted: boolean,
  stop: string,
): StepView | null {
  const { optional } = member;
  const place = { access: accessOf(member.name, scope), key: stringLiteral(member.name) };
  const isAny = member.type.kind === 'builtin' && member.type.name === 'any';
  if (isAny && optional && !counted) return null;
  const leaf = scope.leaf(member.type, place);
  if (leaf !== null) scope.use('bad');
  return {
    access: place.access,
    key: place.key,
    optional,
    counted: counted && optional,
    leaf: isAny && optional ? null : leaf,
    nested: leaf === null ? scope.call(member.type, owner, true) : null,
    stop,
  };
}

function unionStep(union: UnionType, scope: ModuleScope, counted: boolean): UnionStepView {
  const place = {
    access: accessOf(union.discriminator, scope),
    key: stringLiteral(union.discriminator),
  };
  const tag = scope.tagValues(union);
  // Branches of one type share a case.
  const labels = new Map<ObjectType, string[]>();
  const carrying = new Set<string>();
  for (const branch of union.branches) {
    const type = objectNamed(scope.schema, innermost(branch.type) ?? '');
    if (type.kind === 'struct' && allMembers(scope.schema, type).length === 0) continue;
    carrying.add(branch.name);
    const label = `case ${stringLiteral(branch.name)}:`;
    const known = labels.get(type);
    if (known === undefined) labels.set(type, [label]);
    else known.push(label);
  }
  const cases = [...labels].map(([type, items]): BranchCaseView => {
    const { members, names, namesIn } = scope.local(type);
    return {
      labels: fill(items),
      call: { test: members, depth: scope.depth(union.name, type.name, false) },
      names: !counted ? null : type.kind === 'union' ? `${namesIn}(x)` : names,
    };
  });
  scope.use('bad');
  const isSent = scope.direction === 'sent';
  const bare = tag.names.filter((name) => !carrying.has(name));
  const text = isSent ? null : scope.use('isText');
  return {
    ...place,
    branches: cases,
    bare: isSent ? fill(bare.map((name) => `case ${stringLiteral(name)}:`)) : [],
    fails: text === null ? null : `!${text}(${place.access}, f, ${place.key}, ${tag.values})`,
    expected: isSent ? tag.values : `'string'`,
  };
}
