import type { CodeInfo } from '../catalogue.js';

/** Of downstream extensions: how their files are written, and what the protocol asks of them. */
export const extensionCodes = {
  'extension-yaml': {
    severity: 'error',
    summary: 'an extension file is not the YAML it should be',
  },
  'extension-unknown-key': {
    severity: 'error',
    summary: 'an extension file has a key that is not known',
  },
  'extension-missing-key': { severity: 'error', summary: 'an extension file lacks a key' },
  'extension-form': { severity: 'error', summary: 'an extension file is not made as it should be' },
  'extension-target': {
    severity: 'error',
    summary: 'an extension adds to something that is not there, or not of that kind',
  },
  'extension-vendor': {
    severity: 'error',
    summary: "an extension's vendor is no reverse domain name",
  },
  'extension-vendor-twice': {
    severity: 'error',
    summary: 'two extensions of one SDK are of the same vendor',
  },
  'extension-name': {
    severity: 'error',
    summary: 'a downstream adds a name to the protocol that does not begin with two underscores',
  },
  'extension-prefix': {
    severity: 'warning',
    summary: "a downstream name does not begin with its vendor's reverse domain name",
  },
  'extension-type-name': {
    severity: 'warning',
    summary: 'a type of a downstream, which the protocol does not show, has a plain name',
  },
  'extension-changes-upstream': {
    severity: 'error',
    summary: 'an extension changes, replaces or removes what upstream defines',
  },
  'extension-mandatory-member': {
    severity: 'error',
    summary: 'an extension adds a member that clients would have to send',
  },
  'extension-mandatory-output': {
    severity: 'warning',
    summary: 'an extension adds a member to what upstream servers send, and it is not optional',
  },
  'extension-error': {
    severity: 'error',
    summary: "an extension adds an error to upstream's commands",
  },
  'extension-capability': {
    severity: 'warning',
    summary: 'an extension adds a capability, which the specification discourages',
  },
} as const satisfies Record<string, CodeInfo>;
