import type { CodeInfo } from '../catalogue.js';

export const syntaxCodes = {
  'stray-character': { severity: 'error', summary: 'a character that starts no token' },
  'unterminated-string': { severity: 'error', summary: 'a string without its closing quote' },
  'non-ascii-string': { severity: 'error', summary: 'a character strings may not hold' },
  'unknown-escape': { severity: 'error', summary: 'a backslash before anything but a backslash' },
  'unexpected-token': { severity: 'error', summary: 'another token was expected here' },
  'duplicate-key': { severity: 'error', summary: 'an object names a key twice' },
  'nesting-too-deep': { severity: 'error', summary: 'objects or lists nested beyond the limit' },
  'too-many-values': { severity: 'error', summary: 'a file holds more values than the limit' },
  'too-many-errors': {
    severity: 'error',
    summary: 'a file was given up after too many syntax errors',
  },
  'unterminated-doc-comment': {
    severity: 'warning',
    strict: 'error',
    summary: 'a documentation comment without its closing line',
  },
  'doc-comment-delimiter': {
    severity: 'warning',
    strict: 'error',
    sample: true,
    summary: "text on the '##' line of a documentation comment",
  },
  'misplaced-doc-comment': {
    severity: 'warning',
    strict: 'error',
    summary: 'a documentation comment inside a definition',
  },
  'trailing-comma': {
    severity: 'warning',
    strict: 'error',
    summary: 'a comma after the last member',
  },
  'missing-comma': {
    severity: 'warning',
    strict: 'error',
    summary: 'two members without a comma between them',
  },
} as const satisfies Record<string, CodeInfo>;
