import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Diagnostics, ReportDetails } from '../diagnostics/diagnostics.js';
import type { Span } from '../source/source-file.js';
import { DIALECT_FEATURES, type Dialect, type DialectFeatureName } from './dialect.js';

/** What the decoding of one definition reports through: findings name the definition they lie in. */
export class DecodeContext {
  readonly #diagnostics: Diagnostics;
  readonly #dialect: Dialect;
  /** The whole definition, where QEMU reports. */
  readonly anchor: Span;
  /** Such as "struct 'BlockStats'", once known. */
  label: string | null = null;
  #malformed = false;

  constructor(diagnostics: Diagnostics, dialect: Dialect, anchor: Span) {
    this.#diagnostics = diagnostics;
    this.#dialect = dialect;
    this.anchor = anchor;
  }

  get strict(): boolean {
    return this.#diagnostics.strict;
  }

  /** Whether something was reported. */
  get malformed(): boolean {
    return this.#malformed;
  }

  report(
    code: DiagnosticCode,
    message: string,
    at: Span,
    related: ReportDetails['related'] = [],
  ): void {
    this.#malformed = true;
    this.#diagnostics.report(code, message, at, {
      anchor: this.anchor,
      definition: this.label,
      related,
    });
  }

  /** Notes a form that today's language lacks: accepted in default mode, an error in strict mode. */
  dialect(name: DialectFeatureName, at: Span): void {
    this.#dialect.meet(name, at);
    if (this.strict) this.report('outdated-form', `outdated: ${DIALECT_FEATURES[name]}`, at);
  }
}
