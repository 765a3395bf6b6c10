import type { DefinitionNode } from '../../schema/nodes.js';
import { QTYPE_VALUES } from '../../schema/symbols.js';
import type { CheckContext } from '../context.js';

/** The values a union's discriminator can have; null when they are not known. */
export function discriminatorValues(
  node: DefinitionNode,
  context: CheckContext,
): ReadonlySet<string> | null {
  if (node.kind !== 'union' || node.discriminator === null) return null;
  const type = context.members.find(node, node.discriminator.value)?.member.type;
  if (type?.kind !== 'name') return null;
  const symbol = context.type(type.name);
  if (symbol?.kind === 'qtype') return new Set(QTYPE_VALUES);
  if (symbol?.kind !== 'type' || symbol.node.kind !== 'enum' || symbol.node.malformed) return null;
  return context.enumValues(symbol.node);
}
