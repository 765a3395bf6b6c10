import { type Span, spanOf } from '../source/source-file.js';
import type { Line } from './lines.js';

/** `- "name": text` */
export interface MemberLine {
  readonly kind: 'member';
  readonly name: string;
  readonly span: Span;
  readonly rest: string;
  readonly quoted: boolean;
}

/** `"name": text`, an alternative of the member above, or a member when it states a type itself. */
export interface ValueLine extends MemberLine {
  readonly typed: boolean;
}

export type ItemLine =
  | MemberLine
  | { readonly kind: 'invalid'; readonly span: Span }
  | { readonly kind: 'prose' };

/** Names of members and enum values, as all schemas of QEMU and its downstreams have them. */
export const QAPI_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

const BULLET = /^[-*+•]\s/;

/** The list item that begins on this line, null when none does. */
export function itemLine(line: Line): ItemLine | null {
  if (!BULLET.test(line.text)) return null;
  const from = 1 + blanks(line.text, 1);
  return namedLine(line, from) ?? { kind: 'prose' };
}

export function valueLine(line: Line): ValueLine | null {
  const first = line.text[0];
  if (first !== '"' && first !== "'") return null;
  const named = namedLine(line, 0);
  if (named === null || named.kind !== 'member') return null;
  return { ...named, typed: named.rest.includes('(json-') };
}

/** A quoted name, or a bare one, then perhaps something in parentheses, then a colon. */
function namedLine(line: Line, from: number): Exclude<ItemLine, { kind: 'prose' }> | null {
  const { text } = line;
  const quote = text[from];
  const quoted = quote === '"' || quote === "'";
  const start = quoted ? from + 1 : from;
  const end = quoted ? text.indexOf(quote, start) : bareNameEnd(text, start);
  if (end === -1 || (!quoted && end === start)) return null;
  let at = quoted ? end + 1 : end;
  at += blanks(text, at);
  let aside = '';
  if (text[at] === '(') {
    const close = text.indexOf(')', at);
    if (close === -1) return null;
    aside = `${text.slice(at, close + 1)} `;
    at = close + 1;
    at += blanks(text, at);
  }
  if (text[at] !== ':') return null;
  const name = text.slice(start, end);
  const span = spanOf(line.file, line.start + start, line.start + end);
  if (!QAPI_NAME.test(name)) return { kind: 'invalid', span };
  return { kind: 'member', name, span, quoted, rest: aside + text.slice(at + 1).trim() };
}

function bareNameEnd(text: string, start: number): number {
  let end = start;
  while (/[\w.-]/.test(text[end] ?? '')) end += 1;
  return end;
}

function blanks(text: string, from: number): number {
  let count = 0;
  while (text[from + count] === ' ' || text[from + count] === '\t') count += 1;
  return count;
}
