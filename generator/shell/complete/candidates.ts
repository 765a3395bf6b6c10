import type { EnumValue, Member, Schema, TypeRef } from '../../ir/types.js';
import { allMembers, objectNamed } from '../../ir/visit.js';
import { needsQuotes, objectWithin, placeAt } from '../arguments/index.js';
import { typeWords } from '../help/words.js';
import type { LiveName } from './live-question.js';
import { commandNote, memberNote, valueNote } from './notes.js';
import { HELP, type Known, type Spot } from './spot.js';

/** Something that can stand at the cursor. */
export interface Candidate {
  /** What replaces what is typed there. */
  readonly text: string;
  /** How it is called in a list. */
  readonly label: string;
  /** What it is, in a few words; may be empty. */
  readonly help: string;
}

/** Words of the shell itself, with what they do. */
export const OWN_WORDS: Readonly<Record<string, string>> = {
  [HELP]: 'explains a command, event or type, or the shell',
  show: 'prints the last reply in full, or the part a JSON pointer names',
  exit: 'leaves the shell; the server goes on',
};

/**
 * What can stand at a place, the likely first: everything that begins as what is typed, or else
 * everything that holds it.
 */
export function candidatesAt(
  spot: Spot,
  known: Known,
  live: readonly LiveName[] = [],
): readonly Candidate[] {
  if (spot.kind === 'none') return [];
  const all = possible(spot, known, live);
  const typed = alike(spot.typed);
  const beginning = all.filter(({ label }) =>
    label.toLowerCase().startsWith(spot.typed.toLowerCase()),
  );
  if (beginning.length > 0) return beginning;
  return all.filter(({ label }) => alike(label).includes(typed));
}

/** Without what nobody remembers: QMP has `device_add` beside `device-list-properties`. */
const alike = (name: string) => name.toLowerCase().replaceAll('_', '-');

type Filled = Exclude<Spot, { kind: 'none' }>;

function possible(spot: Filled, known: Known, live: readonly LiveName[]): readonly Candidate[] {
  switch (spot.kind) {
    case 'command':
      return commandNames(spot.json, known);
    case 'topic':
      return topics(known);
    case 'message-key':
      return ['execute', 'arguments', 'id', 'exec-oob'].map((name) => ({
        ...{ text: `"${name}": `, label: name, help: '' },
      }));
    case 'key':
      return [...keys(spot, known), ...properties(spot, live)];
    case 'value':
      return values(spot, known, live);
  }
}

function commandNames(json: boolean, known: Known): readonly Candidate[] {
  const { schema, callables } = known;
  const commands = byName(callables.values()).map((command) => ({
    text: json ? quoted(command.name) : `${command.name} `,
    label: command.name,
    help: commandNote(command, known),
  }));
  // Within a transaction there are only its actions, and its end.
  if (json || callables !== schema.commands) return commands;
  const own = Object.entries(OWN_WORDS).map(([word, help]) => ({
    ...{ text: `${word} `, label: word, help },
  }));
  return [...commands, ...own.filter(({ label }) => !callables.has(label))];
}

function topics({ schema }: Known): readonly Candidate[] {
  const named = (kind: string, of: Iterable<{ readonly name: string }>) =>
    byName(of).map(({ name }) => ({ text: `${name} `, label: name, help: kind }));
  const types = [...schema.types.values()].filter(({ implicit }) => implicit === null);
  return [
    ...named('command', schema.commands.values()),
    ...named('event', schema.events.values()),
    ...named('type', types),
  ];
}

type KeySpot = Extract<Spot, { kind: 'key' }>;

function keys(spot: KeySpot, known: Known): readonly Candidate[] {
  const { fields, list, given, path, json } = spot;
  const { schema } = known;
  const node = path.reduce<typeof given | undefined>((at, name) => {
    const value = at?.members.get(name)?.value;
    return value?.kind === 'object' ? value : undefined;
  }, given);
  if (list !== null) {
    const index = `${node?.members.size ?? 0}`;
    return [keyCandidate(index, list, `item ${index}`, json, schema)];
  }
  const members = [...(fields?.members.values() ?? [])].filter(({ name }) => {
    const value = node?.members.get(name)?.value;
    // What has some members may get more of them.
    return value === undefined || (value.kind === 'object' && value.dotted && !json);
  });
  const required = members.filter(({ optional }) => !optional);
  const optional = members.filter((member) => member.optional);
  const help = (member: Member) => memberNote(member, spot, known, memberWords(member, schema));
  return [...required, ...optional].map((member) =>
    keyCandidate(member.name, member.type, help(member), json, schema),
  );
}

function keyCandidate(
  name: string,
  type: TypeRef,
  help: string,
  json: boolean,
  schema: Schema,
): Candidate {
  if (json) return { text: `${quoted(name)}: `, label: name, help };
  return { text: `${name}${continuation(schema, type)}`, label: name, help };
}

/** What follows a key: a value, a member's name, an item's number, or nothing yet where both may. */
function continuation(schema: Schema, type: TypeRef): string {
  if (type.kind === 'array') return '.0';
  if (type.kind === 'builtin') return '=';
  const object = objectWithin(schema, type);
  if (object === null) return '=';
  return object === type.name ? '.' : '';
}

/** "int, required" */
function memberWords({ optional, type }: Member, schema: Schema): string {
  return `${typeWords(type, schema)}${optional ? '' : ', required'}`;
}

/** Properties of the device that is to be added, which no schema has. */
function properties(spot: KeySpot, live: readonly LiveName[]): readonly Candidate[] {
  return live
    .filter(({ name }) => !spot.given.members.has(name) && !spot.fields?.members.has(name))
    .map(({ name, help }) => ({
      text: spot.json ? `${quoted(name)}: ` : `${name}=`,
      ...{ label: name, help },
    }));
}

type ValueSpot = Extract<Spot, { kind: 'value' }>;

function values(spot: ValueSpot, known: Known, live: readonly LiveName[]): readonly Candidate[] {
  const { schema } = known;
  const { type, json } = spot;
  const end = json ? '' : ' ';
  const text = (value: string) => (json || needsQuotes(value) ? quoted(value) : value);
  const literal = (value: string, help: string): Candidate => ({
    ...{ text: `${value}${end}`, label: value, help },
  });
  const named = live.map(({ name, help, more }) => ({
    text: `${text(name)}${more ? '' : end}`,
    ...{ label: name, help },
  }));
  const branches = branchHelp(spot, schema);
  const fixed = type === null ? [] : fixedValues(schema, type);
  return [
    ...fixed.map((value) =>
      typeof value === 'string'
        ? literal(value, '')
        : {
            text: `${text(value.name)}${end}`,
            label: value.name,
            help: valueNote(value, spot, known, branches(value.name)),
          },
    ),
    ...named,
  ];
}

/** The values that a type lists: an enum's, or literals that are no text. */
function fixedValues(schema: Schema, type: TypeRef): readonly (EnumValue | string)[] {
  if (type.kind === 'array') return [];
  if (type.kind === 'builtin') {
    if (type.name === 'bool') return ['true', 'false'];
    return type.name === 'null' ? ['null'] : [];
  }
  const definition = schema.types.get(type.name);
  if (definition?.kind === 'enum') return definition.values;
  if (definition?.kind !== 'alternate') return [];
  return definition.alternatives.flatMap(({ type: to }) => fixedValues(schema, to));
}

/** What a union's branch adds: the names of its required members. */
function branchHelp(
  { command, path, given }: ValueSpot,
  schema: Schema,
): (value: string) => string {
  const { type } = placeAt(schema, command, path.slice(0, -1), given);
  const object = type === null ? null : objectWithin(schema, type);
  const union = object === null ? null : objectNamed(schema, object);
  if (union?.kind !== 'union' || union.discriminator !== path.at(-1)) return () => '';
  const branches = new Map(union.branches.map((branch) => [branch.name, branch.type]));
  return (value) => {
    const branch = branches.get(value);
    if (branch?.kind !== 'named') return '';
    const members = allMembers(schema, objectNamed(schema, branch.name));
    const required = members.filter(({ optional }) => !optional).map((member) => member.name);
    return required.length === 0 ? '' : `needs ${required.join(', ')}`;
  };
}

const quoted = (text: string) => JSON.stringify(text);

function byName<T extends { readonly name: string }>(parts: Iterable<T>): T[] {
  return [...parts].sort((a, b) => (a.name < b.name ? -1 : 1));
}
