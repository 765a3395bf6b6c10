/**
 * JSON to be written: objects as ordered entries, so that no member name is special, and integers of
 * any size exact.
 */
export type Json = string | number | bigint | boolean | null | readonly Json[] | JsonObject;

export class JsonObject {
  readonly entries: readonly (readonly [name: string, value: Json])[];

  constructor(entries: Iterable<readonly [name: string, value: Json]>) {
    this.entries = [...entries];
  }
}

/** An object of the members that are there. */
export function object(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return new JsonObject(
    Object.entries(members).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** All members of all objects. */
export function merged(...objects: readonly JsonObject[]): JsonObject {
  return new JsonObject(objects.flatMap(({ entries }) => entries));
}

const WIDTH = 100;

/** Text, two spaces a level; what fits on a line stands on one. */
export function jsonText(value: Json): string {
  return `${write(value, '').text}\n`;
}

interface Written {
  readonly text: string;
  readonly isFlat: boolean;
}

function write(value: Json, indent: string): Written {
  if (value instanceof JsonObject) {
    const parts = value.entries.map(([name, member]) => {
      const { text, isFlat } = write(member, `${indent}  `);
      return { text: `${JSON.stringify(name)}: ${text}`, isFlat };
    });
    return enclose('{', parts, '}', indent);
  }
  if (isList(value)) {
    return enclose(
      '[',
      value.map((item) => write(item, `${indent}  `)),
      ']',
      indent,
    );
  }
  return { text: typeof value === 'bigint' ? String(value) : JSON.stringify(value), isFlat: true };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function enclose(open: string, parts: readonly Written[], close: string, indent: string): Written {
  if (parts.length === 0) return { text: `${open}${close}`, isFlat: true };
  const pad = open === '{' ? ' ' : '';
  const length = parts.reduce((sum, { text }) => sum + text.length + 2, indent.length);
  if (parts.every(({ isFlat }) => isFlat) && length < WIDTH) {
    const flat = parts.map(({ text }) => text).join(', ');
    return { text: `${open}${pad}${flat}${pad}${close}`, isFlat: true };
  }
  const lines = parts.map(({ text }) => `${indent}  ${text}`).join(',\n');
  return { text: `${open}\n${lines}\n${indent}${close}`, isFlat: false };
}
