import { isInline } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** What is boxed is one argument of a named type. */
export const boxedData: DefinitionRule = {
  code: 'boxed-data',
  check(node, context) {
    if ((node.kind !== 'command' && node.kind !== 'event') || !node.boxed) return;
    if (node.data !== null && !isInline(node.data)) return;
    const message =
      node.data === null
        ? `${node.kind} is 'boxed' but has no 'data'`
        : `${node.kind} is 'boxed': its 'data' is the name of a type, not members`;
    context.report(node, 'boxed-data', message, node.nameSpan);
  },
};
