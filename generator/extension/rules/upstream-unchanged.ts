import { headOf } from '../model.js';
import type { ExtensionRule } from './rule.js';

/** What upstream defines stays as it is: an extension replaces and removes nothing. */
export const upstreamUnchanged: ExtensionRule = ({ extension, report }) => {
  const does = (what: string, items: typeof extension.removals): void => {
    for (const { node } of items) {
      const name = headOf(node)?.name.value ?? '';
      const message = `an extension ${what} nothing of upstream's, such as '${name}' (an overlay may)`;
      report('extension-changes-upstream', message, node.span);
    }
  };
  does('replaces', extension.replacements);
  does('removes', extension.removals);
};
