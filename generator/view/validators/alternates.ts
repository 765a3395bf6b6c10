import type { AlternateType, Alternative, BuiltinName, TypeRef } from '../../ir/types.js';
import { stringLiteral } from '../literals.js';
import type { ModuleScope } from './scope.js';
import type { AlternateTestView, ArmView } from './views.js';

/** The kinds of JSON value that an alternate chooses by. */
type JsonKind = 'string' | 'number' | 'bool' | 'null' | 'object' | 'array';

const WHEN: Readonly<Record<Exclude<JsonKind, 'object'>, string>> = {
  string: `typeof x === 'string'`,
  number: `typeof x === 'number' || typeof x === 'bigint'`,
  bool: `typeof x === 'boolean'`,
  null: 'x === null',
  array: 'Array.isArray(x)',
};

/** Kinds whose every value is right once they are chosen. */
const TOLD: ReadonlySet<BuiltinName> = new Set(['str', 'bool', 'null', 'any']);

export function alternateTest(type: AlternateType, scope: ModuleScope): AlternateTestView {
  const kinds = type.alternatives.map((alternative) => kindOf(alternative.type, scope));
  scope.use('wrong');
  return {
    partial: 'validator-alternate',
    fits: scope.local(type).fits,
    recursive: scope.isRecursive(type),
    arms: type.alternatives.map((alternative) => armOf(alternative, type, scope)),
    expected: `{ anyOf: [${[...new Set(kinds)].map(stringLiteral).join(', ')}] }`,
  };
}

function armOf({ type }: Alternative, owner: AlternateType, scope: ModuleScope): ArmView {
  const kind = kindOf(type, scope);
  const when = kind === 'object' ? `${scope.use('isObject')}(x)` : WHEN[kind];
  if (type.kind === 'builtin' && TOLD.has(type.name)) return { when, nested: null, leaf: null };
  const leaf = scope.leaf(type, { access: 'x', key: 'null' });
  if (leaf !== null) return { when, nested: null, leaf };
  return { when, nested: scope.call(type, owner.name, kind === 'array'), leaf: null };
}

function kindOf(ref: TypeRef, scope: ModuleScope): JsonKind {
  if (ref.kind === 'array') return 'array';
  if (ref.kind === 'named') return scope.type(ref.name).kind === 'enum' ? 'string' : 'object';
  if (ref.name === 'str') return 'string';
  if (ref.name === 'bool' || ref.name === 'null') return ref.name;
  return ref.name === 'any' ? 'object' : 'number';
}
