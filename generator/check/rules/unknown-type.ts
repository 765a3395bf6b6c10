import type { TypeNode } from '../../schema/nodes.js';
import { ownMembers } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** Every type that is named exists. Those of branches, base and data are looked up where those are checked. */
export const unknownType: DefinitionRule = {
  code: 'unknown-type',
  check(node, context) {
    const role = node.kind === 'alternate' ? 'branch' : 'member';
    for (const { name, type } of ownMembers(node)) {
      if (type.kind !== 'array') context.resolves(node, `${role} '${name}'`, type);
    }
  },
};

/** Arrays are types of their own, which QEMU checks before the definition that first uses them. */
export const unknownElementType: DefinitionRule = {
  code: 'unknown-type',
  check(node, context) {
    const check = (what: string, type: TypeNode | null) => {
      if (type?.kind === 'array') context.resolves(node, what, type);
    };
    for (const { name, type } of ownMembers(node)) check(`the array '${name}'`, type);
    if (node.kind === 'command') check("the array 'returns'", node.returns);
  },
};
