import { type JsonKind as AnyJsonKind, JSON_KINDS } from '../../ir/json-kind.js';
import type { TypeNode } from '../../schema/nodes.js';
import type { CheckContext } from '../context.js';

export type JsonKind = Exclude<AnyJsonKind, 'any'>;

/** What a type is in JSON; null when that is not one thing, or the type is unknown. */
export function jsonKind(type: TypeNode, context: CheckContext): JsonKind | null {
  if (type.kind === 'array') return 'array';
  if (type.kind === 'inline') return 'object';
  const symbol = context.type(type.name);
  switch (symbol?.kind) {
    case 'builtin':
      return known(JSON_KINDS[symbol.name]);
    case 'qtype':
      return 'string';
    case 'type':
      if (symbol.node.kind === 'enum') return 'string';
      return symbol.node.kind === 'alternate' ? null : 'object';
    default:
      return null;
  }
}

function known(kind: AnyJsonKind): JsonKind | null {
  return kind === 'any' ? null : kind;
}
