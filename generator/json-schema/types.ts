import type { Alternative, BuiltinName, Member, TypeDefinition, TypeRef } from '../ir/types.js';
import { allMembers, innermost } from '../ir/visit.js';
import { annotations } from './describe.js';
import { type Json, JsonObject, merged, object } from './json.js';
import type { Scope } from './scope.js';

const integer = (minimum: bigint, maximum: bigint): JsonObject =>
  object({ type: 'integer', minimum, maximum });
const signed = (bits: bigint): JsonObject => integer(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n);
const unsigned = (bits: bigint): JsonObject => integer(0n, 2n ** bits - 1n);
/** QEMU takes a negative one as its two's complement. */
const UINT64 = integer(-(2n ** 63n), 2n ** 64n - 1n);

const BUILTINS: Readonly<Record<BuiltinName, JsonObject>> = {
  str: object({ type: 'string' }),
  bool: object({ type: 'boolean' }),
  null: object({ type: 'null' }),
  any: object({}),
  number: object({ type: 'number' }),
  int: signed(64n),
  int8: signed(8n),
  int16: signed(16n),
  int32: signed(32n),
  int64: signed(64n),
  uint8: unsigned(8n),
  uint16: unsigned(16n),
  uint32: unsigned(32n),
  uint64: UINT64,
  size: UINT64,
};

type Definitions = {
  readonly [K in TypeDefinition['kind']]: (
    type: Extract<TypeDefinition, { kind: K }>,
    scope: Scope,
  ) => readonly (readonly [name: string, value: Json])[];
};

/** The schemas of one type in one direction: its own, and that of its members where unions need it. */
export function typeSchemas(
  type: TypeDefinition,
  scope: Scope,
): readonly (readonly [name: string, value: Json])[] {
  const define = DEFINITIONS[type.kind] as (
    type: TypeDefinition,
    scope: Scope,
  ) => readonly (readonly [name: string, value: Json])[];
  return define(type, scope);
}

const DEFINITIONS: Definitions = {
  enum: (type, scope) => {
    const values = type.values.map((value) => value.name);
    const known = scope.direction === 'sent' ? { enum: values } : { examples: values };
    return [[scope.name(type), merged(words(type), object({ type: 'string', ...known }))]];
  },
  struct: objectSchemas,
  union: objectSchemas,
  alternate: (type, scope) => {
    const anyOf = type.alternatives.map((alternative: Alternative) =>
      refSchema(alternative.type, scope),
    );
    return [[scope.name(type), merged(words(type), object({ anyOf }))]];
  },
};

type ObjectType = Extract<TypeDefinition, { kind: 'struct' | 'union' }>;

function objectSchemas(
  type: ObjectType,
  scope: Scope,
): readonly (readonly [name: string, value: Json])[] {
  const name = scope.name(type);
  const isOpen = scope.isOpen(type);
  if (!scope.isBranch(type)) {
    return [[name, merged(words(type), membersSchema(type, scope), closing(type, isOpen))]];
  }
  const members = `${name}.members`;
  // With its type, which strict tools want to see beside what closes it.
  const whole = object({ type: 'object', $ref: `#/$defs/${members}` });
  return [
    [members, membersSchema(type, scope)],
    [name, merged(words(type), whole, closing(null, isOpen))],
  ];
}

/** A struct that lists all its members needs no more than the simpler keyword. */
function closing(type: ObjectType | null, isOpen: boolean): JsonObject {
  if (isOpen) return object({});
  return object(
    type?.kind === 'struct' ? { additionalProperties: false } : { unevaluatedProperties: false },
  );
}

/** What an object has at least. */
export function membersSchema(type: ObjectType, scope: Scope): JsonObject {
  const members = allMembers(scope.schema, type);
  const properties = new JsonObject(
    members.map((member) => [member.name, memberSchema(member, scope)]),
  );
  const required = members.filter((member) => !member.optional).map((member) => member.name);
  return object({
    type: 'object',
    properties: members.length > 0 ? properties : undefined,
    required: required.length > 0 ? required : undefined,
    allOf: type.kind === 'union' ? branchSchemas(type, scope) : undefined,
  });
}

function memberSchema(member: Member, scope: Scope): Json {
  return merged(
    annotations({ blocks: member.doc }, member.features),
    refSchema(member.type, scope),
  );
}

function branchSchemas(
  union: Extract<ObjectType, { kind: 'union' }>,
  scope: Scope,
): readonly Json[] | undefined {
  const values = new Map<string, string[]>();
  for (const branch of union.branches) {
    const name = innermost(branch.type) ?? '';
    const known = values.get(name);
    if (known === undefined) values.set(name, [branch.name]);
    else known.push(branch.name);
  }
  if (values.size === 0) return undefined;
  return [...values].map(([name, of]) => {
    const tag = new JsonObject([[union.discriminator, object({ enum: of })]]);
    const branch = `#/$defs/${scope.name(scope.type(name))}.members`;
    return new JsonObject([
      ['if', object({ properties: tag, required: [union.discriminator] })],
      ['then', object({ $ref: branch })],
    ]);
  });
}

/** A reference to a type. */
export function refSchema(ref: TypeRef, scope: Scope): JsonObject {
  if (ref.kind === 'builtin') return BUILTINS[ref.name];
  if (ref.kind === 'array') {
    return object({ type: 'array', items: refSchema(ref.element, scope) });
  }
  return object({ $ref: `#/$defs/${scope.name(scope.type(ref.name))}` });
}

function words(type: TypeDefinition): JsonObject {
  return annotations({ doc: type.doc }, type.features);
}
