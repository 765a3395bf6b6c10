import type { DefinitionNode } from '../../schema/nodes.js';
import type { CheckContext } from '../context.js';
import type { SchemaRule } from '../rule.js';

/** Types that a schema implies have names too, which its definitions must leave free. */
export const implicitNameClash: SchemaRule = {
  code: 'implicit-name-clash',
  check(nodes, context) {
    for (const node of nodes) {
      if (node.name.startsWith('q_obj_')) {
        const message = `names that begin with 'q_obj_' are for types that the schema implies`;
        context.report(node, 'implicit-name-clash', message, node.nameSpan);
      }
      for (const [name, what] of impliedNames(node, context)) {
        const other = context.symbols.definition(name);
        if (other === undefined) continue;
        const message = `${what} is the type '${name}', which the schema defines as something else`;
        context.report(node, 'implicit-name-clash', message, node.nameSpan, [
          { message: 'defined here', at: other.nameSpan },
        ]);
      }
    }
  },
};

/** What unions of the old kinds imply: an enum of their branches' names, and wrappers by type. */
function impliedNames(node: DefinitionNode, context: CheckContext): [string, string][] {
  if (node.kind !== 'union' || context.strict) return [];
  const { discriminator } = node;
  const tag = discriminator === null ? null : context.members.find(node, discriminator.value);
  const type = tag?.member.type;
  if (discriminator !== null && !(type?.kind === 'name' && type.name === 'str')) return [];
  const names: [string, string][] = [[`${node.name}Kind`, 'the discriminator of this union']];
  if (discriminator !== null) return names;
  for (const branch of node.branches) {
    if (branch.type.kind !== 'array') continue;
    names.push([`${branch.type.name}List`, `the array that branch '${branch.name}' holds`]);
  }
  return names;
}
