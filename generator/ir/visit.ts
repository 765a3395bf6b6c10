import type {
  Definition,
  DefinitionKind,
  Member,
  ObjectType,
  Schema,
  StructType,
  TypeRef,
} from './types.js';

/** One function per kind: a forgotten kind does not compile. */
export type Visitor<R> = {
  readonly [K in DefinitionKind]: (definition: Extract<Definition, { kind: K }>) => R;
};

export function visit<R>(definition: Definition, visitor: Visitor<R>): R {
  // The cast is sound: the key and the argument come from the same definition.
  return (visitor[definition.kind] as (definition: Definition) => R)(definition);
}

/** The struct named `name`; a bug when there is none, for the checks ran before. */
export function structNamed(schema: Schema, name: string): StructType {
  const type = schema.types.get(name);
  if (type?.kind !== 'struct') throw new Error(`no struct ${name} in the schema`);
  return type;
}

export function objectNamed(schema: Schema, name: string): ObjectType {
  const type = schema.types.get(name);
  if (type?.kind !== 'struct' && type?.kind !== 'union') {
    throw new Error(`no struct or union ${name} in the schema`);
  }
  return type;
}

/** A struct's members, the bases' first; a union's common members. */
export function allMembers(schema: Schema, type: ObjectType): readonly Member[] {
  if (type.kind === 'union') return allMembers(schema, structNamed(schema, type.base));
  if (type.base === null) return type.members;
  return allMembers(schema, structNamed(schema, type.base)).concat(type.members);
}

/** The named type at the bottom of arrays, if there is one. */
export function innermost(ref: TypeRef): string | null {
  let inner = ref;
  while (inner.kind === 'array') inner = inner.element;
  return inner.kind === 'named' ? inner.name : null;
}
