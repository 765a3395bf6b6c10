import { transactionActions } from '../../generator/shell/callables.js';
import { type Candidate, candidatesAt } from '../../generator/shell/complete/candidates.js';
import type { LiveName } from '../../generator/shell/complete/live-question.js';
import { type Known, type Spot, spotAt } from '../../generator/shell/complete/spot.js';
import { embeddedReference } from '../../generator/shell/live/index.js';

/** What a QEMU 10.2 has. */
export const { schema } = embeddedReference('10.2', 'qmp');

export const commands: Known = { schema, callables: schema.commands, docs: null };
export const actions: Known = { schema, callables: transactionActions(schema), docs: null };

/** A line and the place of `|` in it. */
export function cut(marked: string): { readonly line: string; readonly cursor: number } {
  const cursor = marked.indexOf('|');
  return { line: marked.replace('|', ''), cursor };
}

export function spot(marked: string, known: Known = commands): Spot {
  const { line, cursor } = cut(marked);
  return spotAt(line, cursor, known);
}

export function candidates(
  marked: string,
  known: Known = commands,
  live: readonly LiveName[] = [],
): readonly Candidate[] {
  return candidatesAt(spot(marked, known), known, live);
}

export const labels = (marked: string, known?: Known, live?: readonly LiveName[]) =>
  candidates(marked, known, live).map(({ label }) => label);

export const texts = (marked: string, known?: Known, live?: readonly LiveName[]) =>
  candidates(marked, known, live).map(({ text }) => text);
