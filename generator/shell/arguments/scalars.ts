import type { BuiltinName } from '../../ir/types.js';
import { exactInteger, guess } from './guess.js';
import { jsonOf, type ValueNode } from './nodes.js';

/** A value of a built-in type, or what is expected in its place. */
export type Scalar = { readonly value: unknown } | { readonly expected: string };

const READERS: { readonly [N in BuiltinName]: (node: ValueNode) => Scalar } = {
  str: readText,
  number: readNumber,
  int: (node) => readInteger('int', node),
  int8: (node) => readInteger('int8', node),
  int16: (node) => readInteger('int16', node),
  int32: (node) => readInteger('int32', node),
  int64: (node) => readInteger('int64', node),
  uint8: (node) => readInteger('uint8', node),
  uint16: (node) => readInteger('uint16', node),
  uint32: (node) => readInteger('uint32', node),
  uint64: (node) => readInteger('uint64', node),
  size: (node) => readInteger('size', node),
  bool: readBoolean,
  null: readNull,
  any: (node) => ({ value: isBareNull(node) ? null : guess(node) }),
};

export function readScalar(name: BuiltinName, node: ValueNode): Scalar {
  return READERS[name](node);
}

/** A text stays one, whatever it looks like. */
function readText(node: ValueNode): Scalar {
  if (node.kind === 'word') return { value: node.text };
  return node.kind === 'string' ? { value: node.value } : { expected: 'text' };
}

type IntegerName = Extract<BuiltinName, `int${string}` | `uint${string}` | 'size'>;

const RANGES: { readonly [N in IntegerName]: readonly [bigint, bigint] } = {
  int: [-(2n ** 63n), 2n ** 63n - 1n],
  int8: [-128n, 127n],
  int16: [-32768n, 32767n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n],
  uint16: [0n, 65535n],
  uint32: [0n, 2n ** 32n - 1n],
  // QEMU takes negative ones too, as their two's complement.
  uint64: [-(2n ** 63n), 2n ** 64n - 1n],
  size: [-(2n ** 63n), 2n ** 64n - 1n],
};

function readInteger(name: IntegerName, node: ValueNode): Scalar {
  const [least, most] = RANGES[name];
  const wide = most > 2n ** 62n;
  const expected = `an integer${wide ? '' : ` from ${least} to ${most}`}`;
  const value = integerOf(node, wide);
  if (value === null) return { expected };
  if (value >= least && value <= most) return { value: exactInteger(value) };
  return { expected: wide ? `an integer from ${least} to ${most}` : expected };
}

function integerOf(node: ValueNode, wide: boolean): bigint | null {
  if (node.kind === 'number') {
    return typeof node.value === 'bigint' || Number.isInteger(node.value)
      ? BigInt(node.value)
      : null;
  }
  if (node.kind !== 'word' || node.text.length > 40) return null;
  const { text } = node;
  const [, sign, digits] = /^([+-]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(text) ?? [];
  if (digits !== undefined) return sign === '-' ? -BigInt(digits) : BigInt(digits);
  return wide ? sizeOf(text) : null;
}

const UNITS = 'bkmgtpe';

/** A size with a unit as QEMU's command line has them: 1.5G is 1.5 × 2^30. */
function sizeOf(text: string): bigint | null {
  const [, whole, fraction = '', unit] = /^(\d+)(?:\.(\d{1,9}))?([bkmgtpe])$/i.exec(text) ?? [];
  if (whole === undefined || unit === undefined) return null;
  const scale = 1024n ** BigInt(UNITS.indexOf(unit.toLowerCase()));
  const parts = BigInt(`${whole}${fraction}`) * scale;
  const divisor = 10n ** BigInt(fraction.length);
  return parts % divisor === 0n || scale > divisor ? parts / divisor : null;
}

function readNumber(node: ValueNode): Scalar {
  if (node.kind === 'number') return { value: node.value };
  const text = node.kind === 'word' ? node.text : '';
  if (/^[+-]?\d{1,400}$/.test(text)) {
    return { value: exactInteger(BigInt(text.replace(/^\+/, ''))) };
  }
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? { value } : { expected: 'a number' };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['yes', true],
  ['y', true],
  ['off', false],
  ['false', false],
  ['no', false],
  ['n', false],
]);

function readBoolean(node: ValueNode): Scalar {
  if (node.kind === 'boolean') return { value: node.value };
  const value = node.kind === 'word' ? BOOLEANS.get(node.text.toLowerCase()) : undefined;
  return value === undefined ? { expected: 'on or off' } : { value };
}

function readNull(node: ValueNode): Scalar {
  const isNull = jsonOf(node)?.kind === 'null' || isBareNull(node);
  return isNull ? { value: null } : { expected: 'null' };
}

const isBareNull = (node: ValueNode) => node.kind === 'word' && node.text === 'null';
