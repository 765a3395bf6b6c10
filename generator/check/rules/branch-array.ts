import type { DefinitionRule } from '../rule.js';

/** A branch adds members to the object, which an array has none of. Simple unions wrap theirs. */
export const branchArray: DefinitionRule = {
  code: 'branch-array',
  check(node, context) {
    if (node.kind !== 'union' || node.discriminator === null) return;
    for (const { name, type } of node.branches) {
      if (type.kind !== 'array') continue;
      const message = `branch '${name}' is an array: branches are structs or unions`;
      context.report(node, 'branch-array', message, type.span);
    }
  },
};
