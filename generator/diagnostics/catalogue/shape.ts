import type { CodeInfo } from '../catalogue.js';

export const shapeCodes = {} as const satisfies Record<string, CodeInfo>;
