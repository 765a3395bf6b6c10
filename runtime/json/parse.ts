import { MARK } from './mark.js';

/** The shortest run of digits that may be an integer beyond 2^53. */
const LONG = 16;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

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

/** Looks at every sixteenth character: one of them is in each run of sixteen digits. */
function hasLongRun(text: string): boolean {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text, at)) continue;
    let first = at;
    let last = at;
    while (isDigit(text, first - 1)) first--;
    while (isDigit(text, last + 1)) last++;
    if (last - first >= LONG - 1) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** A token as it is, but an integer that a double cannot hold as a marked string. */
const marked = (token: string) =>
  /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))
    ? JSON.stringify(MARK + token)
    : token;
