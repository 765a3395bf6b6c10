import type { UnnamedDefinition } from '../../ir/assemble.js';
import { innermost } from '../../ir/visit.js';
import { implicitName } from './implicit.js';
import { renameTypes, type TypeNaming } from './rename.js';
import type { UnnamedType } from './use-graph.js';

type Union = Extract<UnnamedDefinition, { kind: 'union' }>;
type Role = 'arguments' | 'base' | 'member' | 'tag' | 'branch' | 'other';

/** A place where a type stands; `union` is set where it is one of a union's parts. */
interface Use {
  readonly role: Role;
  readonly union: Union | null;
}

export interface Settled {
  readonly definitions: readonly UnnamedDefinition[];
  /** Types that have another name now, by the one they had. */
  readonly renamed: ReadonlyMap<string, TypeNaming>;
}

/**
 * A name that was recovered may be one that the reference only implies: the wrapper of a simple
 * union's branch, the members of a base in place. Where the definitions here imply it as well, it
 * stays so, and unions that have wrappers are simple, branches included that the reference lacks.
 * Otherwise the type is a definition of its own, with a name that one can have.
 */
export function settleImplied(definitions: readonly UnnamedDefinition[]): Settled {
  const types = new Map<string, UnnamedType>();
  for (const definition of definitions) {
    if (definition.kind !== 'command' && definition.kind !== 'event') {
      types.set(definition.name, definition);
    }
  }
  const uses = usesOf(definitions, types);
  const simple = simpleUnions(types, uses);
  const taken = new Set(definitions.map(({ name }) => name));
  const renamed = new Map<string, TypeNaming>();
  for (const union of simple) {
    for (const { type } of union.branches) {
      const wrapper = types.get(innermost(type) ?? '');
      if (wrapper?.kind !== 'struct' || wrapper.implicit === 'wrapper') continue;
      const naming = wrapperNaming(wrapper);
      if (naming === null || taken.has(naming.name)) continue;
      taken.add(naming.name);
      renamed.set(wrapper.name, naming);
    }
  }
  for (const type of types.values()) {
    if (isImplied(type, uses.get(type.name) ?? [], simple)) continue;
    renamed.set(type.name, { name: ownName(type, taken), implicit: 'introspection' });
  }
  const settled = definitions.map((definition) =>
    definition.kind === 'union' && simple.has(definition)
      ? { ...definition, simple: true }
      : definition,
  );
  return {
    definitions: renamed.size === 0 ? settled : renameTypes(settled, renamed),
    renamed,
  };
}

/** What the wrapper of that data is called; null where its type has no such name. */
function wrapperNaming(wrapper: Extract<UnnamedType, { kind: 'struct' }>): TypeNaming | null {
  const type = wrapper.members[0]?.type;
  if (type === undefined) return null;
  const element = type.kind === 'array' ? type.element : type;
  if (element.kind === 'array') return null;
  return implicitName(
    `q_obj_${element.name}${type.kind === 'array' ? 'List' : ''}-wrapper`,
    new Set(),
  );
}

/** Unions all of whose branches look like wrappers, some by name, which nothing else refers to. */
function simpleUnions(
  types: ReadonlyMap<string, UnnamedType>,
  uses: ReadonlyMap<string, readonly Use[]>,
): ReadonlySet<Union> {
  const simple = new Set<Union>();
  for (const type of types.values()) {
    if (type.kind === 'union' && isMadeOfWrappers(type, types)) simple.add(type);
  }
  // One that is not simple takes its wrappers from others.
  for (let before = -1; before !== simple.size; ) {
    before = simple.size;
    for (const union of simple) {
      const isShared = union.branches.some(({ type }) =>
        (uses.get(innermost(type) ?? '') ?? []).some((use) => !isBranchOf(simple, use)),
      );
      if (isShared) simple.delete(union);
    }
  }
  return simple;
}

function isMadeOfWrappers(union: Union, types: ReadonlyMap<string, UnnamedType>): boolean {
  const base = types.get(union.base);
  const [tag, ...others] = base?.kind === 'struct' ? base.members : [];
  const kind = tag?.type.kind === 'named' ? types.get(tag.type.name) : undefined;
  return (
    union.branches.length > 0 &&
    union.discriminator === 'type' &&
    tag?.name === 'type' &&
    others.length === 0 &&
    kind?.kind === 'enum' &&
    kind.implicit === 'kind' &&
    hasBranchForEach(union, kind) &&
    union.branches.every(({ type }) => mayBeWrapper(types.get(innermost(type) ?? ''))) &&
    union.branches.some(({ type }) => types.get(innermost(type) ?? '')?.implicit === 'wrapper')
  );
}

function mayBeWrapper(type: UnnamedType | undefined): boolean {
  if (type?.kind !== 'struct') return false;
  if (type.implicit !== 'wrapper' && type.implicit !== 'introspection') return false;
  const [data, ...others] = type.members;
  return data?.name === 'data' && !data.optional && others.length === 0;
}

function hasBranchForEach(union: Union, kind: Extract<UnnamedType, { kind: 'enum' }>): boolean {
  const cases = new Set(union.branches.map(({ name }) => name));
  return kind.values.length === cases.size && kind.values.every(({ name }) => cases.has(name));
}

const isBranchOf = (simple: ReadonlySet<Union>, { role, union }: Use): boolean =>
  role === 'branch' && union !== null && simple.has(union);

function isImplied(type: UnnamedType, uses: readonly Use[], simple: ReadonlySet<Union>): boolean {
  switch (type.implicit) {
    case 'arguments':
      return uses.every(({ role }) => role === 'arguments');
    case 'base':
      return uses.every(({ role }) => role === 'base');
    case 'inline':
      return uses.every(({ role }) => role === 'member');
    case 'wrapper':
      return uses.every((use) => isBranchOf(simple, use));
    case 'kind':
      return uses.every(
        ({ role, union }) =>
          role === 'tag' && union !== null && type.kind === 'enum' && hasBranchForEach(union, type),
      );
    default:
      return true;
  }
}

/** Later releases define what earlier ones implied by such names: 'ChardevFileWrapper'. */
function ownName(type: UnnamedType, taken: Set<string>): string {
  let name = type.name;
  if (name.startsWith('q_obj_')) {
    name = type.wantedName ?? name.slice('q_obj_'.length);
    while (taken.has(name)) name += '_';
    taken.add(name);
  }
  return name;
}

function usesOf(
  definitions: readonly UnnamedDefinition[],
  types: ReadonlyMap<string, UnnamedType>,
): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  const use = (name: string | null, role: Role, union: Union | null = null): void => {
    if (name === null) return;
    const list = uses.get(name);
    if (list === undefined) uses.set(name, [{ role, union }]);
    else list.push({ role, union });
  };
  /** By the struct that a tag is a member of. */
  const unions = new Map<string, Union>();
  for (const type of types.values()) if (type.kind === 'union') unions.set(type.base, type);
  for (const definition of definitions) {
    switch (definition.kind) {
      case 'command':
        use(definition.arguments, 'arguments');
        use(definition.returns && innermost(definition.returns), 'other');
        break;
      case 'event':
        use(definition.data, 'arguments');
        break;
      case 'struct': {
        use(definition.base, 'other');
        const union = unions.get(definition.name);
        for (const { name, type } of definition.members) {
          const isTag = union?.discriminator === name;
          use(innermost(type), isTag ? 'tag' : type.kind === 'named' ? 'member' : 'other', union);
        }
        break;
      }
      case 'union':
        use(definition.base, 'base', definition);
        for (const { type } of definition.branches) use(innermost(type), 'branch', definition);
        break;
      case 'alternate':
        for (const { type } of definition.alternatives) use(innermost(type), 'other');
        break;
      case 'enum':
        break;
    }
  }
  return uses;
}
