import type { ExtensionRule } from './rule.js';

/** Capabilities are for the protocol itself to grow by, which should not grow in several directions. */
export const capabilities: ExtensionRule = ({ extension, additions, report }) => {
  const added = additions.filter(({ target }) => target.value === 'QMPCapability');
  const given = extension.capabilities.map(({ value, span }) => ({ name: value, span }));
  for (const { name, span } of [...given, ...added]) {
    const message = `capability '${name}' is added, which the specification discourages`;
    report('extension-capability', message, span);
  }
};
