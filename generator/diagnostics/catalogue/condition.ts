import type { CodeInfo } from '../catalogue.js';

export const conditionCodes = {} as const satisfies Record<string, CodeInfo>;
