import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import type { Condition } from '../../generator/ir/condition.js';
import { type Configuration, configure } from '../../generator/ir/configure.js';
import { settle } from '../../generator/ir/settle.js';
import { loadDefinitions } from '../../generator/schema/index.js';
import { folderWith } from '../support/files.js';

const name = (text: string): Condition => ({ kind: 'defined', name: text });
const not = (of: Condition): Condition => ({ kind: 'not', of });
const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
const [yes, no, open, other] = ['YES', 'NO', 'OPEN', 'OTHER'].map(name) as [
  Condition,
  Condition,
  Condition,
  Condition,
];

describe('a condition is settled', () => {
  const configuration = { defined: ['YES'], undefined: ['NO'] };
  const raw: Condition = { kind: 'raw', text: 'VERSION > 3' };

  test.each<[string, Condition, Condition | null | false]>([
    ['a defined name', yes, null],
    ['an undefined name', no, false],
    ['a name nobody speaks of', open, open],
    ['not defined', not(yes), false],
    ['not undefined', not(no), null],
    ['not open', not(open), not(open)],
    ['all of true', all(yes, yes), null],
    ['all with a false one', all(open, no), false],
    ['all, reduced to the one that is open', all(yes, open), open],
    ['all, reduced to those that are open', all(open, yes, other), all(open, other)],
    ['any with a true one', any(open, yes), null],
    ['any of false', any(no, no), false],
    ['any, reduced', any(no, open), open],
    ['nested', not(any(no, all(yes, not(open)))), not(not(open))],
    ['text of C', raw, raw],
  ])('%s', (_, condition, expected) => {
    expect(settle(condition, configuration)).toEqual(expected);
  });
});

/** What is left of a schema, and the codes of what was found. */
function configured(text: string, configuration: Partial<Configuration>) {
  const file = join(folderWith({ 'schema.json': text }), 'schema.json');
  const diagnostics = new Diagnostics();
  const { definitions } = loadDefinitions(file, { diagnostics });
  expect(diagnostics.errors).toBe(0);
  const left = configure(
    definitions ?? [],
    { defined: [], undefined: [], ...configuration },
    diagnostics,
  );
  const errors = diagnostics.list.filter(({ severity }) => severity === 'error');
  return { left, names: left.map((d) => d.name), codes: errors.map(({ code }) => code) };
}

describe('a schema is configured', () => {
  test('members, values, branches, alternatives and features go with their conditions', () => {
    const { left, codes } = configured(
      `{ 'enum': 'E', 'data': [ 'a', { 'name': 'b', 'if': 'NO' }, { 'name': 'c', 'if': 'YES' } ] }
{ 'struct': 'S', 'data': { 'x': 'int', 'y': { 'type': 'int', 'if': 'NO' } },
  'features': [ 'f', { 'name': 'g', 'if': 'NO' } ] }
{ 'alternate': 'A', 'data': { 's': 'S', 'i': { 'type': 'int', 'if': 'NO' } } }
{ 'union': 'U', 'base': { 'e': 'E' }, 'discriminator': 'e',
  'data': { 'a': 'S', 'c': { 'type': 'S', 'if': 'NO' } } }
`,
      { defined: ['YES'], undefined: ['NO'] },
    );
    expect(codes).toEqual([]);
    const partsOf = (wanted: string) => {
      const definition = left.find((d) => d.name === wanted);
      if (definition === undefined) return null;
      const parts =
        ('values' in definition && definition.values) ||
        ('members' in definition && definition.members) ||
        ('branches' in definition && definition.branches) ||
        ('alternatives' in definition && definition.alternatives) ||
        [];
      return parts.map((part) => [part.name, part.condition]);
    };
    expect(partsOf('E')).toEqual([
      ['a', null],
      ['c', null],
    ]);
    expect(partsOf('S')).toEqual([['x', null]]);
    expect(partsOf('A')).toEqual([['s', null]]);
    expect(partsOf('U')).toEqual([['a', null]]);
    expect(left.find((d) => d.name === 'S')?.features.map((f) => f.name)).toEqual(['f']);
  });

  test('a branch goes with the value of its discriminator', () => {
    const { left } = configured(
      `{ 'enum': 'E', 'data': [ 'a', { 'name': 'b', 'if': 'NO' } ] }
{ 'struct': 'S', 'data': {} }
{ 'struct': 'Base', 'data': { 'e': 'E' } }
{ 'struct': 'Longer', 'base': 'Base', 'data': { 'x': 'int' } }
{ 'union': 'U', 'base': 'Longer', 'discriminator': 'e',
  'data': { 'a': 'S', 'b': { 'type': 'S', 'if': 'OTHER' } } }
`,
      { undefined: ['NO'] },
    );
    const union = left.find((d) => d.kind === 'union');
    expect(union?.branches.map((branch) => branch.name)).toEqual(['a']);
  });

  test('implicit types go with the definition they were made for', () => {
    const { names } = configured(
      `{ 'command': 'c', 'data': { 'x': 'int' }, 'if': 'NO' }
{ 'event': 'E', 'data': { 'x': 'int' } }
`,
      { undefined: ['NO'] },
    );
    expect(names).toEqual(expect.arrayContaining(['E', 'q_obj_E-arg']));
    expect(names).not.toContain('c');
    expect(names).not.toContain('q_obj_c-arg');
  });

  test('the wrapper of a branch goes with it', () => {
    const { names, codes } = configured(
      `{ 'struct': 'S', 'data': {}, 'if': 'NO' }
{ 'struct': 'T', 'data': {} }
{ 'union': 'U', 'data': { 's': { 'type': 'S', 'if': 'NO' }, 't': 'T' } }
`,
      { undefined: ['NO'] },
    );
    expect(codes).toEqual([]);
    expect(names).toContain('q_obj_T-wrapper');
    expect(names).not.toContain('q_obj_S-wrapper');
  });

  test('what is kept must not refer to what is not', () => {
    const { codes } = configured(
      `{ 'struct': 'S', 'data': {}, 'if': 'NO' }
{ 'command': 'c', 'returns': ['S'] }
{ 'struct': 'T', 'data': { 's': 'S', 't': { 'type': 'S', 'if': 'NO' } } }
`,
      { undefined: ['NO'] },
    );
    expect(codes).toEqual(['condition-dangling', 'condition-dangling']);
  });

  test('a union keeps its discriminator and a value, an alternate a branch', () => {
    const { codes } = configured(
      `{ 'enum': 'E', 'data': [ { 'name': 'a', 'if': 'NO' } ] }
{ 'struct': 'S', 'data': { 'e': { 'type': 'E', 'if': 'NO' } } }
{ 'union': 'U', 'base': 'S', 'discriminator': 'e', 'data': {} }
{ 'union': 'V', 'base': { 'e': 'E' }, 'discriminator': 'e', 'data': {} }
{ 'alternate': 'A', 'data': { 'i': { 'type': 'int', 'if': 'NO' } } }
`,
      { undefined: ['NO'] },
    );
    expect(codes).toEqual(['condition-emptied', 'condition-emptied', 'condition-emptied']);
  });

  test('names nobody speaks of leave everything, with what remains of its condition', () => {
    const text = `{ 'struct': 'S', 'data': {}, 'if': { 'all': [ 'YES', 'OPEN' ] } }\n`;
    expect(configured(text, { defined: ['YES'] }).left[0]?.condition).toEqual(open);
  });
});
