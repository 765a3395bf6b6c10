import type { DefinitionRule } from '../rule.js';
import { discriminatorValues } from './discriminator-values.js';

/** A union has branches, named or those of enum values that add nothing. */
export const unionWithoutBranches: DefinitionRule = {
  code: 'union-without-branches',
  check(node, context) {
    if (node.kind !== 'union' || node.malformed || node.branches.length > 0) return;
    const { discriminator } = node;
    // Without the discriminator, which is reported, there is no telling.
    if (discriminator !== null && !context.members.find(node, discriminator.value)) return;
    if ((discriminatorValues(node, context)?.size ?? 0) > 0) return;
    context.report(node, 'union-without-branches', 'this union has no branches', node.nameSpan);
  },
};
