import type { BuiltinName, Member, ObjectType, Schema, TypeRef } from '../ir/types.js';
import { allMembers, objectNamed } from '../ir/visit.js';

const SCALARS: { readonly [K in BuiltinName]: unknown } = {
  str: 'text',
  number: 0.5,
  int: 1,
  int8: 1,
  int16: 1,
  int32: 1,
  int64: 1,
  uint8: 1,
  uint16: 1,
  uint32: 1,
  uint64: 1,
  size: 1,
  bool: true,
  null: null,
  any: 'anything',
};

/** A value of a type: the smallest there is, the first where there is a choice. */
export function madeUp(schema: Schema, ref: TypeRef): unknown {
  if (ref.kind === 'builtin') return SCALARS[ref.name];
  if (ref.kind === 'array') return [];
  const type = schema.types.get(ref.name);
  switch (type?.kind) {
    case 'enum':
      return type.values[0]?.name;
    case 'alternate':
      return madeUp(schema, type.alternatives[0]?.type ?? { kind: 'builtin', name: 'null' });
    case 'struct':
    case 'union':
      return madeUpObject(schema, type);
    case undefined:
      throw new Error(`no type ${ref.name} in the schema`);
  }
}

export function madeUpObject(schema: Schema, type: ObjectType): Record<string, unknown> {
  const object = Object.fromEntries(
    allMembers(schema, type)
      .filter((member) => !member.optional)
      .map((member: Member) => [member.name, madeUp(schema, member.type)]),
  );
  if (type.kind === 'struct') return object;
  const branch = type.branches.find(({ name }) => name === object[type.discriminator]);
  if (branch?.type.kind !== 'named') return object;
  return { ...object, ...madeUpObject(schema, objectNamed(schema, branch.type.name)) };
}
