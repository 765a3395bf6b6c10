import type { BuiltinName } from '../../ir/types.js';
import type { TypeNode } from '../../schema/nodes.js';
import type { CheckContext } from '../context.js';

export type JsonKind = 'null' | 'string' | 'number' | 'boolean' | 'array' | 'object';

const BUILTIN_KINDS: { readonly [B in BuiltinName]: JsonKind | null } = {
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
  any: null,
};

/** What a type is in JSON; null when that is not one thing, or the type is unknown. */
export function jsonKind(type: TypeNode, context: CheckContext): JsonKind | null {
  if (type.kind === 'array') return 'array';
  if (type.kind === 'inline') return 'object';
  const symbol = context.type(type.name);
  switch (symbol?.kind) {
    case 'builtin':
      return BUILTIN_KINDS[symbol.name];
    case 'qtype':
      return 'string';
    case 'type':
      if (symbol.node.kind === 'enum') return 'string';
      return symbol.node.kind === 'alternate' ? null : 'object';
    default:
      return null;
  }
}
