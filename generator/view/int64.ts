/**
 * What 64-bit integers are in TypeScript.
 * exact: a number where that is safe, else a bigint. number: an unsafe value is an error.
 * bigint: every one is a bigint.
 */
export type Int64Mapping = 'exact' | 'number' | 'bigint';

export interface Int64View {
  /** The type of the aliases `Int64`, `UInt64` and `Size`. */
  readonly type: string;
  /** A sentence on what values it has. */
  readonly note: string;
}

const VIEWS: Readonly<Record<Int64Mapping, Int64View>> = {
  exact: {
    type: 'number | bigint',
    note:
      'A safe integer is received as a number, any other as a bigint; both are sent exactly.' +
      ' Beyond 2^53 JavaScript rounds what it calculates with numbers: use bigints.',
  },
  number: {
    type: 'number',
    note: 'One that a number cannot hold exactly is an error, sent or received.',
  },
  bigint: { type: 'bigint', note: 'Always a bigint.' },
};

export function int64View(mapping: Int64Mapping): Int64View {
  return VIEWS[mapping];
}
