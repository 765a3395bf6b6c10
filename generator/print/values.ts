import type { Condition } from '../ir/condition.js';

/** The JSON-like values that schema files are made of. */
export type PrintValue = string | boolean | readonly PrintValue[] | PrintObject;
export type PrintObject = ReadonlyMap<string, PrintValue>;

const WIDTH = 79;

/** An object with the entries that are not null. */
export function object(entries: readonly (readonly [string, PrintValue | null])[]): PrintObject {
  return new Map(entries.filter((entry): entry is [string, PrintValue] => entry[1] !== null));
}

/** A top-level object: on one line where it fits, else one entry a line. */
export function printObject(value: PrintObject): string {
  const line = inline(value);
  if (line.length <= WIDTH) return line;
  const entries = [...value].map(([key, inner]) => `${quote(key)}: ${print(inner, 2)}`);
  return `{ ${entries.join(',\n  ')} }`;
}

function print(value: PrintValue, indent: number): string {
  const line = inline(value);
  // Room for the longest key before it and the punctuation behind it.
  if (
    indent + line.length + 24 <= WIDTH ||
    typeof value === 'string' ||
    typeof value === 'boolean'
  ) {
    return line;
  }
  const inner = indent + 2;
  const pad = `\n${' '.repeat(inner)}`;
  if (isList(value)) return `[${pad}${value.map((item) => print(item, inner)).join(`,${pad}`)} ]`;
  const entries = [...value].map(([key, item]) => `${quote(key)}: ${print(item, inner)}`);
  return `{${pad}${entries.join(`,${pad}`)} }`;
}

function inline(value: PrintValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return value.length === 0 ? '[]' : `[ ${value.map(inline).join(', ')} ]`;
  const entries = [...value].map(([key, inner]) => `${quote(key)}: ${inline(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isList(value: PrintValue): value is readonly PrintValue[] {
  return Array.isArray(value);
}

/** Strings hold printable ASCII only; names with other characters cannot come from a schema file. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\')}'`;
}

export function conditionValue(condition: Condition | null): PrintValue | null {
  if (condition === null) return null;
  switch (condition.kind) {
    case 'defined':
      return /^[A-Z][A-Z0-9_]*$/.test(condition.name)
        ? condition.name
        : `defined(${condition.name})`;
    case 'all':
    case 'any':
      return object([
        [condition.kind, condition.of.map(conditionValue).filter((inner) => inner !== null)],
      ]);
    case 'not':
      return object([['not', conditionValue(condition.of)]]);
    case 'raw':
      return condition.text;
  }
}
