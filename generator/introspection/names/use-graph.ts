import type { UnnamedDefinition } from '../../ir/assemble.js';
import type { Member, TypeRef } from '../../ir/types.js';

export type UnnamedType = Extract<
  UnnamedDefinition,
  { kind: 'struct' | 'union' | 'enum' | 'alternate' }
>;

/** A place in a type where another type stands. */
export interface Edge {
  readonly role: 'member' | 'branch' | 'alternative';
  /** The member's name, the branch's case, or the kind of value that picks the alternative. */
  readonly part: string;
  readonly type: TypeRef;
}

/** A place in a command or event where a type stands. */
export interface Root {
  readonly owner: string;
  readonly role: 'arguments' | 'returns' | 'data';
  readonly type: TypeRef;
}

export interface TypeNode {
  readonly definition: UnnamedType;
  /** Structs and unions are one group: introspection calls both objects, and one becomes the other. */
  readonly group: 'object' | 'enum' | 'alternate';
  /** Members of bases included, in the order of the definition. */
  readonly edges: readonly Edge[];
}

/**
 * Who uses which type. Bases are folded into the types that have them, for that is all introspection
 * shows; implied ones are no nodes.
 */
export class UseGraph {
  readonly roots: readonly Root[];
  readonly nodes: ReadonlyMap<string, TypeNode>;
  readonly #types: ReadonlyMap<string, UnnamedType>;

  constructor(definitions: readonly UnnamedDefinition[]) {
    const types = new Map<string, UnnamedType>();
    const roots: Root[] = [];
    for (const definition of definitions) {
      const { name: owner } = definition;
      if (definition.kind === 'command') {
        if (definition.arguments !== null) {
          roots.push({ owner, role: 'arguments', type: named(definition.arguments) });
        }
        if (definition.returns !== null) {
          roots.push({ owner, role: 'returns', type: definition.returns });
        }
      } else if (definition.kind === 'event') {
        if (definition.data !== null) {
          roots.push({ owner, role: 'data', type: named(definition.data) });
        }
      } else {
        types.set(owner, definition);
      }
    }
    this.roots = roots;
    const nodes = new Map<string, TypeNode>();
    for (const [name, definition] of types) {
      if (definition.implicit === 'base') continue;
      nodes.set(name, {
        definition,
        group: groupOf(definition),
        edges: edgesOf(definition, types),
      });
    }
    this.nodes = nodes;
    this.#types = types;
  }

  /** The members of a struct, or the common ones of a union. */
  membersOf({ definition }: TypeNode): readonly Member[] {
    if (definition.kind === 'struct') return membersOf(definition.name, this.#types);
    return definition.kind === 'union' ? membersOf(definition.base, this.#types) : [];
  }
}

/** A reference without the arrays around it. */
export interface Stripped {
  /** Name of the struct, union, enum or alternate; null for a built-in type. */
  readonly name: string | null;
  readonly depth: number;
}

export function strip(ref: TypeRef): Stripped {
  let depth = 0;
  while (ref.kind === 'array') {
    ref = ref.element;
    depth += 1;
  }
  return { name: ref.kind === 'named' ? ref.name : null, depth };
}

const named = (name: string): TypeRef => ({ kind: 'named', name });

function groupOf(definition: UnnamedType): TypeNode['group'] {
  return definition.kind === 'struct' || definition.kind === 'union' ? 'object' : definition.kind;
}

function edgesOf(
  definition: UnnamedType,
  types: ReadonlyMap<string, UnnamedType>,
): readonly Edge[] {
  switch (definition.kind) {
    case 'enum':
      return [];
    case 'alternate':
      return definition.alternatives.map(({ type }) => ({
        role: 'alternative',
        part: kindOfValue(type, types),
        type,
      }));
    case 'struct':
      return membersOf(definition.name, types).map(memberEdge);
    case 'union':
      return [
        ...membersOf(definition.base, types).map(memberEdge),
        ...definition.branches.map(
          ({ name, type }): Edge => ({ role: 'branch', part: name, type }),
        ),
      ];
  }
}

const memberEdge = ({ name, type }: Member): Edge => ({ role: 'member', part: name, type });

/** A struct's members, its bases' first. References were checked, bases do not recur. */
function membersOf(
  struct: string,
  types: { get(name: string): UnnamedType | undefined },
): readonly Member[] {
  const definition = types.get(struct);
  if (definition?.kind !== 'struct') return [];
  if (definition.base === null) return definition.members;
  return [...membersOf(definition.base, types), ...definition.members];
}

/** What a value of the type is in JSON, as far as alternates tell their alternatives apart by it. */
export function kindOfValue(
  type: TypeRef,
  types: { get(name: string): UnnamedType | undefined },
): string {
  if (type.kind === 'array') return 'array';
  if (type.kind === 'builtin') return INTEGERS.has(type.name) ? 'int' : type.name;
  const definition = types.get(type.name);
  return definition === undefined ? 'object' : groupOf(definition);
}

/** Built-in types that introspection shows as `int`. */
export const INTEGERS: ReadonlySet<string> = new Set([
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'size',
]);
