import type { DefinitionRule } from '../rule.js';

const SPECIAL: ReadonlySet<string> = new Set(['deprecated', 'unstable']);

/** The features that QEMU acts on belong to commands, events, members and values. */
export const typeFeature: DefinitionRule = {
  code: 'type-feature',
  check(node, context) {
    if (node.kind === 'command' || node.kind === 'event') return;
    for (const { name, span } of node.features) {
      if (!SPECIAL.has(name)) continue;
      const message = `feature '${name}' has no meaning on a type: put it on what uses the type`;
      context.report(node, 'type-feature', message, span);
    }
  },
};
