import type { Diagnostics } from '../diagnostics/diagnostics.js';

/** Where the reading of one event reports to; each finding says which event it lies in. */
export type Findings = Pick<Diagnostics, 'report'>;

export function findingsIn(definition: string, diagnostics: Diagnostics): Findings {
  return {
    report: (code, message, at, details) =>
      diagnostics.report(code, message, at, { definition, ...details }),
  };
}
