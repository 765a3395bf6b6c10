/**
 * A difference in words. Each format is a function of the diff alone: the same diff, the same text.
 */
import type { Impact } from '@qapi-ts/runtime/compare';
import type { Paint } from '../../diagnostics/paint.js';
import type { Diff } from '../index.js';
import { githubReport } from './github.js';
import { jsonReport } from './json.js';
import { markdownReport } from './markdown.js';
import { textReport } from './text.js';

export const FORMATS = ['text', 'markdown', 'json', 'github'] as const;
export type Format = (typeof FORMATS)[number];

export interface ReportOptions {
  readonly paint: Paint;
  /** What is listed; the counts are always of all. */
  readonly impacts: readonly Impact[];
}

const REPORTS: { readonly [F in Format]: (diff: Diff, options: ReportOptions) => string } = {
  text: textReport,
  markdown: markdownReport,
  json: jsonReport,
  github: githubReport,
};

/** Ends in a newline where there is anything. */
export function report(diff: Diff, format: Format, options: ReportOptions): string {
  return REPORTS[format](diff, options);
}
