import type {
  Alternative,
  Branch,
  Command,
  Definition,
  EnumValue,
  Event,
  Feature,
  Member,
  Schema,
  StructType,
  TypeRef,
  UnionType,
} from '../ir/types.js';
import { structNamed, type Visitor, visit } from '../ir/visit.js';
import { conditionValue, object, type PrintValue } from './values.js';

type Entries = readonly (readonly [string, PrintValue | null])[];

/** What a definition is in a schema file; null for a type that another definition implies. */
export function definitionValue(schema: Schema, definition: Definition): PrintValue | null {
  if ('implicit' in definition && isImplied(definition.implicit)) return null;
  return object([
    ...visit(definition, visitorFor(schema)),
    ...common(definition),
    ['named-for', 'implicit' in definition ? definition.implicit : null],
  ]);
}

/**
 * Types of a source without names have no definition that implies them: they are printed as their own,
 * and the key 'named-for', which QAPI does not have, says for which kind of source they were named.
 */
function isImplied(implicit: StructType['implicit']): boolean {
  return implicit !== null && implicit !== 'introspection' && implicit !== 'catalogue';
}

/** Whether an event's data, given in place, takes further members. */
function isOpenInPlace(schema: Schema, event: Event): boolean {
  const type = event.data === null ? undefined : schema.types.get(event.data);
  return type?.kind === 'struct' && type.implicit === 'arguments' && type.open;
}

function visitorFor(schema: Schema): Visitor<Entries> {
  return {
    enum: (type) => [
      ['enum', type.name],
      ['prefix', type.prefix],
      ['data', type.values.map(enumValue)],
    ],
    struct: (type) => [
      ['struct', type.name],
      ['base', type.base],
      ['data', membersValue(schema, type.members)],
      ['open', type.open || null],
    ],
    union: (type) => unionEntries(schema, type),
    alternate: (type) => [
      ['alternate', type.name],
      ['data', partsValue(schema, type.alternatives)],
    ],
    command: (command) => commandEntries(schema, command),
    event: (event) => [
      ['event', event.name],
      ['boxed', event.boxed || null],
      ['data', dataValue(schema, event.data)],
      ['open', isOpenInPlace(schema, event) || null],
    ],
  };
}

function common(definition: Definition): Entries {
  return [
    ['features', featuresValue(definition.features)],
    ['if', conditionValue(definition.condition)],
  ];
}

function commandEntries(schema: Schema, command: Command): Entries {
  return [
    ['command', command.name],
    ['boxed', command.boxed || null],
    // Without arguments, `data` is told only where it makes a difference.
    ['data', dataValue(schema, command.arguments) ?? (command.open ? object([]) : null)],
    ['returns', command.returns === null ? null : typeValue(schema, command.returns)],
    ['gen', command.gen ? null : false],
    ['success-response', command.successResponse ? null : false],
    ['allow-oob', command.allowOob || null],
    ['allow-preconfig', command.allowPreconfig || null],
    ['coroutine', command.coroutine || null],
  ];
}

function unionEntries(schema: Schema, union: UnionType): Entries {
  const base = structNamed(schema, union.base);
  if (union.simple) {
    return [
      ['union', union.name],
      ['base', base.base],
      [
        'data',
        partsValue(
          schema,
          union.branches.map((branch) => unwrapped(schema, branch)),
        ),
      ],
    ];
  }
  return [
    ['union', union.name],
    ['base', base.implicit === 'base' ? membersValue(schema, base.members) : base.name],
    ['discriminator', union.discriminator],
    ['data', partsValue(schema, union.branches)],
  ];
}

/** A simple union's branch with the type that its wrapper holds. */
function unwrapped(schema: Schema, branch: Branch): Branch {
  if (branch.type.kind !== 'named') return branch;
  const [data] = structNamed(schema, branch.type.name).members;
  return data === undefined ? branch : { ...branch, type: data.type };
}

function dataValue(schema: Schema, name: string | null): PrintValue | null {
  if (name === null) return null;
  const type = schema.types.get(name);
  const inlined = type?.kind === 'struct' && type.implicit === 'arguments';
  return inlined ? membersValue(schema, type.members) : name;
}

function membersValue(schema: Schema, members: readonly Member[]): PrintValue {
  return object(
    members.map((member) => [
      member.optional ? `*${member.name}` : member.name,
      partValue(schema, member),
    ]),
  );
}

function partsValue(schema: Schema, parts: readonly (Branch | Alternative)[]): PrintValue {
  return object(parts.map((part) => [part.name, partValue(schema, part)]));
}

function partValue(schema: Schema, part: Member | Branch | Alternative): PrintValue {
  const type = typeValue(schema, part.type);
  const plain = part.condition === null && part.features.length === 0;
  // A struct in the place of a type is told apart from the long form by standing inside it.
  if (plain && (typeof type === 'string' || Array.isArray(type))) return type;
  return object([
    ['type', type],
    ['features', featuresValue(part.features)],
    ['if', conditionValue(part.condition)],
  ]);
}

function typeValue(schema: Schema, ref: TypeRef): PrintValue {
  switch (ref.kind) {
    case 'builtin':
      return ref.name;
    case 'array':
      return [typeValue(schema, ref.element)];
    case 'named': {
      const type = schema.types.get(ref.name);
      if (type?.kind === 'struct' && type.implicit === 'inline') {
        return membersValue(schema, type.members);
      }
      // The enum of a discriminator that its schema declares a string.
      if (type?.kind === 'enum' && type.implicit === 'kind') return 'str';
      return ref.name;
    }
  }
}

function enumValue(value: EnumValue): PrintValue {
  if (value.condition === null && value.features.length === 0) return value.name;
  return object([
    ['name', value.name],
    ['features', featuresValue(value.features)],
    ['if', conditionValue(value.condition)],
  ]);
}

function featuresValue(features: readonly Feature[]): PrintValue | null {
  if (features.length === 0) return null;
  return features.map(({ name, condition }) =>
    condition === null
      ? name
      : object([
          ['name', name],
          ['if', conditionValue(condition)],
        ]),
  );
}
