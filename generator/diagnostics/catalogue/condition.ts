import type { CodeInfo } from '../catalogue.js';

export const conditionCodes = {
  'condition-invalid': { severity: 'error', summary: "an 'if' that cannot be read" },
  'condition-dangling': {
    severity: 'error',
    summary: '--define and --undef leave out a type that something kept refers to',
  },
} as const satisfies Record<string, CodeInfo>;
