import { didYouMean } from '../../diagnostics/closest.js';
import { isInline } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** The discriminator is a member of the base. */
export const discriminatorMissing: DefinitionRule = {
  code: 'discriminator-missing',
  check(node, context) {
    if (node.kind !== 'union' || node.discriminator === null) return;
    const { value: name, span } = node.discriminator;
    const levels = context.members.common(node);
    // A base that is none, or could not be read, was reported.
    if (levels.length === 0 && node.base !== null) return;
    if (levels.some((level) => level.malformed)) return;
    if (context.members.find(node, name) !== undefined) return;
    const names = levels.flatMap((level) =>
      [...context.members.level(level).members.values()].map((member) => member.name),
    );
    const base = node.base === null || isInline(node.base) ? "'base'" : `'${node.base.value}'`;
    const message = `discriminator '${name}' is no member of ${base}${didYouMean(name, names)}`;
    context.report(node, 'discriminator-missing', message, span);
  },
};
