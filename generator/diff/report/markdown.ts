import { IMPACTS } from '@qapi-ts/runtime/compare';
import { visible } from '../../diagnostics/visible.js';
import { countImpacts, type Diff, type DiffChange } from '../index.js';
import type { ReportOptions } from './index.js';
import { sentence, TITLES, usesText } from './words.js';

/** Lists longer than this are folded. */
const LONG = 25;

export function markdownReport(diff: Diff, { impacts }: ReportOptions): string {
  const counts = countImpacts(diff.changes);
  const lines = [
    `## ${text(visible(diff.before))} to ${text(visible(diff.after))}`,
    '',
    `| ${IMPACTS.map((impact) => TITLES[impact]).join(' | ')} |`,
    `| ${IMPACTS.map(() => '---:').join(' | ')} |`,
    `| ${IMPACTS.map((impact) => counts[impact]).join(' | ')} |`,
  ];
  for (const impact of IMPACTS) {
    const changes = diff.changes.filter((change) => change.impact === impact);
    if (changes.length === 0 || !impacts.includes(impact)) continue;
    const folded = impact !== 'breaking' && changes.length > LONG;
    lines.push('', `### ${TITLES[impact]} (${changes.length})`, '');
    if (folded) lines.push('<details><summary>All of them</summary>', '');
    lines.push(...changes.flatMap(entry));
    if (folded) lines.push('', '</details>');
  }
  return `${lines.join('\n')}\n`;
}

function entry(change: DiffChange): string[] {
  const uses = usesText(change);
  const [subject = '', ...rest] = sentence(change).split(': ');
  const line = `- ${code(subject)}: ${text(rest.join(': '))}${uses === '' ? '' : ` (${text(uses)})`}`;
  const touched = (change.touches ?? []).map(
    ({ file, line: at }) => `  - ${code(visible(`${file}:${at}`))}`,
  );
  return [line, ...touched];
}

/** Nothing in it is markup: names come from schemas, and from servers. */
function text(plain: string): string {
  return plain.replace(/[\\`*_{}[\]<>()#+!|~&@]/g, (char) =>
    char === '<' ? '&lt;' : char === '&' ? '&amp;' : `\\${char}`,
  );
}

/** A code span, with a fence longer than any run of backticks within. */
function code(plain: string): string {
  const runs = plain.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = runs.length === 0 ? '' : ' ';
  return `${fence}${pad}${plain}${pad}${fence}`;
}
