import type { MemberNode } from '../../schema/nodes.js';
import type { DefinitionRule } from '../rule.js';
import { type JsonKind, jsonKind } from './json-kind.js';

/** No two branches of an alternate are the same JSON type. */
export const alternateAmbiguous: DefinitionRule = {
  code: 'alternate-ambiguous',
  check(node, context) {
    if (node.kind !== 'alternate') return;
    const first = new Map<JsonKind, MemberNode>();
    for (const alternative of node.alternatives) {
      const kind = jsonKind(alternative.type, context);
      if (kind === null) continue;
      const earlier = first.get(kind);
      if (earlier === undefined) {
        first.set(kind, alternative);
        continue;
      }
      const article = kind === 'array' || kind === 'object' ? 'an' : 'a';
      const message = `branch '${alternative.name}' cannot be told from '${earlier.name}': both are ${article} ${kind}`;
      context.report(node, 'alternate-ambiguous', message, alternative.span, [
        { message: `'${earlier.name}' is here`, at: earlier.span },
      ]);
    }
  },
};
