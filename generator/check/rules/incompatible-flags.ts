import type { DefinitionRule } from '../rule.js';

/** Out-of-band commands do not run in coroutines. */
export const incompatibleFlags: DefinitionRule = {
  code: 'incompatible-flags',
  check(node, context) {
    if (node.kind !== 'command' || !node.allowOob || !node.coroutine) return;
    context.report(
      node,
      'incompatible-flags',
      "flags 'allow-oob' and 'coroutine' exclude each other",
      node.nameSpan,
    );
  },
};
