import { describe } from '../context.js';
import { isInline } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** A base is a struct. */
export const baseNotStruct: DefinitionRule = {
  code: 'base-not-struct',
  check(node, context) {
    if (node.kind !== 'struct' && node.kind !== 'union') return;
    const { base } = node;
    if (base === null || isInline(base)) return;
    const { value: name, span } = base;
    if (!context.resolves(node, "'base'", { kind: 'name', name, span })) return;
    const symbol = context.type(name);
    if (symbol === undefined || (symbol.kind === 'type' && symbol.node.kind === 'struct')) return;
    const message = `'base' names a struct, but this is ${describe(symbol, name)}`;
    const related =
      symbol.kind === 'type' ? [{ message: 'defined here', at: symbol.node.nameSpan }] : [];
    context.report(node, 'base-not-struct', message, span, related);
  },
};
