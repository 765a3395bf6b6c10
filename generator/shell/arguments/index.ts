/**
 * The arguments of a command as people write them, in the syntax of `qmp-shell`: words → pairs →
 * one tree → values.
 *
 * Accepts: the text of a line or the arguments of a process; `key=value`, dotted keys with list
 * indexes (`server.0.host=…`), quoted values, JSON, `@FILE` and `-`. Guarantees: values of the types
 * that a schema has (`typeArguments`) or that the text suggests (`guessArguments`), integers exact; each
 * problem with its place. Never throws for what was typed. Leaves to the caller: which command it
 * is, reading what `@FILE` and `-` name, and showing problems.
 */
export { type Fields, fieldsOf, textOf, type Undecided } from './fields.js';
export { guess, guessArguments, type ReadArguments } from './guess.js';
export { readJson } from './json.js';
export {
  type JsonNode,
  jsonOf,
  type MemberNode,
  type ObjectNode,
  type Problem,
  type ValueNode,
  type WordNode,
} from './nodes.js';
export { isProblem, needsQuotes, type Pair, readPair, readValue, type Segment } from './pair.js';
export {
  type Loaded,
  needsSchema,
  type ParsedArguments,
  type ParseOptions,
  parseArguments,
} from './parse.js';
export { objectWithin, type Place, placeAt } from './place.js';
export { typeArguments } from './typed.js';
export { splitWords, type Word, wordsOf } from './words.js';
