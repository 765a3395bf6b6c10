import type { NameRule } from '../rule.js';

/** Anything else than letters, digits and `_ - .` is no name in any dialect. */
export const invalidName: NameRule = {
  code: 'invalid-name',
  check({ role, name, span, head }, context) {
    if (/^[A-Za-z0-9_.-]+$/.test(name)) return;
    const message =
      name === ''
        ? `the name of this ${role} is empty`
        : `'${name}' cannot be the name of this ${role}: names hold letters, digits, '-' and '_'`;
    context.report(head, 'invalid-name', message, span);
  },
};
