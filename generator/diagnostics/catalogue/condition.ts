import type { CodeInfo } from '../catalogue.js';

export const conditionCodes = {
  'condition-invalid': { severity: 'error', summary: "an 'if' that cannot be read" },
  'condition-dangling': {
    severity: 'error',
    summary: '--define and --undef leave out a type that something kept refers to',
  },
  'condition-emptied': {
    severity: 'error',
    summary: '--define and --undef leave nothing of a union or alternate',
  },
} as const satisfies Record<string, CodeInfo>;
