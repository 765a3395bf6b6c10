import type { Impact } from '@qapi-ts/runtime/compare';
import { visible } from '../../diagnostics/visible.js';
import type { Diff, DiffChange } from '../index.js';
import type { ReportOptions } from './index.js';
import { sentence, summary, TITLES, usesText } from './words.js';

/** GitHub's levels. What is safe is no annotation: it would bury the others. */
const LEVELS: { readonly [I in Impact]: 'error' | 'warning' | 'notice' | null } = {
  breaking: 'error',
  arrival: 'warning',
  safe: null,
  notice: 'notice',
};

/** Workflow commands: an annotation per change, or per place of the program that it touches. */
export function githubReport(diff: Diff, { impacts }: ReportOptions): string {
  const lines = diff.changes
    .filter(({ impact }) => impacts.includes(impact))
    .flatMap((change) => annotations(change));
  const about = visible(`${diff.before} to ${diff.after}: ${summary(diff)}`);
  lines.push(`::notice title=qapi-ts diff::${data(about)}`);
  return `${lines.join('\n')}\n`;
}

function annotations(change: DiffChange): string[] {
  const level = LEVELS[change.impact];
  if (level === null) return [];
  const uses = usesText(change);
  const message = data(sentence(change) + (uses === '' ? '' : ` (${uses})`));
  const title = property(TITLES[change.impact]);
  const places = change.touches ?? (change.place === null ? [] : [change.place]);
  if (places.length === 0) return [`::${level} title=${title}::${message}`];
  return places.map(
    ({ file, line }) =>
      `::${level} file=${property(visible(file))},line=${line},title=${title}::${message}`,
  );
}

const data = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => escape(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
