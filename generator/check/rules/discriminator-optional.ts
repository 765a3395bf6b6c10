import type { DefinitionRule } from '../rule.js';

/** Without the discriminator there is no telling which branch it is. */
export const discriminatorOptional: DefinitionRule = {
  code: 'discriminator-optional',
  check(node, context) {
    if (node.kind !== 'union' || node.discriminator === null) return;
    const tag = context.members.find(node, node.discriminator.value)?.member;
    if (!tag?.optional) return;
    const message = `discriminator '${tag.name}' must not be optional`;
    context.report(node, 'discriminator-optional', message, node.discriminator.span, [
      { message: 'the member', at: tag.span },
    ]);
  },
};
