import type { DefinitionNode } from '../../schema/nodes.js';
import { labelOf } from '../../schema/nodes.js';
import { QTYPE } from '../../schema/symbols.js';
import type { SchemaRule } from '../rule.js';

/** Types, commands and events share one name space, built-in types included. */
export const duplicateDefinition: SchemaRule = {
  code: 'duplicate-definition',
  check(nodes, context) {
    const first = new Map<string, DefinitionNode>();
    for (const node of nodes) {
      const earlier = first.get(node.name);
      if (earlier !== undefined) {
        context.report(
          node,
          'duplicate-definition',
          `'${node.name}' is defined already, as ${labelOf(earlier)}`,
          node.nameSpan,
          [{ message: 'first defined here', at: earlier.nameSpan }],
        );
        continue;
      }
      first.set(node.name, node);
      // Schemas up to 2.5 define QType themselves.
      if (context.symbols.isBuiltin(node.name) || (node.name === QTYPE && context.strict)) {
        const message = `'${node.name}' is defined already: every schema has it built in`;
        context.report(node, 'duplicate-definition', message, node.nameSpan);
      }
    }
  },
};
