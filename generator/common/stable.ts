import type { Schema, TypeDefinition, TypeRef } from '../ir/types.js';
import { usesOf } from '../view/reach.js';
import type { UnnamedType } from './combine.js';

/** Names of the types that are the same in both schemas, and so is all they lead to. */
export function stableTypes(a: Schema, b: Schema): ReadonlySet<string> {
  const stable = new Set<string>();
  for (const type of b.types.values()) {
    const other = a.types.get(type.name);
    if (other !== undefined && shapeOf(other) === shapeOf(type)) stable.add(type.name);
  }
  // What refers to a type that differs does so too; until nothing changes any more.
  for (let size = -1; size !== stable.size; ) {
    size = stable.size;
    for (const name of stable) {
      const type = b.types.get(name);
      if (type === undefined || !usesOf(type).every((used) => stable.has(used)))
        stable.delete(name);
    }
  }
  return stable;
}

/** All of a type that values depend on, as text. */
export function shapeOf(type: TypeDefinition | UnnamedType): string {
  switch (type.kind) {
    case 'enum':
      return JSON.stringify([type.kind, type.values.map((value) => value.name)]);
    case 'struct': {
      const members = type.members.map((m) => [m.name, refText(m.type), m.optional]);
      return JSON.stringify([type.kind, type.base, type.open, members]);
    }
    case 'union': {
      const branches = type.branches.map((branch) => [branch.name, refText(branch.type)]);
      return JSON.stringify([type.kind, type.base, type.discriminator, branches]);
    }
    case 'alternate':
      return JSON.stringify([type.kind, type.alternatives.map((part) => refText(part.type))]);
  }
}

function refText(ref: TypeRef): string {
  return ref.kind === 'array' ? `[${refText(ref.element)}]` : ref.name;
}
