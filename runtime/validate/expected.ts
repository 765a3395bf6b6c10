/** What was wanted at a place: a kind of value by name, the values themselves, or one of several kinds. */
export type Expected =
  | ExpectedName
  | readonly string[]
  | { readonly anyOf: readonly ExpectedName[] };

const WORDS = {
  any: 'a value',
  array: 'an array',
  bigint: 'a bigint from -2^63 to 2^63-1',
  'bigint-unsigned': 'a bigint from 0 to 2^64-1',
  bool: 'true or false',
  int: 'an integer from -2^63 to 2^63-1, a bigint beyond 2^53',
  int8: 'an integer from -128 to 127',
  int16: 'an integer from -32768 to 32767',
  int32: 'an integer from -2147483648 to 2147483647',
  int64: 'an integer from -2^63 to 2^63-1, a bigint beyond 2^53',
  null: 'null',
  number: 'a finite number',
  object: 'an object',
  safe: 'an integer from -(2^53-1) to 2^53-1',
  shallow: 'at most 1,024 levels of nesting',
  string: 'a string',
  uint8: 'an integer from 0 to 255',
  uint16: 'an integer from 0 to 65535',
  uint32: 'an integer from 0 to 4294967295',
  uint64: 'an integer from 0 to 2^64-1, a bigint beyond 2^53',
} as const;

export type ExpectedName = keyof typeof WORDS;

/** Values listed in one message. */
const LISTED = 12;

export function expectedWords(expected: Expected): string {
  if (typeof expected === 'string') return WORDS[expected];
  if ('anyOf' in expected) return expected.anyOf.map((name) => WORDS[name]).join(' or ');
  const listed = expected.slice(0, LISTED).map(quoted).join(', ');
  const more = expected.length - LISTED;
  return `${expected.length === 1 ? '' : 'one of '}${listed}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A value in a few words, safe to print: text is quoted, cut and free of control characters. */
export function foundWords(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return quoted(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object';
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

const CUT = 80;

export function quoted(text: string): string {
  const cut = text.length > CUT ? `${text.slice(0, CUT)}…` : text;
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
