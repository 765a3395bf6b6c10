import { describe } from '../context.js';
import type { BranchRule } from '../rule.js';

/** A branch is a struct or union, whose members the union then has. Simple unions take any type. */
export const branchType: BranchRule = {
  code: 'branch-type',
  check({ name, type }, union, context) {
    if (type.kind === 'inline') return;
    if (!context.resolves(union, `branch '${name}'`, type)) return;
    if (union.discriminator === null || type.kind === 'array') return;
    if (context.object(type.name) !== undefined) return;
    const symbol = context.type(type.name);
    if (symbol === undefined) return;
    const message = `branch '${name}' must be a struct or union, not ${describe(symbol, type.name)}`;
    context.report(union, 'branch-type', message, type.span);
  },
};
