import type { Command, Schema, TypeRef } from '../../ir/types.js';
import { SourceFile } from '../../source/source-file.js';
import {
  type Fields,
  type ObjectNode,
  parseArguments,
  placeAt,
  readPair,
  splitWords,
  type Word,
} from '../arguments/index.js';
import type { Callables } from '../callables.js';
import { type JsonSpot, jsonSpot } from './json-spot.js';

interface Typed {
  /** What stands there so far, without a quote it begins with. */
  readonly typed: string;
  /** Where what is typed begins in the line, its quote included. */
  readonly start: number;
}

/** Where the cursor is within the arguments of a command. */
interface Inside extends Typed {
  readonly command: Command;
  /** All arguments of the line but the one at the cursor. */
  readonly given: ObjectNode;
  /** Whether it is within JSON, where names and texts are quoted. */
  readonly json: boolean;
}

/** What is to be named at the cursor. */
export type Spot =
  | (Typed & { readonly kind: 'command'; readonly json: boolean })
  /** What `help` is asked about. */
  | (Typed & { readonly kind: 'topic' })
  | (Inside & {
      readonly kind: 'key';
      /** Leads to the object whose member is to be named. */
      readonly path: readonly string[];
      /** Null where the schema has no object there. */
      readonly fields: Fields | null;
      /** Of a list, whose items are numbered: what they are of. */
      readonly list: TypeRef | null;
    })
  | (Inside & {
      readonly kind: 'value';
      readonly path: readonly string[];
      readonly type: TypeRef | null;
    })
  /** The members of a message as it goes over the wire. */
  | (Typed & { readonly kind: 'message-key' })
  | { readonly kind: 'none' };

export interface Known {
  readonly schema: Schema;
  /** What a line may begin with. */
  readonly callables: Callables;
  /** The same of a schema that has documentation; null: there is none. */
  readonly docs: Omit<Known, 'docs'> | null;
}

const NONE: Spot = { kind: 'none' };

/** Words of the shell's own that a command's name may follow. */
export const HELP = 'help';

/** Says what stands at the cursor of a line that is being typed. */
export function spotAt(line: string, cursor: number, known: Known): Spot {
  const file = new SourceFile('', line);
  const words = splitWords(file, 0, cursor);
  const last = words.at(-1);
  const current = last !== undefined && last.at.end === cursor ? last : undefined;
  const index = current === undefined ? words.length : words.length - 1;
  const typed = current?.text ?? '';
  const start = current?.at.start ?? cursor;
  if (index === 0) {
    if (typed.startsWith('{')) return messageSpot(file, start, cursor, known);
    return { kind: 'command', typed, start, json: false };
  }
  const name = words[0]?.text ?? '';
  const command = known.callables.get(name);
  if (name === HELP && command === undefined) {
    return index === 1 ? { kind: 'topic', typed, start } : NONE;
  }
  if (command === undefined) return NONE;
  const given = givenOf(file, words, index, cursor, line.length);
  return argumentSpot(current, { file, cursor, given, command, known });
}

interface Context {
  readonly file: SourceFile;
  readonly cursor: number;
  readonly given: ObjectNode;
  readonly command: Command;
  readonly known: Known;
}

/** The arguments of the line without the word at the cursor. */
function givenOf(
  file: SourceFile,
  words: readonly Word[],
  index: number,
  cursor: number,
  end: number,
): ObjectNode {
  // What follows the cursor without a space belongs to the word at the cursor.
  const space = /\s/g;
  space.lastIndex = cursor;
  const rest = space.exec(file.text)?.index ?? end;
  const others = [...words.slice(1, index), ...splitWords(file, rest, end)];
  return parseArguments(others, { file, start: 0, end: 0 }).root;
}

function argumentSpot(word: Word | undefined, context: Context): Spot {
  const { file, cursor, given, command, known } = context;
  const inside = { command, given, json: false };
  if (word === undefined) {
    return keySpot(known.schema, { ...inside, path: [], typed: '', start: cursor });
  }
  if (word.text.startsWith('{')) return jsonArgument([], word.at.start, context);
  const { path: segments, value, valueAt } = readPair(word);
  const path = segments.map(({ name }) => name);
  if (value === null) {
    const typed = path.pop() ?? '';
    const start = segments.at(-1)?.at.start ?? cursor;
    return keySpot(known.schema, { ...inside, path, typed, start });
  }
  const text = file.text.slice(valueAt.start, cursor);
  if (/^[{[]/.test(text)) return jsonArgument(path, valueAt.start, context);
  const { type } = placeAt(known.schema, command, path, given);
  const typed = text.replace(/^["']/, '');
  return { ...inside, kind: 'value', path, type, typed, start: valueAt.start };
}

type KeyPart = Inside & { readonly path: readonly string[] };

function keySpot(schema: Schema, part: KeyPart): Spot {
  const { type, fields } = placeAt(schema, part.command, part.path, part.given);
  return { ...part, kind: 'key', fields, list: type?.kind === 'array' ? type.element : null };
}

/** Within the JSON that an argument is, or that all of them are. */
function jsonArgument(path: readonly string[], start: number, context: Context): Spot {
  const { file, cursor, given, command, known } = context;
  const inner = jsonSpot(file, start, cursor);
  graft(given, path, inner.given);
  return jsonInside(inner, [...path, ...inner.path], { schema: known.schema, given, command });
}

interface Arguments {
  readonly schema: Schema;
  readonly given: ObjectNode;
  readonly command: Command;
}

function jsonInside(
  { kind, typed, start }: JsonSpot,
  path: readonly string[],
  { schema, given, command }: Arguments,
): Spot {
  const inside = { command, given, path, typed, start, json: true };
  if (kind === 'none') return NONE;
  if (kind === 'key') return keySpot(schema, inside);
  return { ...inside, kind: 'value', type: placeAt(schema, command, path, given).type };
}

/** Puts what is being typed to its place among what is given. */
function graft(root: ObjectNode, path: readonly string[], value: ObjectNode): void {
  let holder = root;
  for (const [index, name] of path.entries()) {
    const there = holder.members.get(name)?.value;
    if (index === path.length - 1) holder.members.set(name, { key: value.at, value });
    else if (there?.kind === 'object') holder = there;
    else {
      const made: ObjectNode = { ...root, members: new Map() };
      holder.members.set(name, { key: value.at, value: made });
      holder = made;
    }
  }
  if (path.length === 0) for (const [name, member] of value.members) root.members.set(name, member);
}

/** Within a whole message, `{"execute": …, "arguments": …}`. */
function messageSpot(file: SourceFile, from: number, cursor: number, known: Known): Spot {
  const spot = jsonSpot(file, from, cursor);
  const { path, given, kind, typed, start } = spot;
  if (path.length === 0 && kind === 'key') return { kind: 'message-key', typed, start };
  const [member, ...inner] = path;
  if ((member === 'execute' || member === 'exec-oob') && inner.length === 0 && kind === 'value') {
    return { kind: 'command', typed, start, json: true };
  }
  const named = given.members.get('execute')?.value ?? given.members.get('exec-oob')?.value;
  const command = named?.kind === 'string' ? known.schema.commands.get(named.value) : undefined;
  const taken = given.members.get('arguments')?.value;
  if (member !== 'arguments' || command === undefined || taken?.kind !== 'object') return NONE;
  return jsonInside(spot, inner, { schema: known.schema, given: taken, command });
}
