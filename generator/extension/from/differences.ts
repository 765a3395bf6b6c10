import type { ExpressionKind } from '../model.js';
import { frameOf, type Printed, type PrintedPart, partsIn, textOf } from './definitions.js';

/** Where a downstream's schema is not its base's. */
export interface Difference {
  readonly change: 'added' | 'changed' | 'removed';
  readonly kind: ExpressionKind;
  /** Of the definition. */
  readonly name: string;
  /** Null: the definition as a whole, or what is no part of it. */
  readonly part: PrintedPart | null;
}

export type Definitions = ReadonlyMap<string, Printed>;

/** Every difference, part by part where a definition is on both sides, in the downstream's order. */
export function differences(base: Definitions, downstream: Definitions): readonly Difference[] {
  const found: Difference[] = [];
  for (const [name, now] of downstream) {
    const before = base.get(name);
    if (before === undefined) found.push({ change: 'added', kind: now.kind, name, part: null });
    else found.push(...between(before, now));
  }
  for (const [name, { kind }] of base) {
    if (!downstream.has(name)) found.push({ change: 'removed', kind, name, part: null });
  }
  return found;
}

function between(before: Printed, now: Printed): readonly Difference[] {
  const { kind, name } = now;
  const found: Difference[] = [];
  if (frameOf(before) !== frameOf(now)) found.push({ change: 'changed', kind, name, part: null });
  const old = partMap(before);
  const current = partMap(now);
  for (const [key, part] of current) {
    const earlier = old.get(key);
    if (earlier === undefined) found.push({ change: 'added', kind, name, part });
    else if (partText(earlier) !== partText(part)) {
      found.push({ change: 'changed', kind, name, part });
    }
  }
  for (const [key, part] of old) {
    if (!current.has(key)) found.push({ change: 'removed', kind, name, part });
  }
  return found;
}

export function partMap(printed: Printed): ReadonlyMap<string, PrintedPart> {
  return new Map(partsIn(printed).map((part) => [`${part.key} ${part.name}`, part]));
}

export function partText({ written, value }: PrintedPart): string {
  return `${written} ${textOf(value)}`;
}
