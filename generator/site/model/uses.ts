import type { Definition, Schema, TypeRef } from '../../ir/types.js';
import { innermost, type Visitor, visit } from '../../ir/visit.js';
import { groupOf, isInPlace, keyOf } from './entities.js';

/** A reference to a type that has a page, from something that has one. */
export interface Edge {
  /** Key of the entity. */
  readonly from: string;
  /** Name of the type. */
  readonly to: string;
  readonly as: string;
}

/**
 * All references of a schema. Types that are shown in place are seen through: what they refer to,
 * their owner does.
 */
export function edgesOf(schema: Schema): readonly Edge[] {
  const edges: Edge[] = [];
  for (const definition of schema.definitions) {
    if (isInPlace(definition)) continue;
    const from = keyOf(groupOf(definition), definition.name);
    const seen = new Set<string>();
    const waiting = [...referencesOf(definition)];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const type = schema.types.get(next.name);
      if (type === undefined) continue;
      if (!isInPlace(type)) edges.push({ from, to: next.name, as: next.as });
      else if (!seen.has(next.name)) {
        seen.add(next.name);
        const via = next;
        waiting.push(
          ...referencesOf(type).map(({ name, as }) => ({
            name,
            // A wrapper's only member says nothing; its branch does.
            as: type.kind === 'struct' && type.implicit === 'wrapper' ? via.as : as,
          })),
        );
      }
    }
  }
  return edges;
}

export interface Reference {
  readonly name: string;
  readonly as: string;
}

const own = (name: string | null, as: string): readonly Reference[] =>
  name === null ? [] : [{ name, as }];

function typed(
  parts: readonly { readonly name: string; readonly type: TypeRef }[],
): readonly Reference[] {
  return parts.flatMap(({ name, type }) => own(innermost(type), name));
}

/** What a definition refers to directly. */
export function referencesOf(definition: Definition): readonly Reference[] {
  return visit(definition, REFERENCES);
}

const REFERENCES: Visitor<readonly Reference[]> = {
  enum: () => [],
  struct: ({ base, members }) => [...own(base, 'base'), ...typed(members)],
  union: ({ base, branches }) => [...own(base, 'base'), ...typed(branches)],
  alternate: ({ alternatives }) => typed(alternatives),
  command: ({ arguments: args, returns }) => [
    ...own(args, 'arguments'),
    ...own(returns === null ? null : innermost(returns), 'returns'),
  ],
  event: ({ data }) => own(data, 'data'),
};
