import type { DefinitionRule } from '../rule.js';

/** The discriminator is there in every build. */
export const discriminatorConditional: DefinitionRule = {
  code: 'discriminator-conditional',
  check(node, context) {
    if (node.kind !== 'union' || node.discriminator === null) return;
    const tag = context.members.find(node, node.discriminator.value)?.member;
    if (tag === undefined || tag.condition === null) return;
    const message = `discriminator '${tag.name}' must not be conditional`;
    context.report(node, 'discriminator-conditional', message, node.discriminator.span, [
      { message: 'the member', at: tag.span },
    ]);
  },
};
