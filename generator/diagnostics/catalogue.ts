import { conditionCodes } from './catalogue/condition.js';
import { documentationCodes } from './catalogue/documentation.js';
import { eventCatalogueCodes } from './catalogue/event-catalogue.js';
import { extensionCodes } from './catalogue/extension.js';
import { introspectionCodes } from './catalogue/introspection.js';
import { ruleCodes } from './catalogue/rules.js';
import { shapeCodes } from './catalogue/shape.js';
import { sourceCodes } from './catalogue/source.js';
import { syntaxCodes } from './catalogue/syntax.js';
import { targetsCodes } from './catalogue/targets.js';

/**
 * What a code means and how much it weighs. `severity` holds in default mode; `strict`, where given,
 * is its severity under `--strict`.
 */
export interface CodeInfo {
  readonly severity: 'error' | 'warning' | 'note';
  readonly strict?: 'error' | 'warning';
  /** Old schemas have it in masses: in default mode the first finding stands for all. */
  readonly sample?: true;
  /** What the code stands for, for the documentation of diagnostics. */
  readonly summary: string;
}

/** Every diagnostic's stable kebab-case code, one file an area. */
export const catalogue = {
  ...sourceCodes,
  ...syntaxCodes,
  ...documentationCodes,
  ...shapeCodes,
  ...conditionCodes,
  ...ruleCodes,
  ...eventCatalogueCodes,
  ...introspectionCodes,
  ...targetsCodes,
  ...extensionCodes,
} as const satisfies Record<string, CodeInfo>;

export type DiagnosticCode = keyof typeof catalogue;
