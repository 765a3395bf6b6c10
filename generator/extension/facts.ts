import type { UnnamedDefinition } from '../ir/assemble.js';
import type { Part } from '../ir/types.js';

/** What is no fact about a definition, but about its source. */
const NO_FACTS = new Set(['span', 'doc', 'since', 'module', 'tsName', 'wantedName']);

/** A definition's facts as a text to compare. */
export function factsOf(definition: UnnamedDefinition): string {
  return JSON.stringify(definition, (key, value: unknown) =>
    NO_FACTS.has(key) ? undefined : value,
  );
}

/** A definition with what another one of its name says in prose about it and its parts. */
export function withProse(
  definition: UnnamedDefinition,
  source: UnnamedDefinition,
): UnnamedDefinition {
  const { doc, since, module } = source;
  const known = new Map(partsOf(source).map((part) => [part.name, part]));
  const told = <P extends Part>(parts: readonly P[]): readonly P[] =>
    parts.map((part) => {
      const other = known.get(part.name);
      return other === undefined ? part : { ...part, doc: other.doc, since: other.since };
    });
  const head = { doc, since, module };
  switch (definition.kind) {
    case 'enum':
      return { ...definition, ...head, values: told(definition.values) };
    case 'struct':
      return { ...definition, ...head, members: told(definition.members) };
    case 'union':
      return { ...definition, ...head, branches: told(definition.branches) };
    case 'alternate':
      return { ...definition, ...head, alternatives: told(definition.alternatives) };
    case 'command':
    case 'event':
      return { ...definition, ...head };
  }
}

/** What a definition of whatever kind is made of. */
export function partsOf(definition: UnnamedDefinition): readonly Part[] {
  switch (definition.kind) {
    case 'enum':
      return definition.values;
    case 'struct':
      return definition.members;
    case 'union':
      return definition.branches;
    case 'alternate':
      return definition.alternatives;
    case 'command':
    case 'event':
      return [];
  }
}
