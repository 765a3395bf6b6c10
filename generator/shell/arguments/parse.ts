import { SourceFile, type Span } from '../../source/source-file.js';
import { readJson } from './json.js';
import { jsonOf, type ObjectNode, type Problem, type ValueNode } from './nodes.js';
import { isProblem, type Pair, readPair, type Segment } from './pair.js';
import type { Word } from './words.js';

/** The arguments of a command as they were written. */
export interface ParsedArguments {
  readonly root: ObjectNode;
  readonly pairs: readonly Pair[];
  readonly problems: readonly Problem[];
}

/** What stands behind `@file` or `-`; where it cannot be had, a phrase that follows its name. */
export type Loaded = { readonly text: string } | { readonly reason: string };

export interface ParseOptions {
  /** Reads what `@NAME` or `-` names; without it both are no arguments. */
  readonly load?: (name: string) => Loaded;
}

/** Longer keys lead nowhere in any schema. */
const MAX_PATH = 64;

/**
 * Reads the words that follow a command's name: `key=value`, dotted keys, whole objects as JSON, `@FILE`
 * and `-`, in any mixture as long as nothing is said twice.
 * @param at what problems of the whole are put at: the command's name
 */
export function parseArguments(
  words: readonly Word[],
  at: Span,
  options: ParseOptions = {},
): ParsedArguments {
  const root: ObjectNode = { kind: 'object', at, members: new Map(), dotted: true };
  const problems: Problem[] = [];
  const pairs: Pair[] = [];
  for (const word of words) {
    const object = wholeObject(word, options, problems);
    if (object === null) continue;
    if (object === 'pair') {
      const pair = readPair(word);
      pairs.push(pair);
      addPair(root, pair, problems);
    } else merge(root, object, problems);
  }
  return { root, pairs, problems };
}

/** The object that a word is; null where it is none but should be. */
function wholeObject(
  word: Word,
  { load }: ParseOptions,
  problems: Problem[],
): ObjectNode | 'pair' | null {
  const { text, at } = word;
  if (text.startsWith('{')) return objectIn(at, problems);
  if (load === undefined || (text !== '-' && !/^@[^=]/.test(text))) return 'pair';
  const name = text === '-' ? '-' : text.slice(1);
  const loaded = load(name);
  if ('reason' in loaded) {
    problems.push({ at, message: `${name} ${loaded.reason}` });
    return null;
  }
  const file = new SourceFile(name === '-' ? 'standard input' : name, loaded.text);
  const start = loaded.text.startsWith('\uFEFF') ? 1 : 0;
  return objectIn({ file, start, end: loaded.text.length }, problems);
}

function objectIn(at: Span, problems: Problem[]): ObjectNode | null {
  const node = readJson(at.file, at.start, at.end);
  if (isProblem(node)) problems.push(node);
  else if (node.kind === 'object') return node;
  else problems.push({ at: node.at, message: 'the arguments are a JSON object' });
  return null;
}

function addPair(root: ObjectNode, { word, path, value }: Pair, problems: Problem[]): void {
  const last = path.at(-1);
  const empty = path.find(({ name }) => name === '');
  if (value === null || last === undefined) {
    problems.push({ at: word.at, message: 'an argument is written as key=value' });
  } else if (empty !== undefined) {
    problems.push({ at: word.at, message: 'a part of the key is empty' });
  } else if (path.length > MAX_PATH) {
    problems.push({ at: word.at, message: `the key has more than ${MAX_PATH} parts` });
  } else {
    const holder = holderOf(root, path.slice(0, -1), problems);
    if (holder !== null) put(holder, last, value, problems);
  }
}

/** The object that a path of keys leads to, made where it is not there. */
function holderOf(
  root: ObjectNode,
  path: readonly Segment[],
  problems: Problem[],
): ObjectNode | null {
  let holder = root;
  for (const { name, at } of path) {
    const there = holder.members.get(name);
    const inner = there === undefined ? null : jsonOf(there.value);
    if (there === undefined) {
      const made: ObjectNode = { kind: 'object', at, members: new Map(), dotted: true };
      holder.members.set(name, { key: at, value: made });
      holder = made;
    } else if (inner?.kind === 'object') holder = inner;
    else {
      problems.push({ at, message: `'${name}' has a value already, and so no members` });
      return null;
    }
  }
  return holder;
}

function put(
  { members }: ObjectNode,
  { name, at }: Segment,
  value: ValueNode,
  problems: Problem[],
): void {
  const there = members.get(name);
  if (there === undefined) members.set(name, { key: at, value });
  else if (there.value.kind === 'object' && there.value.dotted) {
    problems.push({ at, message: `'${name}' has members already, and so no value` });
  } else problems.push({ at, message: `'${name}' is given twice` });
}

function merge(root: ObjectNode, object: ObjectNode, problems: Problem[]): void {
  for (const [name, { key, value }] of object.members) {
    put(root, { name, at: key }, value, problems);
  }
}

/** Whether only a schema can tell what some value is: JSON alone says it itself. */
export function needsSchema({ pairs }: ParsedArguments): boolean {
  return pairs.length > 0;
}
