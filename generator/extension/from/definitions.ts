import type { Schema } from '../../ir/types.js';
import { definitionValue } from '../../print/definition.js';
import type { PrintObject, PrintValue } from '../../print/values.js';
import { DEFINITION_KINDS, type ExpressionKind } from '../model.js';

/** A definition as a schema file has it. */
export interface Printed {
  readonly kind: ExpressionKind;
  readonly name: string;
  readonly value: PrintObject;
}

/** What a schema would be written as, by name; what another definition implies is not among it. */
export function printedDefinitions(schema: Schema): ReadonlyMap<string, Printed> {
  const result = new Map<string, Printed>();
  for (const definition of schema.definitions) {
    const value = definitionValue(schema, definition);
    if (!isObject(value)) continue;
    const kind = DEFINITION_KINDS.find((word) => value.has(word));
    if (kind === undefined) continue;
    const entries = [...value].filter(([key]) => key !== 'named-for');
    result.set(definition.name, { kind, name: definition.name, value: new Map(entries) });
  }
  return result;
}

export function isObject(value: PrintValue | null | undefined): value is PrintObject {
  return value instanceof Map;
}

/** A value as a text to compare. Conditions are left out: they say where, not what. */
export function textOf(value: PrintValue | null): string {
  return JSON.stringify(plain(value));
}

function plain(value: PrintValue | null): unknown {
  if (isObject(value)) {
    const entries = [...value].filter(([key]) => key !== 'if');
    const inner = value.get('type');
    // The long form that only a condition called for.
    if (inner !== undefined && entries.length === 1) return plain(inner);
    return entries.map(([key, item]) => [key, plain(item)]);
  }
  return Array.isArray(value) ? value.map((item: PrintValue) => plain(item)) : value;
}

/** A member, branch, alternative or enum value, as it is written. */
export interface PrintedPart {
  /** Where it stands. */
  readonly key: 'data' | 'base';
  readonly name: string;
  /** With the `*` of an optional member. */
  readonly written: string;
  readonly value: PrintValue;
}

/** The parts of a definition; null where one of its keys holds none, such as the name of a type. */
export function partsIn({ value }: Printed): readonly PrintedPart[] {
  return (['data', 'base'] as const).flatMap((key) => {
    const held = value.get(key);
    if (isObject(held)) {
      return [...held].map(([written, inner]) => {
        return { key, name: written.replace(/^\*/, ''), written, value: inner };
      });
    }
    if (!Array.isArray(held)) return [];
    return held.map((item: PrintValue) => {
      const named = isObject(item) ? item.get('name') : item;
      const name = typeof named === 'string' ? named : '';
      return { key, name, written: name, value: item };
    });
  });
}

/** A definition without its parts, as a text to compare. */
export function frameOf({ value }: Printed): string {
  return textOf(
    new Map(
      [...value].filter(
        ([key, held]) => !((key === 'data' || key === 'base') && typeof held !== 'string'),
      ),
    ),
  );
}

/** A definition with only the parts that are wanted. */
export function withParts(
  { value }: Printed,
  wanted: (part: Pick<PrintedPart, 'key' | 'name'>) => boolean,
): PrintObject {
  const entries = [...value].map(([key, held]): [string, PrintValue] => {
    if (key !== 'data' && key !== 'base') return [key, held];
    if (isObject(held)) {
      const kept = [...held].filter(([name]) => wanted({ key, name: name.replace(/^\*/, '') }));
      return [key, new Map(kept)];
    }
    if (!Array.isArray(held)) return [key, held];
    const kept = held.filter((item: PrintValue) => {
      const name = isObject(item) ? item.get('name') : item;
      return wanted({ key, name: typeof name === 'string' ? name : '' });
    });
    return [key, kept];
  });
  return new Map(entries);
}

/** All words in a value: the types that it uses are among them. */
export function wordsIn(value: PrintValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isObject(value)) return [...value.values()].flatMap(wordsIn);
  return Array.isArray(value) ? value.flatMap((item: PrintValue) => wordsIn(item)) : [];
}
