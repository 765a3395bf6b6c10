import type { Span } from '../source/source-file.js';
import { catalogue, type DiagnosticCode } from './catalogue.js';
import type { Diagnostic, RelatedPlace } from './diagnostic.js';

export interface ReportDetails {
  readonly anchor?: Span | null;
  readonly definition?: string | null;
  readonly related?: readonly RelatedPlace[];
}

/** Collects what a run finds. Beyond `limit`, findings are counted but not kept. */
export class Diagnostics {
  readonly strict: boolean;
  readonly limit: number;
  readonly #kept: Diagnostic[] = [];
  #errors = 0;
  #warnings = 0;
  #leftOut = 0;

  constructor(options: { readonly strict?: boolean; readonly limit?: number } = {}) {
    this.strict = options.strict ?? false;
    this.limit = options.limit ?? 200;
  }

  report(
    code: DiagnosticCode,
    message: string,
    at: Span | null,
    details: ReportDetails = {},
  ): void {
    const info: { severity: Diagnostic['severity']; strict?: 'error' | 'warning' } =
      catalogue[code];
    const severity = this.strict ? (info.strict ?? info.severity) : info.severity;
    if (severity === 'error') this.#errors += 1;
    else if (severity === 'warning') this.#warnings += 1;
    if (this.#kept.length >= this.limit) {
      this.#leftOut += 1;
      return;
    }
    this.#kept.push({
      code,
      severity,
      message,
      at,
      anchor: details.anchor ?? null,
      definition: details.definition ?? null,
      related: details.related ?? [],
    });
  }

  get list(): readonly Diagnostic[] {
    return this.#kept;
  }
  get errors(): number {
    return this.#errors;
  }
  get warnings(): number {
    return this.#warnings;
  }
  /** Findings beyond the limit. */
  get leftOut(): number {
    return this.#leftOut;
  }
}
