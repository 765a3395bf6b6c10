import { didYouMean } from '../../diagnostics/closest.js';
import type { BranchRule } from '../rule.js';
import { discriminatorValues } from './discriminator-values.js';

/** A branch's name is a value of the discriminator. */
export const branchUnknownValue: BranchRule = {
  code: 'branch-unknown-value',
  check({ name, span }, union, context) {
    const values = discriminatorValues(union, context);
    if (values === null || values.has(name)) return;
    const tag = union.discriminator?.value ?? '';
    const message = `branch '${name}' is no value of discriminator '${tag}'${didYouMean(name, values)}`;
    const type = context.members.find(union, tag)?.member.type;
    const symbol = type?.kind === 'name' ? context.type(type.name) : undefined;
    const related =
      symbol?.kind === 'type' ? [{ message: 'the enum', at: symbol.node.nameSpan }] : [];
    context.report(union, 'branch-unknown-value', message, span, related);
  },
};
