import type { Judged } from './classify.js';

/** Why a difference is where it is put, in a few words; '' where its name says it. */
export function reasonText(judged: Judged): string {
  switch (judged.verdict) {
    case 'downstream':
      return '';
    case 'backport':
      return judged.exact ? `of ${judged.release}` : `of ${judged.release}, where it differs`;
    case 'changed':
      return judged.part === null && judged.change === 'added'
        ? 'plain, but of no release, against the rules'
        : "upstream's changed, against the rules";
    case 'removed':
      return judged.release === null ? 'removed' : `removed, as in ${judged.release}`;
  }
}

/** What a difference is about: "member 'qdev' of struct 'BlockStats'". */
export function subjectText({ kind, name, part }: Judged): string {
  const whole = `${kind} '${name}'`;
  if (part === null) return whole;
  const what =
    kind === 'enum'
      ? 'value'
      : kind === 'alternate' || (kind === 'union' && part.key === 'data')
        ? 'branch'
        : 'member';
  return `${what} '${part.name}' of ${whole}`;
}

/** A line of the report. */
export function reportLine(judged: Judged): string {
  const reason = reasonText(judged);
  const what = judged.verdict === 'removed' ? reason : `${judged.change}; ${reason}`;
  const told = judged.verdict === 'downstream' ? '' : ` (${what})`;
  return `${judged.verdict.padEnd(10)} ${subjectText(judged)}${told}`;
}
