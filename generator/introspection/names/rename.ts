import type { UnnamedDefinition } from '../../ir/assemble.js';
import { typeName } from '../../ir/names.js';
import type { ImplicitOrigin, TypeRef } from '../../ir/types.js';
import type { UnnamedType } from './use-graph.js';

/** How a type is called in the IR. `implicit: null`: a definition of the schema names it. */
export interface TypeNaming {
  readonly name: string;
  readonly implicit: ImplicitOrigin | null;
  readonly wantedName?: string;
}

/**
 * The definitions with other names for their types, in references as well. Implied bases follow the
 * unions that they belong to unless `namings` has a name for them.
 */
export function renameTypes(
  definitions: readonly UnnamedDefinition[],
  namings: ReadonlyMap<string, TypeNaming>,
): readonly UnnamedDefinition[] {
  const all = withBases(definitions, namings);
  const renamed = (name: string): string => all.get(name)?.name ?? name;
  return definitions.map((definition): UnnamedDefinition => {
    if (definition.kind === 'command') {
      const { arguments: taken, returns } = definition;
      return {
        ...definition,
        arguments: taken === null ? null : renamed(taken),
        returns: returns === null ? null : renamedRef(returns, renamed),
      };
    }
    if (definition.kind === 'event') {
      return { ...definition, data: definition.data === null ? null : renamed(definition.data) };
    }
    const type = renamedReferences(definition, renamed);
    const naming = all.get(definition.name);
    if (naming === undefined) return type;
    const { wantedName: _former, ...rest } = type;
    return { ...rest, ...naming };
  });
}

function renamedReferences(type: UnnamedType, renamed: (name: string) => string): UnnamedType {
  switch (type.kind) {
    case 'enum':
      return type;
    case 'struct':
      return {
        ...type,
        base: type.base === null ? null : renamed(type.base),
        members: type.members.map((part) => ({ ...part, type: renamedRef(part.type, renamed) })),
      };
    case 'union':
      return {
        ...type,
        base: renamed(type.base),
        branches: type.branches.map((part) => ({ ...part, type: renamedRef(part.type, renamed) })),
      };
    case 'alternate':
      return {
        ...type,
        alternatives: type.alternatives.map((part) => ({
          ...part,
          type: renamedRef(part.type, renamed),
        })),
      };
  }
}

function renamedRef(type: TypeRef, renamed: (name: string) => string): TypeRef {
  if (type.kind === 'array') return { kind: 'array', element: renamedRef(type.element, renamed) };
  return type.kind === 'named' ? { kind: 'named', name: renamed(type.name) } : type;
}

function withBases(
  definitions: readonly UnnamedDefinition[],
  namings: ReadonlyMap<string, TypeNaming>,
): ReadonlyMap<string, TypeNaming> {
  const all = new Map(namings);
  const taken = new Set(definitions.map((definition) => definition.name));
  for (const naming of namings.values()) taken.add(naming.name);
  for (const definition of definitions) {
    if (definition.kind !== 'union') continue;
    const union = namings.get(definition.name);
    if (union === undefined || all.has(definition.base)) continue;
    if (definition.base !== baseName(definition.name)) continue;
    let name = baseName(union.name);
    while (taken.has(name)) name += '_';
    taken.add(name);
    const wantedName = `${union.wantedName ?? typeName(union.name)}Base`;
    all.set(definition.base, { name, implicit: 'base', wantedName });
  }
  return all;
}

/** What QEMU's generator calls the implied base of a union. */
export const baseName = (union: string): string => `q_obj_${union}-base`;
