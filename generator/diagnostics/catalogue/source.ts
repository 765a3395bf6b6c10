import type { CodeInfo } from '../catalogue.js';

export const sourceCodes = {
  'file-unreadable': { severity: 'error', summary: 'a file could not be read' },
  'file-too-large': { severity: 'error', summary: 'a file is larger than the limit' },
  'invalid-utf8': { severity: 'error', summary: 'a file holds bytes that are not UTF-8' },
  'include-not-found': { severity: 'error', summary: 'an included file does not exist' },
  'include-cycle': { severity: 'error', summary: 'a file includes itself, directly or not' },
  'include-outside-root': {
    severity: 'error',
    summary: 'an include leads to a file outside the allowed folder',
  },
  'include-too-deep': { severity: 'error', summary: 'includes are nested beyond the limit' },
  'too-many-includes': {
    severity: 'error',
    summary: 'a schema has more includes, or more text, than the limit',
  },
} as const satisfies Record<string, CodeInfo>;
