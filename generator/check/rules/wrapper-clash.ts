import type { DefinitionRule } from '../rule.js';

/** A simple union has the members 'type' and 'data' of its own, which its base must leave free. */
export const wrapperClash: DefinitionRule = {
  code: 'wrapper-clash',
  check(node, context) {
    if (node.kind !== 'union' || node.discriminator !== null) return;
    for (const name of ['type', 'data']) {
      const found = context.members.find(node, name);
      if (found === undefined) continue;
      const message = `every simple union has a member '${name}', and so has ${found.level.owner}`;
      context.report(node, 'wrapper-clash', message, node.nameSpan, [
        { message: `'${name}' is here`, at: found.member.span },
      ]);
    }
  },
};
