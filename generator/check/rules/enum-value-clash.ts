import type { EnumValueNode } from '../../schema/nodes.js';
import type { DefinitionRule } from '../rule.js';

/** The values of an enum differ. */
export const enumValueClash: DefinitionRule = {
  code: 'enum-value-clash',
  check(node, context) {
    if (node.kind !== 'enum') return;
    const first = new Map<string, EnumValueNode>();
    for (const value of node.values) {
      const earlier = first.get(value.name);
      if (earlier === undefined) {
        first.set(value.name, value);
        continue;
      }
      context.report(node, 'enum-value-clash', `value '${value.name}' is given twice`, value.span, [
        { message: 'first here', at: earlier.span },
      ]);
    }
  },
};
