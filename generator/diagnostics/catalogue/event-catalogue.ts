import type { CodeInfo } from '../catalogue.js';

export const eventCatalogueCodes = {} as const satisfies Record<string, CodeInfo>;
