import type { UnnamedDefinition } from '../../ir/assemble.js';
import { deriveNames } from './derive.js';
import { renameTypes, type TypeNaming } from './rename.js';
import { UseGraph } from './use-graph.js';

/** QEMU's names of masked types; no name of a schema looks like one. */
export const isMasked = (typeName: string): boolean => /^[0-9]+$/.test(typeName);

/** The definitions with readable names, from their use, in the place of numbers. */
export function nameMasked(
  definitions: readonly UnnamedDefinition[],
): readonly UnnamedDefinition[] {
  const nameless = new Set<string>();
  for (const { kind, name } of definitions) {
    if (kind !== 'command' && kind !== 'event' && isMasked(name)) nameless.add(name);
  }
  return renameTypes(definitions, derivedNamings(definitions, nameless));
}

/** Namings from use for the types in `nameless`. */
export function derivedNamings(
  definitions: readonly UnnamedDefinition[],
  nameless: ReadonlySet<string>,
): ReadonlyMap<string, TypeNaming> {
  const taken = definitions.map(({ name }) => name).filter((name) => !nameless.has(name));
  const namings = new Map<string, TypeNaming>();
  for (const [type, name] of deriveNames(new UseGraph(definitions), nameless, taken)) {
    namings.set(type, { name, implicit: 'introspection', wantedName: name });
  }
  return namings;
}
