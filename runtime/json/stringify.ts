import { MARK } from './mark.js';

/**
 * Writes a value as JSON. Bigints become plain integers; everything else is as JSON.stringify
 * has it, and undefined is null.
 * @throws TypeError on a cycle
 */
export function stringifyJson(value: unknown): string {
  // A program may have given BigInt a toJSON of its own, which would send strings instead.
  if (!('toJSON' in BigInt.prototype)) {
    try {
      return JSON.stringify(value) ?? 'null';
    } catch (error) {
      // A bigint, a cycle, or what the caller's own toJSON threw: the second attempt tells which.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  const text = JSON.stringify(value, function (this: Record<string, unknown>, name, member) {
    const raw = this[name];
    return typeof raw === 'bigint' ? MARK + raw : (member as unknown);
  });
  return text.replaceAll(MARKED, '$1');
}

const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');
