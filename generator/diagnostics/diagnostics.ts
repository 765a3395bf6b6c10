import type { Span } from '../source/source-file.js';
import { type CodeInfo, catalogue, type DiagnosticCode } from './catalogue.js';
import type { Diagnostic, RelatedPlace } from './diagnostic.js';

export interface ReportDetails {
  readonly anchor?: Span | null;
  readonly definition?: string | null;
  readonly related?: readonly RelatedPlace[];
}

/** Collects what a run finds. Of errors, and of all else, only the first `limit` are kept; the rest is counted. */
export class Diagnostics {
  readonly strict: boolean;
  readonly limit: number;
  readonly #kept: Diagnostic[] = [];
  #errors = 0;
  #warnings = 0;
  #leftOut = 0;
  readonly #keptCount = { error: 0, other: 0 };
  /** Of the codes that one finding stands for: how many there were. */
  readonly #sampled = new Map<DiagnosticCode, number>();

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
    const info: CodeInfo = catalogue[code];
    if (info.sample && !this.strict) {
      const count = (this.#sampled.get(code) ?? 0) + 1;
      this.#sampled.set(code, count);
      if (count > 1) return;
    }
    const severity = this.strict ? (info.strict ?? info.severity) : info.severity;
    if (severity === 'error') this.#errors += 1;
    else if (severity === 'warning') this.#warnings += 1;
    // Errors have room of their own: a mass of warnings must not push the cause out of sight.
    const room = severity === 'error' ? 'error' : 'other';
    if (this.#keptCount[room] >= this.limit) {
      this.#leftOut += 1;
      return;
    }
    this.#keptCount[room] += 1;
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
    return this.#kept.map((diagnostic) => {
      const more = (this.#sampled.get(diagnostic.code) ?? 1) - 1;
      if (more === 0) return diagnostic;
      return {
        ...diagnostic,
        message: `${diagnostic.message} (and ${more} more: see strict mode)`,
      };
    });
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
