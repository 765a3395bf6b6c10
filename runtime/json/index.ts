/**
 * JSON with whole integers.
 *
 * Accepts: a text or a value. Guarantees: an integer that a double cannot hold is a bigint, every
 * other number a number; bigints are written as plain JSON integers. Leaves to the next phase:
 * what the values mean.
 */
export { parseJson } from './parse.js';
export { stringifyJson } from './stringify.js';
