import type { Schema, TypeDefinition, TypeRef } from '../ir/types.js';

/** Sent: by a client, in arguments. Received: from a server, in returns and events. */
export type Direction = 'sent' | 'received';

export interface Reach {
  /** Names of types that commands' arguments lead to. */
  readonly sent: ReadonlySet<string>;
  /** Names of types that returns and events lead to. */
  readonly received: ReadonlySet<string>;
  /**
   * Names of types that a server may extend where a client may not: enums, unions, and what holds
   * one of them. Their received form has an arm for the unknown.
   */
  readonly extensible: ReadonlySet<string>;
  /** Of each type, the names of the types that it refers to. */
  readonly uses: ReadonlyMap<string, readonly string[]>;
  /** Of each type that some refer to, their names. */
  readonly usedBy: ReadonlyMap<string, readonly string[]>;
}

/** Several views of one schema ask. */
const known = new WeakMap<Schema, Reach>();

/** Follows every reference of the schema once per direction. */
export function reachOf(schema: Schema): Reach {
  let reach = known.get(schema);
  if (reach === undefined) {
    reach = follow(schema);
    known.set(schema, reach);
  }
  return reach;
}

function follow(schema: Schema): Reach {
  const uses = new Map<string, readonly string[]>();
  for (const type of schema.types.values()) uses.set(type.name, usesOf(type));
  const sent: string[] = [];
  const received: string[] = [];
  for (const command of schema.commands.values()) {
    if (command.arguments !== null) sent.push(command.arguments);
    if (command.returns !== null) received.push(...namesIn(command.returns));
  }
  for (const event of schema.events.values()) {
    if (event.data !== null) received.push(event.data);
  }
  const usedBy = new Map<string, string[]>();
  for (const [user, used] of uses) {
    for (const name of used) {
      const users = usedBy.get(name);
      if (users === undefined) usedBy.set(name, [user]);
      else users.push(user);
    }
  }
  const sources = [...schema.types.values()]
    .filter((type) => type.kind === 'enum' || type.kind === 'union')
    .map((type) => type.name);
  return {
    sent: closure(sent, uses),
    received: closure(received, uses),
    extensible: closure(sources, usedBy),
    uses,
    usedBy,
  };
}

/** Everything that `start` leads to, itself included. */
export function closure(
  start: readonly string[],
  edges: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const seen = new Set(start);
  for (const name of seen) for (const next of edges.get(name) ?? []) seen.add(next);
  return seen;
}

/** The named type at the bottom of a reference, if there is one. */
function namesIn(ref: TypeRef): readonly string[] {
  let inner = ref;
  while (inner.kind === 'array') inner = inner.element;
  return inner.kind === 'named' ? [inner.name] : [];
}

const USES: {
  readonly [K in TypeDefinition['kind']]: (
    type: Extract<TypeDefinition, { kind: K }>,
  ) => readonly string[];
} = {
  enum: () => [],
  struct: (type) => [
    ...(type.base === null ? [] : [type.base]),
    ...type.members.flatMap((member) => namesIn(member.type)),
  ],
  union: (type) => [type.base, ...type.branches.flatMap((branch) => namesIn(branch.type))],
  alternate: (type) => type.alternatives.flatMap((alternative) => namesIn(alternative.type)),
};

/** Names of the types that a type refers to. */
export function usesOf(type: TypeDefinition): readonly string[] {
  return (USES[type.kind] as (type: TypeDefinition) => readonly string[])(type);
}
