import { visible } from '../../diagnostics/visible.js';
import type { Json } from '../json/value.js';
import { ascii, writeJson } from '../json/write.js';
import type { Finding, Findings, Problem } from './findings.js';

/** How much of a value is shown. */
const MAX_VALUE = 120;

const WORDS: { readonly [P in Problem]: string } = {
  differs: 'is not as recorded',
  missing: 'was recorded, and did not come',
  unexpected: 'came, and was not recorded',
};

/** What was found, for people. Nothing in it is anything that a terminal acts on. */
export function textReport(file: string, findings: Findings): string[] {
  const lines = findings.kept.flatMap((finding) => described(file, finding));
  const more = findings.count - findings.kept.length;
  if (more > 0) lines.push(`… and ${more} more`);
  lines.push(summary(findings));
  return lines.map(visible);
}

function described(file: string, finding: Finding): string[] {
  const { about, name, line, client, problem, differences } = finding;
  const place = line === undefined ? `client ${client}` : `${file}:${line}`;
  const what = about === 'command' ? name : [about, name].filter(Boolean).join(' ');
  return [
    `${place}: ${what} ${WORDS[problem]}`,
    ...differences.map(({ at, recorded, now }) => {
      // All of what was not recorded.
      if (at === '' && recorded === undefined && now !== undefined) return `    ${shown(now)}`;
      const was = recorded === undefined ? '' : `${shown(recorded)} was recorded`;
      const is = now === undefined ? 'nothing came' : `${shown(now)} came`;
      return `    ${at || '/'}: ${[was, is].filter(Boolean).join(', ')}`;
    }),
  ];
}

function summary({ count, same, notSent }: Findings): string {
  const parts = [count === 0 ? 'No differences' : plural(count, 'difference')];
  parts.push(`${same} as recorded`);
  if (notSent > 0) parts.push(`${plural(notSent, 'command')} with masked secrets not sent`);
  return parts.join('; ');
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

function shown(value: Json): string {
  const text = writeJson(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** What was found, for programs: a line of JSON each in ASCII, and one of what was counted. */
export function jsonReport(findings: Findings): string[] {
  const lines = findings.kept.map(({ line, differences, ...finding }) => {
    const head = JSON.stringify({ ...finding, ...(line === undefined ? {} : { line }) });
    const list = differences.map(({ at, recorded, now }) => {
      const was = recorded === undefined ? '' : `,"recorded":${writeJson(recorded)}`;
      const is = now === undefined ? '' : `,"now":${writeJson(now)}`;
      return `{"at":${JSON.stringify(at)}${was}${is}}`;
    });
    return `${head.slice(0, -1)},"differences":[${list.join()}]}`;
  });
  const { count, same, notSent } = findings;
  return [...lines.map(ascii), JSON.stringify({ differences: count, same, notSent })];
}
