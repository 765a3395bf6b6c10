import type { CodeInfo } from '../catalogue.js';

export const ruleCodes = {} as const satisfies Record<string, CodeInfo>;
