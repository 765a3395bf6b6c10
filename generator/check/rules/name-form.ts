import { stemOf } from '../names.js';
import type { NameRule } from '../rule.js';

/** Names begin with a letter; those of downstreams with `__RFQDN_` before it. */
export const nameForm: NameRule = {
  code: 'name-form',
  check(named, context) {
    const { role, name, span, head } = named;
    if (!/^[A-Za-z0-9_.-]+$/.test(name) || stemOf(named) !== null) return;
    const message = name.startsWith('_')
      ? `${role} '${name}' begins with '_' without the downstream prefix '__RFQDN_'`
      : `${role} '${name}' does not have the form of a name: a letter, then letters, digits, '-' and '_'`;
    context.report(head, 'name-form', message, span);
  },
};
