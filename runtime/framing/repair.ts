import { parseJson } from '../json/index.js';
import { notJson } from './index.js';

/** Strings, to be passed over, and the words that C's printf writes for what JSON has no number. */
const NOT_A_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(-?)(?:inf(?:inity)?|(nan))\b/gi;

/**
 * Reads a message that is JSON but for numbers that are none, which QEMU prints as C does: with
 * infinities in the place of `inf` and null in that of `nan`. Loaded only where one was met.
 * @throws ProtocolError where the text is something else
 */
export function repair(text: string): object {
  const repaired = text.replace(NOT_A_NUMBER, (word, sign?: string, nan?: string) =>
    sign === undefined ? word : nan ? 'null' : `${sign}1e999`,
  );
  try {
    return parseJson(repaired) as object;
  } catch (error) {
    throw Object.assign(notJson(text), { cause: error });
  }
}
