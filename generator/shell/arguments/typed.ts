import { closest, didYouMean } from '../../diagnostics/closest.js';
import { JSON_KINDS, type JsonKind } from '../../ir/json-kind.js';
import type { AlternateType, Command, EnumType, Member, Schema, TypeRef } from '../../ir/types.js';
import type { Span } from '../../source/source-file.js';
import { type Fields, fieldsOf, textOf } from './fields.js';
import { guess, itemsOf, type ReadArguments } from './guess.js';
import { jsonOf, type ObjectNode, type Problem, type ValueNode } from './nodes.js';
import type { ParsedArguments } from './parse.js';
import { readScalar } from './scalars.js';

/** What stands for a value that could not be read; there is a problem that says why. */
const WRONG = undefined;

/** Values that a message lists; of more, the nearest is named. */
const LISTED = 12;

/** The arguments as the schema has them for a command. The value is whole where there is no problem. */
export function typeArguments(
  { root, problems }: ParsedArguments,
  schema: Schema,
  command: Command,
): ReadArguments {
  const typing = new Typing(schema, problems);
  const value = typing.arguments(root, command);
  return { value, problems: typing.problems };
}

/** What members belong to, in the words of a message. */
interface Owner {
  readonly name: string;
  readonly noun: string;
  readonly hasNone: string;
}

class Typing {
  readonly #schema: Schema;
  readonly problems: Problem[];
  /** What could not be read may have been what is missing. */
  readonly #broken: boolean;

  constructor(schema: Schema, problems: readonly Problem[]) {
    this.#schema = schema;
    this.problems = [...problems];
    this.#broken = problems.length > 0;
  }

  arguments(root: ObjectNode, command: Command): Record<string, unknown> | undefined {
    const none: Fields = { members: new Map(), open: command.open, undecided: [] };
    const declared =
      command.arguments === null ? none : fieldsOf(this.#schema, command.arguments, root);
    const fields = { ...declared, open: declared.open || command.open };
    const owner = { name: command.name, noun: 'argument', hasNone: 'takes no arguments' };
    const value = this.#members(root, fields, [], owner);
    return root.members.size === 0 ? undefined : value;
  }

  #value(type: TypeRef, node: ValueNode, path: readonly string[]): unknown {
    if (type.kind === 'array') return this.#list(type.element, node, path);
    if (type.kind === 'builtin') {
      const scalar = readScalar(type.name, node);
      return 'value' in scalar ? scalar.value : this.#expected(scalar.expected, node, path);
    }
    const definition = this.#schema.types.get(type.name);
    switch (definition?.kind) {
      case 'enum':
        return this.#enumValue(definition, node, path);
      case 'alternate':
        return this.#alternate(definition, node, path);
      case 'struct':
      case 'union':
        return this.#object(type.name, node, path);
      case undefined:
        throw new Error(`no type ${type.name} in the schema`);
    }
  }

  #list(element: TypeRef, node: ValueNode, path: readonly string[]): unknown {
    const json = jsonOf(node);
    if (json?.kind === 'array') {
      return json.items.map((item, index) => this.#value(element, item, [...path, `${index}`]));
    }
    if (json?.kind === 'object' && json.dotted) {
      const items = itemsOf(json);
      if (items !== null) {
        return items.map((item, index) => this.#value(element, item, [...path, `${index}`]));
      }
      const name = path.join('.');
      return this.#wrong(
        json.at,
        `the items of the list '${name}' are ${name}.0, ${name}.1 and so on`,
      );
    }
    if (this.#brokenJson(node)) return WRONG;
    const name = path.join('.');
    return this.#expected(`a list (${name}.0=… or ${name}=[…])`, node, path);
  }

  #enumValue(type: EnumType, node: ValueNode, path: readonly string[]): unknown {
    const names = type.values.map(({ name }) => name);
    const text = textOf(node);
    if (text !== null && names.includes(text)) return text;
    if (text === null || text === '') return this.#expected(oneOf(names), node, path);
    const hint =
      names.length > LISTED || closest(text, names) !== undefined
        ? didYouMean(text, names)
        : ` (${names.join(', ')})`;
    return this.#wrong(node.at, `'${text}' is no value of '${path.join('.')}'${hint}`);
  }

  #alternate(type: AlternateType, node: ValueNode, path: readonly string[]): unknown {
    const of = (kind: JsonKind) =>
      type.alternatives.find(({ type: to }) => kindOf(this.#schema, to) === kind);
    const json = jsonOf(node);
    if (json !== null) {
      const kind = json.kind;
      const chosen = of(kind) ?? (kind === 'object' && json.dotted ? of('array') : undefined);
      if (chosen !== undefined) return this.#value(chosen.type, json, path);
      if (node.kind !== 'word' || of('string') === undefined) {
        return this.#expected(this.#alternatives(type), node, path);
      }
    }
    if (node.kind === 'word') {
      // Bare text is what it can be; a string is what anything can be, unless it says null.
      for (const kind of ['null', 'boolean', 'number'] as const) {
        const chosen = of(kind);
        if (chosen?.type.kind !== 'builtin') continue;
        const scalar = readScalar(chosen.type.name, node);
        if ('value' in scalar) return scalar.value;
      }
      const text = of('string');
      if (text !== undefined) return this.#value(text.type, node, path);
      if (this.#brokenJson(node)) return WRONG;
    }
    return this.#expected(this.#alternatives(type), node, path);
  }

  #alternatives({ alternatives }: AlternateType): string {
    const words = alternatives.map(({ type }) => KIND_WORDS[kindOf(this.#schema, type)]);
    return [...new Set(words)].join(' or ');
  }

  #object(typeName: string, node: ValueNode, path: readonly string[]): unknown {
    const json = jsonOf(node);
    const name = path.join('.');
    if (json?.kind === 'object') {
      const fields = fieldsOf(this.#schema, typeName, json);
      const owner = { name: `'${name}'`, noun: 'member', hasNone: 'has no members' };
      return this.#members(json, fields, path, owner);
    }
    if (this.#brokenJson(node)) return WRONG;
    const fields = fieldsOf(this.#schema, typeName, null);
    const first = [...fields.members.values()].find(({ optional }) => !optional);
    const example = `${name}.${first?.name ?? [...fields.members.keys()][0] ?? 'member'}=…`;
    return this.#expected(`an object (${example})`, node, path);
  }

  #members(
    node: ObjectNode,
    fields: Fields,
    path: readonly string[],
    owner: Owner,
  ): Record<string, unknown> {
    const values: [string, unknown][] = [];
    const meant = new Set<string>();
    for (const [name, { key, value }] of node.members) {
      const member = fields.members.get(name);
      if (member !== undefined) {
        values.push([name, this.#value(member.type, value, [...path, name])]);
      } else if (fields.open) values.push([name, guess(value)]);
      else meant.add(this.#unknown(name, key, value, fields, path, owner) ?? '');
    }
    for (const { name, optional } of fields.members.values()) {
      // What was probably meant is said where it is mistyped.
      if (optional || this.#broken || node.members.has(name) || meant.has(name)) continue;
      this.#wrong(node.at, `'${[...path, name].join('.')}' is missing`);
    }
    return Object.fromEntries(values);
  }

  /** Says that there is no such member; gives the one that was probably meant. */
  #unknown(
    name: string,
    key: Span,
    value: ValueNode,
    { members, undecided }: Fields,
    path: readonly string[],
    owner: Owner,
  ): string | undefined {
    // Where a discriminator is missing or wrong, that is said, and no more can be known.
    if (undecided.some((union) => union.members.has(name))) return undefined;
    const known = [...members.keys(), ...undecided.flatMap((union) => [...union.members])];
    if (known.length === 0) {
      this.#wrong(key, `${owner.name} ${owner.hasNone}`);
      return undefined;
    }
    const meant = closest(name, known);
    const hint = meant === undefined ? this.#deeper(name, members, value, path) : suggest(meant);
    this.#wrong(key, `'${name}' is no ${owner.noun} of ${owner.name}${hint}`);
    return meant;
  }

  /** " (did you mean 'file.filename'?)" where a member has a member of this name. */
  #deeper(
    name: string,
    members: ReadonlyMap<string, Member>,
    value: ValueNode,
    path: readonly string[],
  ): string {
    for (const member of members.values()) {
      for (const type of this.#objectTypes(member.type)) {
        const { members: inner, undecided } = fieldsOf(this.#schema, type, null);
        if (!inner.has(name) && !undecided.some((union) => union.members.has(name))) continue;
        if (value.kind === 'object' && value.dotted) continue;
        return suggest([...path, member.name, name].join('.'));
      }
    }
    return '';
  }

  #objectTypes(ref: TypeRef): readonly string[] {
    if (ref.kind !== 'named') return [];
    const type = this.#schema.types.get(ref.name);
    if (type?.kind === 'alternate') {
      return type.alternatives.flatMap((alternative) =>
        kindOf(this.#schema, alternative.type) === 'object' && alternative.type.kind === 'named'
          ? [alternative.type.name]
          : [],
      );
    }
    return type?.kind === 'struct' || type?.kind === 'union' ? [ref.name] : [];
  }

  /** Whether a value begins like JSON and is none; says so. */
  #brokenJson(node: ValueNode): boolean {
    if (node.kind !== 'word' || node.json === null || 'kind' in node.json) return false;
    this.problems.push(node.json);
    return true;
  }

  #expected(expected: string, node: ValueNode, path: readonly string[]): typeof WRONG {
    return this.#wrong(node.at, `'${path.join('.')}' is ${expected}`);
  }

  #wrong(at: Span, message: string): typeof WRONG {
    this.problems.push({ at, message });
    return WRONG;
  }
}

const KIND_WORDS: Readonly<Record<JsonKind, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'on or off',
  null: 'null',
  object: 'an object',
  array: 'a list',
  any: 'anything',
};

/** The kind of JSON that a type's values are; an alternate within one has several. */
function kindOf(schema: Schema, ref: TypeRef): JsonKind {
  if (ref.kind === 'array') return 'array';
  if (ref.kind === 'builtin') return JSON_KINDS[ref.name];
  switch (schema.types.get(ref.name)?.kind) {
    case 'enum':
      return 'string';
    case 'alternate':
      return 'any';
    default:
      return 'object';
  }
}

const suggest = (name: string) => ` (did you mean '${name}'?)`;

function oneOf(names: readonly string[]): string {
  const listed = names.slice(0, LISTED);
  return `one of ${listed.join(', ')}${names.length > LISTED ? ' …' : ''}`;
}
