import { IMPACTS, type Impact } from '@qapi-ts/runtime/compare';
import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import type { Diff, DiffChange } from '../index.js';
import type { ReportOptions } from './index.js';
import { sentence, summary, TITLES, usesText } from './words.js';

const COLORS: { readonly [I in Impact]: 'red' | 'yellow' | 'cyan' | null } = {
  breaking: 'red',
  arrival: 'yellow',
  safe: null,
  notice: 'cyan',
};

export function textReport(diff: Diff, { paint, impacts }: ReportOptions): string {
  const lines = [`${visible(diff.before)} to ${visible(diff.after)}: ${summary(diff)}`];
  for (const impact of IMPACTS) {
    const changes = diff.changes.filter((change) => change.impact === impact);
    if (changes.length === 0 || !impacts.includes(impact)) continue;
    lines.push('', heading(impact, changes.length, paint));
    for (const change of changes) lines.push(...entry(change));
  }
  return `${lines.join('\n')}\n`;
}

function heading(impact: Impact, count: number, paint: Paint): string {
  const color = COLORS[impact];
  const text = `${TITLES[impact]} (${count})`;
  return color === null ? text : paint[color](text);
}

function entry(change: DiffChange): string[] {
  const uses = usesText(change);
  const line = `  ${sentence(change)}${uses === '' ? '' : `  [${uses}]`}`;
  const touched = (change.touches ?? []).map(
    ({ file, line: at }) => `      ${visible(file)}:${at}`,
  );
  return [line, ...touched];
}
