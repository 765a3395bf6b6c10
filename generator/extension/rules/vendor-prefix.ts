import { prefixOf } from '../model.js';
import type { ExtensionRule } from './rule.js';

/** A downstream name should carry its vendor's: two downstreams may have the same idea. */
export const vendorPrefix: ExtensionRule = ({ extension, names, report }) => {
  // Domain names have no case, and events are in capitals.
  const prefix = prefixOf(extension.name).toLowerCase();
  for (const { what, name, span } of names) {
    if (!name.startsWith('__') || name.toLowerCase().startsWith(prefix)) continue;
    report('extension-prefix', `${what} '${name}' does not begin with '${prefix}'`, span);
  }
};
