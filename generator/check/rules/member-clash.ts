import type { DefinitionNode, MemberNode } from '../../schema/nodes.js';
import { cName } from '../c-name.js';
import type { CheckContext } from '../context.js';
import type { Level } from '../member-table.js';
import { ownMembers } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** An object has each member once, those of its bases included. */
export const memberClash: DefinitionRule = {
  code: 'member-clash',
  check(node, context) {
    if (node.kind === 'enum' || node.kind === 'alternate') return;
    const first = new Set<string>();
    for (const member of ownMembers(node)) {
      if (first.has(member.name)) {
        const message = `member '${member.name}' is given twice, optional and mandatory`;
        context.report(node, 'member-clash', message, member.span);
      }
      first.add(member.name);
    }
    if (node.kind !== 'struct') return;
    for (const base of context.members.chain(node).slice(1)) {
      reportClashes(node, node.members, context.members.level(base), context);
    }
  },
};

/** Reports the members that `level` has too. */
export function reportClashes(
  node: DefinitionNode,
  members: Iterable<MemberNode>,
  level: Level,
  context: CheckContext,
  at?: MemberNode,
): void {
  for (const member of members) {
    const other = level.members.get(cName(member.name));
    if (other === undefined) continue;
    const same = other.name === member.name;
    const whose = at === undefined ? '' : `of branch '${at.name}' `;
    context.report(
      node,
      same ? 'member-clash' : 'c-name-clash',
      same
        ? `member '${member.name}' ${whose}clashes with the one of ${level.owner}`
        : `member '${member.name}' ${whose}is the same in C as '${other.name}' of ${level.owner}`,
      (at ?? member).span,
      [
        ...(at === undefined ? [] : [{ message: `'${member.name}' is here`, at: member.span }]),
        { message: `the other '${other.name}' is here`, at: other.span },
      ],
    );
  }
}
