import { MARK } from './mark.js';

/** The shortest run of digits that may be an integer beyond 2^53. */
const LONG = 16;
/** Strings, to be passed over, and long integers, which are no part of another number. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])(-?[1-9]\d{15,})(?![\w.])/g;

/**
 * Parses one JSON text. Integers outside ±(2^53 − 1) become bigints.
 * @throws SyntaxError where the text is not JSON, RangeError where a text with long integers is
 *   nested deeper than the stack allows
 */
export function parseJson(text: string): unknown {
  return hasLongRun(text)
    ? JSON.parse(text.replace(TOKEN, marked), (_name, value: unknown) =>
        typeof value === 'string' && value.startsWith(MARK)
          ? BigInt(value.slice(MARK.length))
          : value,
      )
    : JSON.parse(text);
}

/**
 * Whether a text may hold an integer beyond 2^53.
 * Looks back from where a run would end; what is no digit tells where the next can end first.
 */
export function hasLongRun(text: string): boolean {
  for (let last = LONG - 1; last < text.length; ) {
    let at = last;
    for (;;) {
      const code = text.charCodeAt(at);
      if (!(code > 47 && code < 58)) break;
      at--;
    }
    if (last - at >= LONG) return true;
    last = at + LONG;
  }
  return false;
}

/** A token as it is, but an integer that a double cannot hold as a marked string. */
const marked = (token: string, integer?: string) =>
  integer && !Number.isSafeInteger(+integer) ? `"${MARK}${integer}"` : token;
