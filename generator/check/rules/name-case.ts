import { type NameRole, stemOf } from '../names.js';
import type { NameRule } from '../rule.js';

type Style = 'camel' | 'lower' | 'upper';

const STYLES: { readonly [R in NameRole]: Style } = {
  enum: 'camel',
  struct: 'camel',
  union: 'camel',
  alternate: 'camel',
  command: 'lower',
  event: 'upper',
  member: 'lower',
  value: 'lower',
  alternative: 'lower',
  feature: 'lower',
};

/** Types are CamelCase, events UPPER_CASE, everything else lower-case with hyphens. */
export const nameCase: NameRule = {
  code: 'name-case',
  check(named, context) {
    const stem = stemOf(named);
    if (stem === null) return;
    const { role, name, span, head, exempt } = named;
    const report = (wanted: string) =>
      context.report(head, 'name-case', `the name of ${role} '${name}' ${wanted}`, span);
    switch (STYLES[role]) {
      case 'camel':
        if (!/^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(stem)) report('is not in CamelCase');
        break;
      case 'upper':
        if (/[a-z-]/.test(stem)) report("has lower-case letters or '-' (events are UPPER_CASE)");
        break;
      case 'lower':
        // A command's exemption covers underscores alone.
        if (/[A-Z]/.test(stem) && (!exempt || role === 'command')) {
          report(`has upper-case letters${pragmaHint(role)}`);
        } else if (stem.includes('_') && !exempt) {
          report(`has '_' where '-' belongs${pragmaHint(role, true)}`);
        }
        break;
    }
  },
};

function pragmaHint(role: NameRole, underscore = false): string {
  if (role === 'command') {
    return underscore ? " (pragma 'command-name-exceptions' permits it)" : '';
  }
  return role === 'member' || role === 'value'
    ? " (pragma 'member-name-exceptions' permits it for a type)"
    : '';
}
