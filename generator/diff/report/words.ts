import { describeChange, type Impact } from '@qapi-ts/runtime/compare';
import { visible } from '../../diagnostics/visible.js';
import { countImpacts, type Diff, type DiffChange } from '../index.js';

export const TITLES: { readonly [I in Impact]: string } = {
  breaking: 'Breaking',
  arrival: 'New values may arrive',
  safe: 'Safe',
  notice: 'To know',
};

/** How many uses are named. */
const SHOWN = 3;

/** One line that says all of a change but its impact and places. */
export function sentence(change: DiffChange): string {
  const renamed = change.renamedTo === null ? '' : `; looks renamed to ${change.renamedTo}`;
  return visible(`${describeChange(change)}${renamed}`);
}

/** "query-block, query-named-block-nodes and 3 more"; nothing where the change says it itself. */
export function usesText({ site, uses }: DiffChange): string {
  if (site.kind !== 'type') return '';
  const shown = uses.slice(0, SHOWN).map(({ name }) => name);
  const more = uses.length > SHOWN ? ` and ${uses.length - SHOWN} more` : '';
  return visible(shown.join(', ') + more);
}

/** "3 breaking, 1 new value may arrive, 20 safe, 4 to know", or "no changes". */
export function summary({ changes }: Diff): string {
  const counts = countImpacts(changes);
  const values = counts.arrival === 1 ? 'new value may arrive' : 'new values may arrive';
  const parts: readonly [number, string][] = [
    [counts.breaking, 'breaking'],
    [counts.arrival, values],
    [counts.safe, 'safe'],
    [counts.notice, 'to know'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, text]) => `${count} ${text}`);
  return said.length === 0 ? 'no changes' : said.join(', ');
}
