import type { CodeInfo } from '../catalogue.js';

export const introspectionCodes = {} as const satisfies Record<string, CodeInfo>;
