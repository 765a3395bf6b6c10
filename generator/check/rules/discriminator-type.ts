import { describe } from '../context.js';
import type { DefinitionRule } from '../rule.js';

/** The discriminator's type is an enum, or a string up to 2.0. */
export const discriminatorType: DefinitionRule = {
  code: 'discriminator-type',
  check(node, context) {
    if (node.kind !== 'union' || node.discriminator === null) return;
    const tag = context.members.find(node, node.discriminator.value)?.member;
    if (tag === undefined) return;
    let what: string;
    if (tag.type.kind === 'name') {
      const { name } = tag.type;
      const symbol = context.type(name);
      // An unknown type is reported where it stands.
      if (symbol === undefined || symbol.kind === 'qtype') return;
      if (symbol.kind === 'type' && symbol.node.kind === 'enum') return;
      if (symbol.kind === 'builtin' && name === 'str' && !context.strict) return;
      what = describe(symbol, name);
    } else what = tag.type.kind === 'array' ? 'an array' : 'a struct';
    const message = `discriminator '${tag.name}' must be of an enum type, but is of ${what}`;
    context.report(node, 'discriminator-type', message, node.discriminator.span, [
      { message: 'the member', at: tag.span },
    ]);
  },
};
