import type { Span } from '../source/source-file.js';
import type { DiagnosticCode } from './catalogue.js';

export type Severity = 'error' | 'warning' | 'note';

/** An earlier or otherwise involved place, such as the first of two definitions of a name. */
export interface RelatedPlace {
  readonly message: string;
  readonly at: Span;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence without a final period. */
  readonly message: string;
  /** The exact place; null when the finding has none (a file that cannot be read). */
  readonly at: Span | null;
  /**
   * Where QEMU's own generator would report it, when that is not `at`: the start of the definition.
   * `check --strict` prints this one, so that both tools name the same line.
   */
  readonly anchor: Span | null;
  /** The definition it lies in, such as "struct 'BlockStats'". */
  readonly definition: string | null;
  readonly related: readonly RelatedPlace[];
}
