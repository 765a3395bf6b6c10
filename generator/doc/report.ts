import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Diagnostics, ReportDetails } from '../diagnostics/diagnostics.js';
import type { Span } from '../source/source-file.js';

const told = new WeakMap<Diagnostics, Set<DiagnosticCode>>();

/**
 * Reports a breach of the layout that QEMU 10.2 demands. Releases before it have thousands of each,
 * so that in default mode the first of a run stands for all; strict mode lists them one by one.
 */
export function reportLayout(
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
