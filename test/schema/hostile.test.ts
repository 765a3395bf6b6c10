import { describe, expect, it } from 'vitest';
import { formOfSchema, introspect } from '../../generator/introspection/write/index.js';
import type { Schema } from '../../generator/ir/types.js';
import { printSchema } from '../../generator/print/index.js';
import { loadText } from '../support/schema-text.js';

/** Names that objects and classes have without anybody's doing. */
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'prototype',
  'hasOwnProperty',
  'then',
  '__a_b',
];

function accepted(text: string): Schema {
  const { schema, diagnostics } = loadText(text);
  expect(diagnostics.list.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (schema === null) throw new Error('no schema');
  return schema;
}

describe.each(NAMES)('the name %s', (name) => {
  const text = `{ 'enum': 'En', 'data': [ '${name}', 'other' ] }
{ 'struct': 'Sa', 'data': { '${name}': 'int', '*other': 'str' } }
{ 'struct': 'Sb', 'base': 'Sa', 'data': { 'b': 'int' } }
{ 'struct': 'Sc', 'data': {} }
{ 'union': 'Un', 'base': { '${name}': 'En' }, 'discriminator': '${name}', 'data': { '${name}': 'Sc' } }
{ 'union': 'Old', 'data': { '${name}': 'Sc' } }
{ 'alternate': 'Al', 'data': { '${name}': 'Sa', 'other': 'str' } }
{ 'command': 'c', 'data': { '${name}': 'Al' }, 'features': [ '${name}' ] }
{ 'event': 'EV', 'data': { '${name}': 'Un' } }
`;

  it('is a member, value, branch, alternative and feature like any other', () => {
    const schema = accepted(text);
    const type = (wanted: string) => schema.types.get(wanted);
    expect(type('En')).toMatchObject({ values: [{ name }, { name: 'other' }] });
    expect(type('Sa')).toMatchObject({ members: [{ name, optional: false }, { name: 'other' }] });
    expect(type('Un')).toMatchObject({ discriminator: name, branches: [{ name }] });
    expect(type('Al')).toMatchObject({ alternatives: [{ name }, { name: 'other' }] });
    expect(schema.commands.get('c')?.features.map((feature) => feature.name)).toEqual([name]);
  });

  it('goes through introspection and canonical text', () => {
    const schema = accepted(text);
    const infos = introspect(schema, { form: formOfSchema(schema) });
    const members = infos.flatMap((info) => (info['meta-type'] === 'object' ? info.members : []));
    expect(members.filter((member) => member.name === name).length).toBeGreaterThanOrEqual(3);
    const printed = printSchema(schema).get('main.json') ?? '';
    expect(printSchema(accepted(printed)).get('main.json')).toBe(printed);
  });

  it.each(['struct', 'command', 'event'])('is a %s like any other', (kind) => {
    const data = kind === 'struct' ? ", 'data': { 'a': 'int' }" : '';
    const schema = accepted(`{ '${kind}': '${name}'${data} }\n`);
    expect(schema.definitions.map((definition) => definition.name)).toEqual([name]);
    expect(schema.definitions[0]?.tsName).toMatch(/^[A-Za-z][A-Za-z0-9]*_*$/);
  });

  it('is no type, base, member or key that nobody defined', () => {
    const use = (text: string) => loadText(text).codes;
    expect(use(`{ 'command': 'c', 'returns': '${name}' }`)).toEqual(['unknown-type']);
    expect(use(`{ 'struct': 'Sa', 'base': '${name}', 'data': {} }`)).toEqual(['unknown-type']);
    expect(
      use(
        `{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 'a': 'En' }, 'discriminator': '${name}', 'data': {} }`,
      ),
    ).toEqual(['discriminator-missing']);
    expect(use(`{ 'command': 'c', '${name}': true }`)).toEqual(['unknown-key']);
    expect(use(`{ '${name}': 'c' }`)).toEqual(['definition-kind']);
    expect(use(`{ 'pragma': { '${name}': true } }`)).toEqual(['unknown-pragma']);
    expect(use(`{ 'command': 'c', 'if': { '${name}': 'X' } }`)).toEqual(['condition-invalid']);
  });
});

describe('nesting', () => {
  it.each([
    '[',
    "{ 'a': ",
    '{ [',
    "{ 'command': 'c', 'if': { 'not': ",
    "{ 'type': 'T', 'data': { 'a': { ",
  ])('100,000 deep is refused: %s', (opening) => {
    const { codes, diagnostics } = loadText(opening.repeat(100_000));
    expect(diagnostics.errors).toBeGreaterThan(0);
    expect(codes.length).toBeLessThan(1100);
  });

  it('100,000 deep and closed again is refused', () => {
    const text = `{ 'command': 'c', 'data': ${'['.repeat(100_000)}${']'.repeat(100_000)} }\n{ 'command': 'd', 'data': 1 }\n`;
    expect(loadText(text).codes).toEqual(['nesting-too-deep', 'stray-character']);
  });

  it('of conditions has a meaning as far as values may be nested', () => {
    const text = `{ 'command': 'c', 'if': ${"{ 'not': ".repeat(150)}'X'${' }'.repeat(150)} }`;
    expect(accepted(text).commands.get('c')?.condition).toMatchObject({ kind: 'not' });
  });

  it('of inline structs too, each with a name of its own', () => {
    const text = `{ 'type': 'Top', 'data': ${"{ 'a': ".repeat(150)}'int'${' }'.repeat(150)} }`;
    const schema = accepted(text);
    expect(new Set(schema.definitions.map(({ name }) => name)).size).toBe(150);
    expect(new Set(schema.definitions.map(({ tsName }) => tsName)).size).toBe(150);
  });
});

it('two inline structs that would have the same name have two', () => {
  const schema = accepted(
    "{ 'type': 'Ab', 'data': { 'c-d': { 'x': 'int' }, 'c': { 'd': { 'y': 'str' } } } }",
  );
  const inline = schema.definitions.filter((d) => 'implicit' in d && d.implicit === 'inline');
  expect(inline).toHaveLength(3);
  expect(new Set(inline.map(({ name }) => name)).size).toBe(3);
});

it('a file of nothing but errors is given up after a thousand', () => {
  const { diagnostics } = loadText('{;}\n'.repeat(100_000));
  expect(diagnostics.errors).toBe(1001);
  expect(diagnostics.list).toHaveLength(200);
  expect(diagnostics.leftOut).toBe(801);
});

it('more values than anyone needs are refused before they fill the memory', () => {
  const { codes } = loadText(`{ 'enum': 'En', 'data': [ ${"'',".repeat(4_100_000)} ] }`);
  expect(codes).toEqual(['too-many-values']);
}, 60_000);
