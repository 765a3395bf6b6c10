import { countImpacts, type Diff } from '../index.js';
import type { ReportOptions } from './index.js';
import { sentence } from './words.js';

/** `format` grows when a reader would have to change. */
const FORMAT = 1;

export function jsonReport(diff: Diff, { impacts }: ReportOptions): string {
  const { before, after } = diff;
  const changes = diff.changes
    .filter(({ impact }) => impacts.includes(impact))
    .map((change) => ({ ...change, text: sentence(change) }));
  const counts = countImpacts(diff.changes);
  return `${JSON.stringify({ format: FORMAT, before, after, counts, changes }, null, 2)}\n`;
}
