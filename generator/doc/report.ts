import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Diagnostics, ReportDetails } from '../diagnostics/diagnostics.js';
import type { Span } from '../source/source-file.js';

const told = new WeakMap<Diagnostics, Set<DiagnosticCode>>();

/**
 * Reports a breach of a rule that releases before 10.2 did not know and break by the hundred. In
 * default mode the first of a run stands for all; strict mode lists them one by one.
 */
export function reportOften(
  diagnostics: Diagnostics,
  code: DiagnosticCode,
  message: string,
  at: Span,
  details: ReportDetails = {},
): void {
  if (diagnostics.strict) {
    diagnostics.report(code, message, at, details);
    return;
  }
  const codes = told.get(diagnostics) ?? new Set();
  told.set(diagnostics, codes);
  if (codes.has(code)) return;
  codes.add(code);
  diagnostics.report(code, `${message} (further ones are listed in strict mode)`, at, details);
}
