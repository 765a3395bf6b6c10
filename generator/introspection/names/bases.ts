import type { UnnamedDefinition } from '../../ir/assemble.js';
import type { Member, Schema } from '../../ir/types.js';
import { allMembers } from '../../ir/visit.js';

type Struct = Extract<UnnamedDefinition, { kind: 'struct' }>;

/**
 * Gives unions the named bases they have in the reference. Introspection folds a base into its union,
 * so a reply leaves an implied one for each. Where a struct of that name is there already it serves
 * when its members are the same; a base whose members changed stays implied.
 */
export function adoptBases(
  definitions: readonly UnnamedDefinition[],
  reference: Schema,
): readonly UnnamedDefinition[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const adopted = new Map<string, Struct>();
  /** Implied base → the named one in its place. */
  const replaced = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== 'union') continue;
    const own = byName.get(definition.base);
    const union = reference.types.get(definition.name);
    if (own?.kind !== 'struct' || own.implicit !== 'base' || union?.kind !== 'union') continue;
    const base = reference.types.get(union.base);
    if (base?.kind !== 'struct' || base.implicit !== null) continue;
    if (!sameNames(own.members, allMembers(reference, base))) continue;
    const there = byName.get(base.name) ?? adopted.get(base.name);
    if (there === undefined) {
      const { wantedName: _implied, ...rest } = own;
      adopted.set(base.name, { ...rest, name: base.name, implicit: null });
    } else if (there.kind !== 'struct' || !sameMembers(own.members, there.members)) {
      continue;
    }
    replaced.set(own.name, base.name);
  }
  const kept = definitions
    .filter(({ name }) => !replaced.has(name))
    .map((definition) =>
      definition.kind === 'union'
        ? { ...definition, base: replaced.get(definition.base) ?? definition.base }
        : definition,
    );
  return [...kept, ...adopted.values()];
}

function sameNames(here: readonly Member[], there: readonly Member[]): boolean {
  const names = new Set(there.map((member) => member.name));
  return here.length === names.size && here.every((member) => names.has(member.name));
}

function sameMembers(here: readonly Member[], there: readonly Member[]): boolean {
  const text = (members: readonly Member[]): string =>
    JSON.stringify(
      members.map(({ name, type, optional, features }) => [
        name,
        type,
        optional,
        features.map((feature) => feature.name),
      ]),
    );
  return text(here) === text(there);
}
