import type { DefinitionNode, FeatureNode } from '../../schema/nodes.js';
import { cName } from '../c-name.js';
import type { CheckContext } from '../context.js';
import { ownMembers } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** A definition has a feature once. */
export const duplicateFeature: DefinitionRule = {
  code: 'duplicate-feature',
  check(node, context) {
    checkList(node, node.features, context);
  },
};

/** A member has a feature once. Enum values are not looked at: QEMU does not either. */
export const duplicateMemberFeature: DefinitionRule = {
  code: 'duplicate-feature',
  check(node, context) {
    for (const member of ownMembers(node)) checkList(node, member.features, context);
  },
};

function checkList(
  node: DefinitionNode,
  features: readonly FeatureNode[],
  context: CheckContext,
): void {
  if (features.length < 2) return;
  const first = new Map<string, FeatureNode>();
  for (const feature of features) {
    const key = cName(feature.name);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, feature);
      continue;
    }
    const message =
      earlier.name === feature.name
        ? `feature '${feature.name}' is given twice`
        : `feature '${feature.name}' is the same in C as feature '${earlier.name}'`;
    context.report(node, 'duplicate-feature', message, feature.span, [
      { message: 'first here', at: earlier.span },
    ]);
  }
}
