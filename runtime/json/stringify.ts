import { MARK } from './mark.js';
import { hasLongRun } from './parse.js';

/**
 * Writes a value as JSON. Integers are written with all their digits, bigints and numbers beyond
 * 2^53 alike; everything else is as JSON.stringify has it, and undefined is null.
 * @throws TypeError on a cycle
 */
export function stringifyJson(value: unknown): string {
  let text: string | undefined;
  try {
    // A program may have given BigInt a toJSON of its own, which would send strings.
    text = 'toJSON' in BigInt.prototype ? '' : (JSON.stringify(value) ?? 'null');
  } catch {
    // A bigint, a cycle, or what the caller's own toJSON threw: the second attempt tells which.
  }
  // Of a number beyond 2^53 the last digits may be rounded.
  if (text && !hasLongRun(text)) return text;
  return JSON.stringify(value, function (this: Record<string, unknown>, name, member) {
    const raw = this[name];
    const isInteger = Number.isInteger(raw) || typeof raw === 'bigint';
    return isInteger ? MARK + BigInt(raw as number) : (member as unknown);
  }).replaceAll(new RegExp(`"${MARK}(.+?)"`, 'g'), '$1');
}
