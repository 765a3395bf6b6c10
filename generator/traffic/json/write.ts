import { type Json, JsonNumber, type JsonObject } from './value.js';

/** Writes a value on one line, spaced as QEMU does. */
export function writeJson(value: Json): string {
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Map) {
    const members = [...(value as JsonObject)];
    return `{${members.map(([k, v]) => `${JSON.stringify(k)}: ${writeJson(v)}`).join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(writeJson).join(', ')}]`;
  return JSON.stringify(value);
}

/** As QEMU sends it: with nothing but ASCII in it. */
export const asciiJson = (value: Json): string => ascii(writeJson(value));

/** The same JSON in printable ASCII. */
export function ascii(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same text for values that mean the same: members in order, numbers by their value. */
export function canonicalJson(value: Json): string {
  if (value instanceof JsonNumber) return numberKey(value);
  if (value instanceof Map) {
    const members = [...(value as JsonObject)].sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join()}}`;
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  return JSON.stringify(value);
}

/**
 * The same text for the same number. An integer is exact, and is none of the numbers with a point
 * or an exponent, which QEMU does not take in its place.
 */
export function numberKey({ text }: JsonNumber): string {
  if (!/^-?\d+$/.test(text)) return `${Number(text)}.`;
  return text === '-0' ? '0' : text;
}
