import { describe } from '../context.js';
import type { DefinitionRule } from '../rule.js';

/** Commands return objects, or arrays of them, so that members can be added later. */
export const returnsType: DefinitionRule = {
  code: 'returns-type',
  check(node, context) {
    if (node.kind !== 'command' || node.returns === null || node.returns.kind === 'inline') return;
    const { kind, name, span } = node.returns;
    if (kind === 'name' && !context.resolves(node, "'returns'", node.returns)) return;
    const symbol = context.type(name);
    if (symbol === undefined || context.object(name) !== undefined) return;
    if (context.pragmas.commandReturnsExceptions.has(node.name)) return;
    const what = `${kind === 'array' ? 'an array of ' : ''}${describe(symbol, name)}`;
    const message = `command '${node.name}' returns ${what}, not an object, which could grow (pragma 'command-returns-exceptions' permits it)`;
    context.report(node, 'returns-type', message, span);
  },
};
