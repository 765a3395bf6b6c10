import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type EntryNode, entryOf, type StringNode } from '../syntax/nodes.js';
import { decodeCondition } from './condition.js';
import { DecodeContext } from './decode-context.js';
import {
  decodeEnumValues,
  decodeFeatures,
  decodeMembers,
  decodeString,
  decodeType,
  keysOf,
  wrongType,
} from './decode-parts.js';
import type { Dialect } from './dialect.js';
import {
  type AlternateNode,
  type CommandNode,
  type DataNode,
  type DefinitionHead,
  type DefinitionNode,
  type EnumNode,
  type EventNode,
  labelOf,
  type MemberNode,
  NAMELESS_SOURCES,
  type NamelessSource,
  type SourceExpression,
  type StructNode,
  type UnionNode,
} from './nodes.js';

type Kind = DefinitionNode['kind'];
type Keys = ReadonlyMap<string, EntryNode>;
type Head = Pick<
  UnionNode,
  'expression' | 'name' | 'nameSpan' | 'condition' | 'features' | 'namedFor' | 'malformed'
>;

const KINDS = ['enum', 'struct', 'union', 'alternate', 'command', 'event'] as const;
const COMMON = ['if', 'features'];

/** The keys that a definition of each kind needs and takes, beside its own and `if` and `features`. */
const KEYS: { readonly [K in Kind]: { required: readonly string[]; optional: readonly string[] } } =
  {
    enum: { required: ['data'], optional: ['prefix'] },
    struct: { required: ['data'], optional: ['base'] },
    union: { required: ['base', 'discriminator', 'data'], optional: [] },
    alternate: { required: ['data'], optional: [] },
    command: {
      required: [],
      optional: [
        'data',
        'returns',
        'boxed',
        'gen',
        'success-response',
        'allow-oob',
        'allow-preconfig',
        'coroutine',
      ],
    },
    event: { required: [], optional: ['data', 'boxed'] },
  };

/** Keys that only this project's canonical text has. */
const CANONICAL: { readonly [K in Kind]: readonly string[] } = {
  enum: ['named-for'],
  struct: ['open', 'named-for'],
  union: ['named-for'],
  alternate: ['named-for'],
  command: [],
  event: ['open'],
};

interface TakenKeys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** All keys that a definition of the kind takes beside the one that says the kind. */
function takenKeys(kind: Kind, strict: boolean): TakenKeys {
  const relaxed = strict ? [] : relaxedKeys(kind);
  const { required, optional } = KEYS[kind];
  return {
    required: required.filter((key) => !relaxed.includes(key)),
    optional: [...optional, ...relaxed, ...(strict ? [] : CANONICAL[kind]), ...COMMON],
  };
}

function takenByKind(strict: boolean): { readonly [K in Kind]: TakenKeys } {
  return {
    enum: takenKeys('enum', strict),
    struct: takenKeys('struct', strict),
    union: takenKeys('union', strict),
    alternate: takenKeys('alternate', strict),
    command: takenKeys('command', strict),
    event: takenKeys('event', strict),
  };
}

const TAKEN = { strict: takenByKind(true), relaxed: takenByKind(false) };

/** A definition as far as it is told what it defines. */
export interface IdentifiedDefinition extends DefinitionHead {
  /** The key that says the kind: `struct`, or `type` up to 2.3. */
  readonly keyword: string;
}

/**
 * Accepts one top-level object that is no directive. Tells what it defines; null when that is nothing,
 * which is reported.
 */
export function identify(
  expression: SourceExpression,
  dialect: Dialect,
  diagnostics: Diagnostics,
): IdentifiedDefinition | null {
  const context = new DecodeContext(diagnostics, dialect, expression.node.span);
  const found = findKind(expression, context);
  if (found === null) return null;
  const { kind, nameEntry } = found;
  if (nameEntry.value.kind !== 'string') {
    wrongType(nameEntry, 'a name', context);
    return null;
  }
  const { value: name, span: nameSpan } = nameEntry.value;
  return { expression, kind, name, nameSpan, keyword: nameEntry.key.value };
}

/**
 * Gives an identified definition in one form whatever the dialect it was written in; reports what is
 * malformed. Names are not looked up and naming rules are not applied here.
 */
export function decode(
  { keyword, kind, expression, name, nameSpan }: IdentifiedDefinition,
  dialect: Dialect,
  diagnostics: Diagnostics,
): DefinitionNode {
  const { node } = expression;
  const context = new DecodeContext(diagnostics, dialect, node.span);
  context.label = labelOf({ kind, name });

  const { required, optional } = TAKEN[context.strict ? 'strict' : 'relaxed'][kind];
  const keys = keysOf(node, context.label, [keyword, ...required], optional, context);
  const definition = DECODERS[kind](
    {
      expression,
      name,
      nameSpan,
      condition: decodeCondition(keys.get('if'), context),
      features: decodeFeatures(keys.get('features'), context),
      namedFor: decodeNamedFor(keys.get('named-for'), context),
      malformed: false,
    },
    keys,
    context,
  );
  return context.malformed ? { ...definition, malformed: true } : definition;
}

/** Keys that older dialects leave out. */
function relaxedKeys(kind: Kind): readonly string[] {
  if (kind === 'union') return ['base', 'discriminator'];
  return kind === 'struct' ? ['data'] : [];
}

function findKind(
  expression: SourceExpression,
  context: DecodeContext,
): { kind: Kind; nameEntry: EntryNode } | null {
  const { node } = expression;
  const found: { kind: Kind; nameEntry: EntryNode }[] = [];
  for (const kind of KINDS) {
    const nameEntry = entryOf(node, kind);
    if (nameEntry !== undefined) found.push({ kind, nameEntry });
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const old = entryOf(node, 'type');
  if (only === undefined && old !== undefined) {
    context.dialect('type-keyword', old.key.span);
    return { kind: 'struct', nameEntry: old };
  }
  context.report(
    'definition-kind',
    only === undefined
      ? `a definition has one of the keys ${KINDS.map((kind) => `'${kind}'`).join(', ')}`
      : `a definition has only one of the keys ${found.map((f) => `'${f.kind}'`).join(' and ')}`,
    node.span,
  );
  return null;
}

// The heads of those that are many are spelled out: spreading takes many times as long.
const DECODERS: {
  readonly [K in Kind]: (head: Head, keys: Keys, context: DecodeContext) => DefinitionNode;
} = {
  enum: (head, keys, context): EnumNode => {
    const { expression, name, nameSpan, condition, features, namedFor, malformed } = head;
    return {
      expression,
      name,
      nameSpan,
      condition,
      features,
      namedFor,
      malformed,
      kind: 'enum',
      values: decodeEnumValues(keys.get('data'), context),
      prefix: decodeString(keys.get('prefix'), context)?.value ?? null,
    };
  },
  struct: (head, keys, context): StructNode => {
    const data = keys.get('data');
    if (data === undefined && !context.strict) {
      context.dialect('struct-data-missing', context.anchor);
    }
    const { expression, name, nameSpan, condition, features, namedFor, malformed } = head;
    return {
      expression,
      name,
      nameSpan,
      condition,
      features,
      namedFor,
      malformed,
      kind: 'struct',
      base: decodeString(keys.get('base'), context),
      members: membersOf(data, 'member', context),
      open: decodeOpen(keys.get('open'), context),
    };
  },
  union: decodeUnion,
  alternate: (head, keys, context): AlternateNode => ({
    ...head,
    kind: 'alternate',
    alternatives: membersOf(keys.get('data'), 'alternative', context),
  }),
  command: (head, keys, context): CommandNode => {
    const returns = keys.get('returns');
    const flag = (key: string, fallback: boolean) =>
      decodeFlag(keys.get(key), key, fallback, context);
    const { expression, name, nameSpan, condition, features, namedFor, malformed } = head;
    return {
      expression,
      name,
      nameSpan,
      condition,
      features,
      namedFor,
      malformed,
      kind: 'command',
      data: decodeData(keys.get('data'), context),
      returns: returns === undefined ? null : decodeType(returns.value, "'returns'", context),
      boxed: flag('boxed', false),
      gen: flag('gen', true),
      successResponse: flag('success-response', true),
      allowOob: flag('allow-oob', false),
      allowPreconfig: flag('allow-preconfig', false),
      coroutine: flag('coroutine', false),
    };
  },
  event: (head, keys, context): EventNode => ({
    ...head,
    kind: 'event',
    data: decodeData(keys.get('data'), context),
    boxed: decodeFlag(keys.get('boxed'), 'boxed', false, context),
    open: decodeOpen(keys.get('open'), context),
  }),
};

function decodeUnion(head: Head, keys: Keys, context: DecodeContext): UnionNode | AlternateNode {
  const branches = membersOf(keys.get('data'), 'branch', context);
  const baseEntry = keys.get('base');
  const discriminator = keys.get('discriminator');
  if (discriminator?.value.kind === 'object' && discriminator.value.entries.length === 0) {
    if (!context.strict) {
      context.dialect('anonymous-union', discriminator.value.span);
      return { ...head, kind: 'alternate', alternatives: branches };
    }
  }
  if (discriminator === undefined && !context.strict) {
    context.dialect(baseEntry === undefined ? 'simple-union' : 'simple-union-base', head.nameSpan);
  }
  let base: StringNode | readonly MemberNode[] | null = null;
  if (baseEntry?.value.kind === 'string') base = baseEntry.value;
  else if (baseEntry?.value.kind === 'object') {
    base = decodeMembers(baseEntry.value, 'member', context);
  } else if (baseEntry !== undefined) wrongType(baseEntry, 'a name or an object', context);
  return {
    ...head,
    kind: 'union',
    base,
    discriminator: decodeString(discriminator, context),
    branches,
  };
}

function membersOf(
  entry: EntryNode | undefined,
  role: 'member' | 'branch' | 'alternative',
  context: DecodeContext,
): readonly MemberNode[] {
  if (entry === undefined) return [];
  if (entry.value.kind === 'object') return decodeMembers(entry.value, role, context);
  wrongType(entry, 'an object', context);
  return [];
}

function decodeData(entry: EntryNode | undefined, context: DecodeContext): DataNode {
  if (entry === undefined) return null;
  if (entry.value.kind === 'string') return entry.value;
  if (entry.value.kind === 'object') return decodeMembers(entry.value, 'member', context);
  wrongType(entry, 'a name or an object', context);
  return null;
}

function decodeOpen(entry: EntryNode | undefined, context: DecodeContext): boolean {
  if (entry === undefined || context.strict) return false;
  context.dialect('canonical-key', entry.key.span);
  return decodeFlag(entry, 'open', false, context);
}

function decodeNamedFor(
  entry: EntryNode | undefined,
  context: DecodeContext,
): NamelessSource | null {
  if (entry === undefined || context.strict) return null;
  context.dialect('canonical-key', entry.key.span);
  const text = decodeString(entry, context);
  if (text === null) return null;
  const source = NAMELESS_SOURCES.find((name) => name === text.value);
  if (source !== undefined) return source;
  const known = NAMELESS_SOURCES.map((name) => `'${name}'`).join(' or ');
  context.report('value-type', `'named-for' takes ${known}`, text.span);
  return null;
}

/** A flag may be given only its other value than the default; up to 2.2 as the string 'no'. */
function decodeFlag(
  entry: EntryNode | undefined,
  key: string,
  fallback: boolean,
  context: DecodeContext,
): boolean {
  if (entry === undefined) return fallback;
  const { value } = entry;
  if (value.kind === 'boolean' && value.value !== fallback) return value.value;
  if (value.kind === 'boolean' && !context.strict) {
    context.dialect('true-flag', value.span);
    return value.value;
  }
  if (
    value.kind === 'string' &&
    (value.value === 'no' || value.value === 'yes') &&
    !context.strict
  ) {
    context.dialect('string-flag', value.span);
    return value.value === 'yes';
  }
  context.report(
    'invalid-flag',
    `flag '${key}' can only be given as ${String(!fallback)}`,
    value.span,
  );
  return fallback;
}
