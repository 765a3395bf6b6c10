import type { BuiltinName } from './types.js';

/** What kind of JSON value a built-in type is; alternatives of one type differ in it. */
export type JsonKind = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array' | 'any';

export const JSON_KINDS: Readonly<Record<BuiltinName, JsonKind>> = {
  str: 'string',
  number: 'number',
  int: 'number',
  int8: 'number',
  int16: 'number',
  int32: 'number',
  int64: 'number',
  uint8: 'number',
  uint16: 'number',
  uint32: 'number',
  uint64: 'number',
  size: 'number',
  bool: 'boolean',
  null: 'null',
  any: 'any',
};
