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
  const text = JSON.stringify({ format: FORMAT, before, after, counts, changes }, null, 2);
  return `${text.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

/** What a terminal would act on and JSON leaves as it is; it stands in strings only. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16).padStart(4, '0');
    return `\\u${unit}`;
  }).join('');
}
