import { MARK } from './mark.js';

/** Sixteen digits in a row: the shortest run that may be an integer beyond 2^53. */
const LONG_RUN = /\d{16}/;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Parses one JSON text. Integers outside ±(2^53 − 1) become bigints.
 * @throws SyntaxError where the text is not JSON, RangeError where a text with long integers is
 *   nested deeper than the stack allows
 */
export function parseJson(text: string): unknown {
  return LONG_RUN.test(text)
    ? JSON.parse(text.replace(TOKEN, marked), (_name, value: unknown) =>
        typeof value === 'string' && value.startsWith(MARK)
          ? BigInt(value.slice(MARK.length))
          : value,
      )
    : JSON.parse(text);
}

/** A token as it is, but an integer that a double cannot hold as a marked string. */
const marked = (token: string) =>
  /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))
    ? JSON.stringify(MARK + token)
    : token;
