import { CLIENT_MEMBERS, NameScope, RESERVED_TYPE_NAMES, wantedName } from './names.js';
import type { Command, Definition, Event, Module, Schema, TypeDefinition } from './types.js';

type Distribute<D> = D extends Definition
  ? Omit<D, 'tsName'> & {
      /** The name wanted in TypeScript, for implicit types; others get theirs from their wire name. */
      readonly wantedName?: string;
    }
  : never;

/** A definition as front ends make it: all but its TypeScript name, which depends on its neighbours. */
export type UnnamedDefinition = Distribute<Definition>;

/**
 * Every front end ends here. Accepts definitions whose names are unique among types, commands and
 * events together and whose references resolve; gives each its TypeScript name and files it by kind.
 */
export function assembleSchema(
  unnamed: readonly UnnamedDefinition[],
  modules: readonly Module[],
): Schema {
  const typeNames = new NameScope(RESERVED_TYPE_NAMES);
  const commandNames = new NameScope(CLIENT_MEMBERS);
  // Types that the schema names take their names before implicit ones, whose names are ours to choose.
  const tsNames = new Map<UnnamedDefinition, string>();
  for (const implicit of [false, true]) {
    for (const definition of unnamed) {
      if (isImplicit(definition) !== implicit) continue;
      const scope = definition.kind === 'command' ? commandNames : typeNames;
      const wanted = definition.wantedName ?? wantedName(definition.kind, definition.name);
      tsNames.set(definition, scope.claim(wanted));
    }
  }

  const definitions: Definition[] = [];
  const types = new Map<string, TypeDefinition>();
  const commands = new Map<string, Command>();
  const events = new Map<string, Event>();
  for (const definition of unnamed) {
    const named = { ...withoutWanted(definition), tsName: tsNames.get(definition) ?? '' };
    definitions.push(named);
    if (named.kind === 'command') commands.set(named.name, named);
    else if (named.kind === 'event') events.set(named.name, named);
    else types.set(named.name, named);
  }
  return { kind: 'schema', definitions, types, commands, events, modules };
}

function isImplicit(definition: UnnamedDefinition): boolean {
  if (definition.kind === 'command' || definition.kind === 'event') return false;
  return definition.implicit !== null;
}

/** Most have none: leaving a member out takes much longer than a copy. */
function withoutWanted(definition: UnnamedDefinition): UnnamedDefinition {
  if (definition.wantedName === undefined) return definition;
  const { wantedName: _wanted, ...rest } = definition;
  return rest;
}
