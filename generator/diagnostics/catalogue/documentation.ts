import type { CodeInfo } from '../catalogue.js';

export const documentationCodes = {} as const satisfies Record<string, CodeInfo>;
