import type { MemberNode, TypeNode } from '../../schema/nodes.js';
import type { CheckContext } from '../context.js';
import type { DefinitionRule } from '../rule.js';
import { jsonKind } from './json-kind.js';

/**
 * Where QEMU reads options from text it cannot tell a string from a number or boolean. On the wire
 * they differ, and schemas up to 2.9 have such alternates.
 */
export const alternateConflict: DefinitionRule = {
  code: 'alternate-conflict',
  check(node, context) {
    if (node.kind !== 'alternate') return;
    const text = node.alternatives.find(({ type }) => jsonKind(type, context) === 'string');
    if (text === undefined) return;
    for (const other of node.alternatives) {
      const kind = jsonKind(other.type, context);
      if (kind !== 'number' && kind !== 'boolean') continue;
      if (!looksLike(text.type, kind, context)) continue;
      const [late, early] = order(node.alternatives, text, other);
      const message = `branch '${late.name}' cannot be told from '${early.name}' in text: a string can look like a ${kind}`;
      context.report(node, 'alternate-conflict', message, late.span, [
        { message: `'${early.name}' is here`, at: early.span },
      ]);
    }
  },
};

function order(all: readonly MemberNode[], a: MemberNode, b: MemberNode) {
  return all.indexOf(a) > all.indexOf(b) ? ([a, b] as const) : ([b, a] as const);
}

/** Any string can look like a number or boolean; an enum's value when it is written like one. */
function looksLike(type: TypeNode, kind: 'number' | 'boolean', context: CheckContext): boolean {
  const symbol = type.kind === 'name' ? context.type(type.name) : undefined;
  if (symbol?.kind !== 'type' || symbol.node.kind !== 'enum') return symbol?.kind !== 'qtype';
  return symbol.node.values.some(({ name }) =>
    kind === 'boolean' ? name === 'on' || name === 'off' : /^[-+0-9.]/.test(name),
  );
}
