import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogueModule, mergeCatalogue, readCatalogue } from '../../generator/catalogue/index.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { assembleSchema } from '../../generator/ir/assemble.js';
import type { Definition, Member, Schema, TypeRef } from '../../generator/ir/types.js';
import { type Visitor, visit } from '../../generator/ir/visit.js';
import { loadDefinitions, loadSchema } from '../../generator/schema/index.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { describeWithShared, SHARED, sharedSchemas } from '../support/shared.js';

/** QEMU's own generator gives no introspection of these, so that the text itself is the oracle. */
const RELEASES = ['1.0', '1.6', '2.0', '2.4'] as const;
const TARGETS = ['qmp', 'qga'] as const;
const CASES = RELEASES.flatMap((release) => TARGETS.map((target) => ({ release, target })));

function fileOf(release: string, target: string): string {
  const found = sharedSchemas().find((schema) => {
    return schema.release === release && schema.target === target;
  });
  if (found === undefined) throw new Error(`no ${target} schema of ${release}`);
  return found.file;
}

function load(release: string, target: string): Schema {
  const diagnostics = new Diagnostics();
  const { schema } = loadSchema(fileOf(release, target), { diagnostics });
  if (schema === null) throw new Error(`${release} ${target} was refused`);
  return schema;
}

/** How many objects of the file and those beside it in qapi/ begin with each key. */
function countText(file: string): Readonly<Record<string, number>> {
  const main = readFileSync(file, 'utf8');
  const folder = join(file, '..', 'qapi');
  const included = main.includes("{ 'include'")
    ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    : [];
  const counts: Record<string, number> = {};
  for (const line of [main, ...included].join('\n').split('\n')) {
    const key = /^\{ *'([a-z]+)' *:/.exec(line)?.[1];
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function countSchema(schema: Schema): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const definition of schema.definitions) {
    if ('implicit' in definition && definition.implicit !== null) continue;
    counts[definition.kind] = (counts[definition.kind] ?? 0) + 1;
  }
  return counts;
}

type Notation = string | boolean | null | readonly string[] | { readonly [key: string]: Notation };

/** Definitions as the tables of fixtures/old-releases write them. */
class Notations {
  readonly #schema: Schema;
  readonly #visitor: Visitor<Notation> = {
    enum: ({ values }) => ({ enum: values.map(({ name }) => name) }),
    struct: ({ base, members }) => ({
      struct: this.#members(members),
      ...(base === null ? {} : { base }),
    }),
    union: ({ base, branches, discriminator, simple }) => {
      const union = branches.map(({ name, type }) => [name, this.#branch(type, simple)]);
      return {
        union: Object.fromEntries(union),
        ...(simple ? { simple } : { base, discriminator }),
      };
    },
    alternate: ({ alternatives }) => ({
      alternate: Object.fromEntries(alternatives.map(({ name, type }) => [name, this.#type(type)])),
    }),
    command: (command) => ({
      command: this.#data(command.arguments),
      returns: command.returns === null ? null : this.#type(command.returns),
      ...(command.gen ? {} : { gen: false }),
      ...(command.open ? { open: true } : {}),
      ...(command.successResponse ? {} : { 'success-response': false }),
    }),
    event: ({ data }) => ({ event: this.#data(data) }),
  };

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  of(name: string): Notation {
    const { types, commands, events } = this.#schema;
    const definition: Definition | undefined =
      types.get(name) ?? commands.get(name) ?? events.get(name);
    return definition === undefined ? 'absent' : visit(definition, this.#visitor);
  }

  #data(name: string | null): Notation {
    if (name === null) return null;
    const type = this.#schema.types.get(name);
    return type?.kind === 'struct' && type.implicit !== null ? this.#members(type.members) : name;
  }

  #members(members: readonly Member[]): Notation {
    return Object.fromEntries(
      members.map(({ name, optional, type }) => [optional ? `${name}?` : name, this.#type(type)]),
    );
  }

  /** A simple union's branch holds its type in a member `data`. */
  #branch(type: TypeRef, simple: boolean): Notation {
    const wrapper = type.kind === 'named' ? this.#schema.types.get(type.name) : undefined;
    if (!simple || wrapper?.kind !== 'struct') return this.#type(type);
    expect(wrapper.members.map(({ name }) => name)).toEqual(['data']);
    return wrapper.members[0] === undefined ? null : this.#type(wrapper.members[0].type);
  }

  #type(type: TypeRef): Notation {
    if (type.kind === 'array') return `[${this.#type(type.element)}]`;
    if (type.kind === 'builtin') return type.name;
    const definition = this.#schema.types.get(type.name);
    return definition?.kind === 'struct' && definition.implicit !== null
      ? this.#members(definition.members)
      : type.name;
  }
}

/** As text, so that the order of members and values counts. */
const ordered = (value: Notation): string => JSON.stringify(value, null, 1);

type Table = { readonly [T in (typeof TARGETS)[number]]: Readonly<Record<string, Notation>> };

function table(release: string): Table {
  const url = new URL(`../fixtures/old-releases/qemu-${release}.yaml`, import.meta.url);
  return parse(readFileSync(url, 'utf8'));
}

describeWithShared('releases without introspection', () => {
  it.each(CASES)('$release $target: as many definitions as the text has', ({ release, target }) => {
    const text = countText(fileOf(release, target));
    const schema = countSchema(load(release, target));
    const of = (counts: Readonly<Record<string, number>>, ...keys: string[]) =>
      keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
    expect({
      commands: of(schema, 'command'),
      structs: of(schema, 'struct'),
      enums: of(schema, 'enum'),
      // Until 2.1 an alternate was a union with an empty discriminator.
      unions: of(schema, 'union', 'alternate'),
      events: of(schema, 'event'),
    }).toEqual({
      commands: of(text, 'command'),
      structs: of(text, 'type', 'struct'),
      enums: of(text, 'enum'),
      unions: of(text, 'union', 'alternate'),
      events: of(text, 'event'),
    });
    expect(of(schema, 'command')).toBeGreaterThan(10);
  });

  it.each(RELEASES)('%s: the events of its catalogue are all there', (release) => {
    const folder = join(SHARED, 'qemu', release);
    const text = readFileSync(join(folder, 'qmp-events.txt'), 'utf8');
    const headings = Array.from(text.matchAll(/^(.+)\n---+$/gm), ([, names = '']) => {
      return names.split(', ');
    }).flat();
    const diagnostics = new Diagnostics();
    const loaded = loadDefinitions(fileOf(release, 'qmp'), { diagnostics });
    const catalogue = readCatalogue(new SourceFile('qmp-events.txt', text), diagnostics);
    const schema = assembleSchema(
      mergeCatalogue(loaded.definitions ?? [], catalogue, diagnostics),
      [...loaded.modules, catalogueModule(catalogue)],
    );
    const declared = countText(fileOf(release, 'qmp')).event ?? 0;
    expect(headings.filter((name) => !schema.events.has(name))).toEqual([]);
    expect(schema.events.size).toBe(declared === 0 ? headings.length : declared);
  });

  it.each(RELEASES)('%s: twenty definitions as read by hand', (release) => {
    const expected = table(release);
    const names = TARGETS.flatMap((target) => Object.keys(expected[target]));
    expect(names).toHaveLength(20);
    for (const target of TARGETS) {
      const notations = new Notations(load(release, target));
      const actual = Object.keys(expected[target]).map((name) => [name, notations.of(name)]);
      expect(ordered(Object.fromEntries(actual))).toBe(ordered(expected[target]));
    }
  });

  it('a simple union has the enum of its branches as the discriminator', () => {
    const schema = load('1.6', 'qmp');
    const union = schema.types.get('KeyValue');
    const base = union?.kind === 'union' ? schema.types.get(union.base) : undefined;
    const type = base?.kind === 'struct' ? base.members[0]?.type : undefined;
    expect(type).toEqual({ kind: 'named', name: 'KeyValueKind' });
    const kind = schema.types.get('KeyValueKind');
    expect(kind?.kind === 'enum' ? kind.values.map(({ name }) => name) : null).toEqual([
      'number',
      'qcode',
    ]);
  });
});
