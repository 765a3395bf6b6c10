import type { Model, Ref, TypeModel } from './model.js';

/** The kinds of JSON value that a type may be told by. */
export type JsonKind = 'text' | 'number' | 'bool' | 'null' | 'object' | 'array';

/** What a type allows of each kind of JSON value. */
export type Shapes = ReadonlyMap<JsonKind, Ref>;

const KINDS: ReadonlyMap<string, JsonKind> = new Map([
  ['str', 'text'],
  ['bool', 'bool'],
  ['null', 'null'],
  ...[
    ...['number', 'int', 'int8', 'int16', 'int32', 'int64'],
    ...['uint8', 'uint16', 'uint32', 'uint64', 'size'],
  ].map((name): [string, JsonKind] => [name, 'number']),
]);

export const isBuiltin = (ref: Ref): ref is string =>
  typeof ref === 'string' && (ref === 'any' || KINDS.has(ref));

/** The definition that a reference names; undefined for built-in types and arrays. */
export function named(model: Model, ref: Ref): TypeModel | undefined {
  return typeof ref === 'string' && !isBuiltin(ref) ? model.types.get(ref) : undefined;
}

/** By kind of JSON value; null for `any`, which allows everything. */
export function shapesOf(model: Model, ref: Ref): Shapes | null {
  if (ref === 'any') return null;
  const type = named(model, ref);
  if (type?.kind !== 'alternate') return new Map([[kindOf(model, ref), ref]]);
  return new Map(type.alternatives.map((one) => [kindOf(model, one), one]));
}

function kindOf(model: Model, ref: Ref): JsonKind {
  if (typeof ref !== 'string') return 'array';
  return KINDS.get(ref) ?? (named(model, ref)?.kind === 'enum' ? 'text' : 'object');
}

/** Least and greatest of each integer type; `uint64` takes the negatives of `int64` too. */
const RANGES: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ['int8', [-(2n ** 7n), 2n ** 7n - 1n]],
  ['int16', [-(2n ** 15n), 2n ** 15n - 1n]],
  ['int32', [-(2n ** 31n), 2n ** 31n - 1n]],
  ['int', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['int64', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['uint8', [0n, 2n ** 8n - 1n]],
  ['uint16', [0n, 2n ** 16n - 1n]],
  ['uint32', [0n, 2n ** 32n - 1n]],
  ['uint64', [-(2n ** 63n), 2n ** 64n - 1n]],
  ['size', [-(2n ** 63n), 2n ** 64n - 1n]],
]);

/** Whether every number of the inner type is one of the outer. */
function holds(outer: string, inner: string): boolean {
  const [out, within] = [RANGES.get(outer), RANGES.get(inner)];
  // `number` has no range: it holds all the others, and none of them holds it.
  if (out === undefined) return true;
  return within !== undefined && out[0] <= within[0] && within[1] <= out[1];
}

export type Relation = 'same' | 'respelled' | 'wider' | 'narrower' | 'other';

/** How a built-in type of numbers relates to the one before; `coarse`: integers have no widths. */
export function numberRelation(before: string, after: string, coarse: boolean): Relation {
  if (before === after) return 'same';
  if (coarse && RANGES.has(before) && RANGES.has(after)) return 'same';
  const [wider, narrower] = [holds(after, before), holds(before, after)];
  if (wider && narrower) return 'respelled';
  return wider ? 'wider' : narrower ? 'narrower' : 'other';
}

/** A reference as a reader of schemas writes it. */
export function refText(ref: Ref | null): string {
  if (ref === null) return 'nothing';
  return typeof ref === 'string' ? ref : `[${refText(ref[0])}]`;
}
