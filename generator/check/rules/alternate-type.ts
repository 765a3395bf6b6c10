import type { DefinitionRule } from '../rule.js';
import { jsonKind } from './json-kind.js';

/** Which branch of an alternate a value is shows in its JSON type: 'any' and alternates have none. */
export const alternateType: DefinitionRule = {
  code: 'alternate-type',
  check(node, context) {
    if (node.kind !== 'alternate') return;
    for (const { name, type } of node.alternatives) {
      if (type.kind !== 'name' || context.type(type.name) === undefined) continue;
      if (jsonKind(type, context) !== null) continue;
      const message = `branch '${name}' cannot be of '${type.name}', which has no JSON type of its own`;
      context.report(node, 'alternate-type', message, type.span);
    }
  },
};
