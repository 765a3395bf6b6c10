import { cName } from '../c-name.js';
import type { Named } from '../names.js';
import type { NameRule } from '../rule.js';

/** Names that QEMU's generator makes itself, in C: `q_…`, `FooList`, `u` and `has_…`. */
export const reservedName: NameRule = {
  code: 'reserved-name',
  check(named, context) {
    const why = reason(named);
    if (why === null) return;
    const { role, name, span, head } = named;
    context.report(
      head,
      'reserved-name',
      `the name of ${role} '${name}' is reserved: ${why}`,
      span,
    );
  },
};

function reason({ role, name }: Named): string | null {
  const inC = cName(name);
  if (inC.startsWith('q_')) return "names do not begin with 'q_' or 'q-'";
  switch (role) {
    case 'enum':
    case 'struct':
    case 'union':
    case 'alternate':
      return name.endsWith('List') ? "names that end in 'List' are for array types" : null;
    case 'member':
      if (inC === 'u') return "'u' is for the branches of unions";
      return inC.startsWith('has_') ? "'has-…' is for optional members" : null;
    default:
      return null;
  }
}
