import type { BuiltinName } from '../../ir/types.js';
import type { Int64Mapping } from '../int64.js';
import type { Direction } from '../reach.js';
import type { RuntimeName } from './runtime-names.js';

/** A test that fits in an expression. */
export interface Leaf {
  /** Expression that holds when the value is right. */
  readonly good: string;
  /** Expression that holds when it is not. */
  readonly fails: string;
  /** What the runtime calls the kind of value that is wanted; an expression. */
  readonly expected: string;
}

/** Expressions for the place that is tested. */
export interface Place {
  /** Reads the value. */
  readonly access: string;
  /** The member's name or the element's index; `null` for the value as a whole. */
  readonly key: string;
}

type Use = (name: RuntimeName) => RuntimeName;

/** How a built-in type is tested: by an operator of the language, or a function of the runtime. */
type Test =
  | { readonly compare: (access: string) => readonly [good: string, fails: string] }
  /** `noting`: takes the findings and the key too. */
  | { readonly call: RuntimeName; readonly noting: boolean };

interface BuiltinTest {
  readonly test: Test;
  readonly expected: string;
}

const typeOf = (name: string): Test => ({
  compare: (access) => [`typeof ${access} === '${name}'`, `typeof ${access} !== '${name}'`],
});
const call = (name: RuntimeName, noting = false): Test => ({ call: name, noting });

const INT64: BuiltinTest = { test: call('isInt64'), expected: 'int64' };
const UINT64: BuiltinTest = { test: call('isUint64', true), expected: 'uint64' };
const SAFE: BuiltinTest = { test: call('isSafeInteger'), expected: 'safe' };
const BIGINT: BuiltinTest = { test: call('isBigInt64'), expected: 'bigint' };
const BIGUINT: BuiltinTest = { test: call('isBigUint64', true), expected: 'bigint-unsigned' };

const BUILTINS: Readonly<Record<BuiltinName, BuiltinTest>> = {
  str: { test: typeOf('string'), expected: 'string' },
  bool: { test: typeOf('boolean'), expected: 'bool' },
  null: {
    test: { compare: (access) => [`${access} === null`, `${access} !== null`] },
    expected: 'null',
  },
  any: {
    test: { compare: (access) => [`${access} !== undefined`, `${access} === undefined`] },
    expected: 'any',
  },
  number: { test: call('isNumber', true), expected: 'number' },
  int: { test: call('isInt', true), expected: 'int' },
  int8: { test: call('isInt8'), expected: 'int8' },
  int16: { test: call('isInt16'), expected: 'int16' },
  int32: { test: call('isInt32'), expected: 'int32' },
  int64: INT64,
  uint8: { test: call('isUint8'), expected: 'uint8' },
  uint16: { test: call('isUint16'), expected: 'uint16' },
  uint32: { test: call('isUint32'), expected: 'uint32' },
  uint64: UINT64,
  size: UINT64,
};

/** 64-bit types under the other mappings; what is received as bigint may not be converted yet. */
const MAPPED: Readonly<
  Record<
    Int64Mapping,
    Readonly<Record<Direction, Readonly<Partial<Record<BuiltinName, BuiltinTest>>>>>
  >
> = {
  exact: { sent: {}, received: {} },
  number: {
    sent: { int64: SAFE, uint64: SAFE, size: SAFE },
    received: { int64: SAFE, uint64: SAFE, size: SAFE },
  },
  bigint: { sent: { int64: BIGINT, uint64: BIGUINT, size: BIGUINT }, received: {} },
};

export function builtinLeaf(
  name: BuiltinName,
  direction: Direction,
  int64: Int64Mapping,
  { access, key }: Place,
  use: Use,
): Leaf {
  const { test, expected } = MAPPED[int64][direction][name] ?? BUILTINS[name];
  const quoted = `'${expected}'`;
  if ('compare' in test) {
    const [good, fails] = test.compare(access);
    return { good, fails, expected: quoted };
  }
  const good = `${use(test.call)}(${access}${test.noting ? `, f, ${key}` : ''})`;
  return { good, fails: `!${good}`, expected: quoted };
}
