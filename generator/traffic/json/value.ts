/** A number by its digits: integers beyond 2^53 and `1.0` stay what they are. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object as it came: a Map, so that no member's name means anything to JavaScript. */
export type JsonObject = ReadonlyMap<string, Json>;

/** A value as it came. */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map;

/** The text at a name, where there is one. */
export function stringAt(object: JsonObject, name: string): string | undefined {
  const value = object.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** One step of a JSON pointer. */
export const pointerStep = (name: string | number): string =>
  `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
