import type { DefinitionNode } from '../../schema/nodes.js';
import type { CheckContext } from '../context.js';
import { isInline, ownMembers } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** Only boxed data can have conditional members: the parameter list would depend on the build. */
export const unboxedConditional: DefinitionRule = {
  code: 'unboxed-conditional',
  check(node, context) {
    if ((node.kind !== 'command' && node.kind !== 'event') || node.boxed) return;
    for (const level of argumentLevels(node.data, node, context)) {
      const member = ownMembers(level).find(({ condition }) => condition !== null);
      if (member === undefined) continue;
      const message = `'${member.name}' is conditional: that needs 'boxed': true`;
      context.report(node, 'unboxed-conditional', message, member.span);
      return;
    }
  },
};

function argumentLevels(
  data: Extract<DefinitionNode, { kind: 'command' }>['data'],
  node: DefinitionNode,
  context: CheckContext,
): readonly DefinitionNode[] {
  if (data === null) return [];
  if (isInline(data)) return [node];
  const object = context.object(data.value);
  return object === undefined ? [] : context.members.common(object);
}
