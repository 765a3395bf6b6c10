import type { DefinitionNode, FeatureNode } from '../../schema/nodes.js';
import { ownParts } from '../names.js';
import type { SchemaRule } from '../rule.js';

/** QEMU keeps a schema's features as bits of one integer. */
const LIMIT = 64;
/** Every schema has these, used or not. */
const SPECIAL = ['deprecated', 'unstable'];

/** A schema has so many features, by their names. */
export const tooManyFeatures: SchemaRule = {
  code: 'too-many-features',
  check(nodes, context) {
    const names = new Set(SPECIAL);
    for (const node of nodes) {
      for (const { name, span } of featuresIn(node)) {
        names.add(name);
        if (names.size <= LIMIT) continue;
        const message = `'${name}' is one feature more than the ${LIMIT} a schema has room for, with '${SPECIAL.join("' and '")}'`;
        context.report(node, 'too-many-features', message, span);
        return;
      }
    }
  },
};

function featuresIn(node: DefinitionNode): readonly FeatureNode[] {
  const parts = ownParts(node).filter(({ features }) => features.length > 0);
  if (parts.length === 0) return node.features;
  return [node, ...parts].flatMap(({ features }) => features);
}
