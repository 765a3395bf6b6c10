import type { ExtensionRule } from './rule.js';

/** Every name that the protocol shows begins with two underscores: upstream never takes such ones. */
export const downstreamName: ExtensionRule = ({ names, report }) => {
  for (const { what, name, span } of names) {
    if (name.startsWith('__')) continue;
    if (what === 'type') {
      const message = `type '${name}' has a plain name, which upstream may take some day`;
      report('extension-type-name', message, span);
    } else {
      report('extension-name', `${what} '${name}' does not begin with '__'`, span);
    }
  }
};
