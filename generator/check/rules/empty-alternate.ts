import type { DefinitionRule } from '../rule.js';

/** A value must be able to match. */
export const emptyAlternate: DefinitionRule = {
  code: 'empty-alternate',
  check(node, context) {
    if (node.kind !== 'alternate' || node.malformed || node.alternatives.length > 0) return;
    context.report(node, 'empty-alternate', 'an alternate has at least one branch', node.nameSpan);
  },
};
