import type { TypeData } from '../../schema/index.js';
import type { NamedType, ObjectData, SchemaIndex } from './index.js';

/**
 * How deep the shallowest value of each type is nested. Types without any value (they hold
 * themselves, or an empty enum) are not among them.
 */
export function leastDepths(schema: SchemaIndex): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (ref: TypeData): number => {
    if (typeof ref !== 'string') return 1;
    return schema.types.has(ref) ? (depths.get(ref) ?? Number.POSITIVE_INFINITY) : 0;
  };
  const ofMembers = (type: ObjectData): number =>
    Math.max(
      0,
      ...schema
        .members(type)
        .filter(({ optional }) => optional !== true)
        .map((member) => depthOf(member.type)),
    );
  const ofType = (type: NamedType): number => {
    switch (type.kind) {
      case 'enum':
        return type.values === undefined ? Number.POSITIVE_INFINITY : 0;
      case 'alternate':
        return Math.min(...(type.alternatives ?? []).map((one) => depthOf(one.type)));
      case 'struct':
        return 1 + ofMembers(type);
      case 'union': {
        const tags = tagsOf(schema, type);
        const branches = tags.map((tag) => {
          const branch = schema.branch(type, tag);
          return branch === undefined ? 1 : depthOf(branch.name);
        });
        return Math.max(1 + ofMembers(type), Math.min(...branches));
      }
    }
  };
  // A type's depth becomes known once those that it needs are; it can only get smaller then.
  for (let changed = true; changed; ) {
    changed = false;
    for (const type of schema.types.values()) {
      const depth = ofType(type);
      if (depth >= (depths.get(type.name) ?? Number.POSITIVE_INFINITY)) continue;
      depths.set(type.name, depth);
      changed = true;
    }
  }
  return depths;
}

/** Every value that a union's discriminator may have. */
export function tagsOf(schema: SchemaIndex, type: ObjectData): readonly string[] {
  if (type.kind === 'struct') return [];
  const tag = schema.members(type).find(({ name }) => name === type.discriminator);
  const tagType = tag === undefined ? undefined : schema.type(tag.type);
  const values = tagType?.kind === 'enum' ? tagType.values : type.branches;
  return (values ?? []).map(({ name }) => name);
}
