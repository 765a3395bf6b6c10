import type { CodeInfo } from '../catalogue.js';

export const shapeCodes = {
  'expression-not-object': { severity: 'error', summary: 'a top-level value that is no object' },
  'directive-invalid': { severity: 'error', summary: 'an include or pragma of another form' },
  'unknown-pragma': { severity: 'error', summary: 'a pragma that does not exist' },
  'pragma-value': { severity: 'error', summary: 'a pragma with a value of the wrong type' },
  'doc-without-symbol': {
    severity: 'warning',
    strict: 'error',
    summary: 'a free-form comment where the documentation of a definition belongs',
  },
  'doc-without-definition': {
    severity: 'warning',
    strict: 'error',
    summary: 'documentation that no definition follows',
  },
  'definition-kind': {
    severity: 'error',
    summary: 'an object that defines nothing, or two things at once',
  },
  'unknown-key': { severity: 'error', summary: 'a key that this definition does not take' },
  'missing-key': { severity: 'error', summary: 'a key that this definition needs' },
  'value-type': { severity: 'error', summary: 'a key with a value of the wrong type' },
  'invalid-flag': { severity: 'error', summary: 'a flag with a value it cannot have' },
  'invalid-name': { severity: 'error', summary: 'a name that is none' },
  'outdated-form': {
    severity: 'note',
    strict: 'error',
    summary: 'a form of an older dialect that QEMU 10.2 refuses',
  },
} as const satisfies Record<string, CodeInfo>;
