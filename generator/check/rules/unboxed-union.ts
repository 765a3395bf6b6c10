import { isInline } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** Only boxed data can be a union: QEMU's generator has no parameter list for one. */
export const unboxedUnion: DefinitionRule = {
  code: 'unboxed-union',
  check(node, context) {
    if ((node.kind !== 'command' && node.kind !== 'event') || node.boxed) return;
    if (node.data === null || isInline(node.data)) return;
    const { value: name, span } = node.data;
    if (context.object(name)?.kind !== 'union') return;
    const message = `'data' is the union '${name}', which needs 'boxed': true`;
    context.report(node, 'unboxed-union', message, span);
  },
};
