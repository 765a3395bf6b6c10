import type { ExampleMember, ExampleValue } from './example-json.js';
import type { CatalogueType } from './model.js';

export type ExampleObject = Extract<ExampleValue, { readonly kind: 'object' }>;

/** The values that the examples have under each name. */
export function valuesByName(
  objects: readonly ExampleObject[],
): ReadonlyMap<string, readonly ExampleValue[]> {
  const byName = new Map<string, ExampleValue[]>();
  for (const { members } of objects) {
    for (const { name, value } of members) {
      const values = byName.get(name);
      if (values === undefined) byName.set(name, [value]);
      else values.push(value);
    }
  }
  return byName;
}

/** The members of one object by name; of two of a name, the first. */
export function membersByName(object: ExampleObject): ReadonlyMap<string, ExampleMember> {
  const byName = new Map<string, ExampleMember>();
  for (const member of object.members) {
    if (!byName.has(member.name)) byName.set(member.name, member);
  }
  return byName;
}

/** The objects among the values, those in arrays included. */
export function objectsIn(values: readonly ExampleValue[]): readonly ExampleObject[] {
  return values.flatMap((value): readonly ExampleObject[] => {
    if (value.kind === 'object') return [value];
    return value.kind === 'array' ? objectsIn(value.elements) : [];
  });
}

/** The type that all the values have; `any` when they share none or there are none. */
export function inferType(values: readonly ExampleValue[]): CatalogueType {
  const [first, ...rest] = values.map(typeOf);
  if (first === undefined) return { kind: 'scalar', name: 'any' };
  return rest.reduce(common, first);
}

type InferredTable = {
  readonly [K in ExampleValue['kind']]: (
    value: Extract<ExampleValue, { readonly kind: K }>,
  ) => CatalogueType;
};

const INFERRED: InferredTable = {
  object: () => ({ kind: 'object', members: [] }),
  array: ({ elements }) => ({ kind: 'array', element: inferType(elements) }),
  string: () => ({ kind: 'scalar', name: 'str' }),
  number: ({ integer }) => ({ kind: 'scalar', name: integer ? 'int' : 'number' }),
  bool: () => ({ kind: 'scalar', name: 'bool' }),
  null: () => ({ kind: 'scalar', name: 'any' }),
};

function typeOf(value: ExampleValue): CatalogueType {
  // The cast is sound: the key and the argument come from the same value.
  return (INFERRED[value.kind] as (value: ExampleValue) => CatalogueType)(value);
}

function common(left: CatalogueType, right: CatalogueType): CatalogueType {
  if (left.kind === 'object' && right.kind === 'object') return left;
  if (left.kind === 'array' && right.kind === 'array') {
    return { kind: 'array', element: common(left.element, right.element) };
  }
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    if (left.name === right.name) return left;
    const names = new Set([left.name, right.name]);
    if (names.has('int') && names.has('number')) return { kind: 'scalar', name: 'number' };
  }
  return { kind: 'scalar', name: 'any' };
}

/** A type in words, for messages. */
export function describeType(type: CatalogueType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'enum':
      return `one of ${type.values.map(({ name }) => `'${name}'`).join(', ')}`;
    case 'object':
      return 'an object';
    case 'array':
      return 'an array';
    case 'foreign':
      return type.name;
  }
}
