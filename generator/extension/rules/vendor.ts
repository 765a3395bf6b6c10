import type { ExtensionRule } from './rule.js';

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);

/** A vendor is a domain that somebody controls, its labels in reverse. */
export const vendor: ExtensionRule = ({ extension, report }) => {
  if (extension.name.length <= 253 && DOMAIN.test(extension.name)) return;
  const message = `'${extension.name}' is no reverse domain name such as com.example`;
  report('extension-vendor', message, extension.nameSpan);
};
