/**
 * What changed from one schema to another, for those who have a program made for the first.
 *
 * Accepts: two schemas of any source. Guarantees: every difference that shows on the wire, weighed
 * by its direction, with its places in the sources and the renames that look like ones, in an order
 * that depends on names alone. Leaves to `report/`: layout; to `program/`: which changes a given
 * TypeScript program meets; to the caller: where schemas come from.
 */
import {
  type Change,
  compareModels,
  IMPACTS,
  type Impact,
  type Model,
  modelOfData,
} from '@qapi-ts/runtime/compare';
import type { Schema, Target } from '../ir/types.js';
import { schemaData } from '../ir-json/index.js';
import { type Place, placeOf } from './places.js';
import { renamesIn } from './renames.js';

export type { Place } from './places.js';

/** One of the two schemas. */
export interface Side {
  readonly schema: Schema;
  /** For readers: "QEMU 10.2, qmp", a path, an address. */
  readonly label: string;
  /** It comes from a reply of `query-qmp-schema`, which shows less than a schema. */
  readonly introspected: boolean;
}

export interface DiffChange extends Change {
  /** In the source that has it: the new one for what is there, the old one for what was removed. */
  readonly place: Place | null;
  /** The name that the removed part or definition seems to have now. */
  readonly renamedTo: string | null;
  /** Places of a program that it touches; null: no program was asked about. */
  readonly touches: readonly Place[] | null;
}

export interface Diff {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly DiffChange[];
}

export function diffSchemas(before: Side, after: Side, target: Target = 'qmp'): Diff {
  const [old, now] = [modelOf(before, target), modelOf(after, target)];
  const changes = compareModels(old, now);
  const renames = renamesIn(changes, old, now);
  return {
    before: before.label,
    after: after.label,
    changes: changes.map((change) => ({
      ...change,
      place: placeOf(change, before, after),
      renamedTo: renames.get(change) ?? null,
      touches: null,
    })),
  };
}

export function modelOf({ schema, introspected }: Side, target: Target): Model {
  return modelOfData(schemaData(schema, { target, version: null, docs: false }), { introspected });
}

/** How many changes there are of each impact. */
export function countImpacts(changes: readonly Change[]): Readonly<Record<Impact, number>> {
  const counts = Object.fromEntries(IMPACTS.map((impact) => [impact, 0])) as Record<Impact, number>;
  for (const { impact } of changes) counts[impact] += 1;
  return counts;
}
