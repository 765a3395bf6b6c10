import type { CodeInfo } from '../catalogue.js';

export const conditionCodes = {
  'condition-invalid': { severity: 'error', summary: "an 'if' that cannot be read" },
} as const satisfies Record<string, CodeInfo>;
