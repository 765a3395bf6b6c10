import { describe } from '../context.js';
import { isInline } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** The arguments of a command and the data of an event are an object. */
export const dataType: DefinitionRule = {
  code: 'data-type',
  check(node, context) {
    if (node.kind !== 'command' && node.kind !== 'event') return;
    if (node.data === null || isInline(node.data)) return;
    const { value: name, span } = node.data;
    if (!context.resolves(node, "'data'", { kind: 'name', name, span })) return;
    if (context.object(name) !== undefined) return;
    const symbol = context.type(name);
    if (symbol === undefined) return;
    const message = `'data' names a struct or union, but this is ${describe(symbol, name)}`;
    context.report(node, 'data-type', message, span);
  },
};
