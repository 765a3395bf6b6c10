import type { BuiltinName } from '../ir/types.js';
import type { Direction } from '../view/reach.js';

/** From the narrowest to the widest, first by the type in TypeScript, then by range. */
const NUMBERS: readonly BuiltinName[] = [
  ...(['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'int'] as const),
  ...(['int64', 'uint64', 'size', 'number'] as const),
];

/**
 * The numeric type that holds for both: the narrower for what is sent, the wider for what is
 * received. A number that is no integer, beside integers of 64 bits, is not told apart further.
 */
export function commonNumber(a: BuiltinName, b: BuiltinName, direction: Direction): BuiltinName {
  const wider = NUMBERS.indexOf(a) > NUMBERS.indexOf(b) ? a : b;
  const narrower = wider === a ? b : a;
  if (direction === 'sent') return narrower;
  const isWide = ['int64', 'uint64', 'size'].includes(narrower);
  return wider === 'number' && isWide ? 'any' : wider;
}
