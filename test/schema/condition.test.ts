import { describe, expect, it } from 'vitest';
import type { Condition } from '../../generator/ir/condition.js';
import { loadText } from '../support/schema-text.js';

const name = (text: string): Condition => ({ kind: 'defined', name: text });

function condition(value: string, strict = false) {
  const { schema, codes } = loadText(`{ 'command': 'c', 'if': ${value} }`, { strict });
  return { condition: schema?.commands.get('c')?.condition, codes };
}

describe('conditions of 10.2', () => {
  it.each<[string, Condition]>([
    ["'A_1'", name('A_1')],
    ["{ 'not': 'A' }", { kind: 'not', of: name('A') }],
    [
      "{ 'all': [ 'A', { 'any': [ 'B', 'C' ] } ] }",
      { kind: 'all', of: [name('A'), { kind: 'any', of: [name('B'), name('C')] }] },
    ],
    ["{ 'any': [ 'A' ] }", { kind: 'any', of: [name('A')] }],
  ])('%s', (value, expected) => {
    expect(condition(value, true)).toEqual({ condition: expected, codes: [] });
  });
});

describe('conditions from 3.0 to 6.1', () => {
  it.each<[string, Condition]>([
    ["'defined(A)'", name('A')],
    ["'defined A'", name('A')],
    ["'!defined(A)'", { kind: 'not', of: name('A') }],
    [
      "'defined(A) && (defined(B) || !defined(C))'",
      {
        kind: 'all',
        of: [name('A'), { kind: 'any', of: [name('B'), { kind: 'not', of: name('C') }] }],
      },
    ],
    ["[ 'A', 'defined(B)' ]", { kind: 'all', of: [name('A'), name('B')] }],
    ["[ 'A' ]", name('A')],
    ["'A > 3'", { kind: 'raw', text: 'A > 3' }],
    ["'defined(A) &&'", { kind: 'raw', text: 'defined(A) &&' }],
    ["'defined(A'", { kind: 'raw', text: 'defined(A' }],
  ])('%s', (value, expected) => {
    expect(condition(value)).toEqual({ condition: expected, codes: [] });
    expect(condition(value, true).condition).toBeUndefined();
  });
});

describe('what is no condition in any age', () => {
  it.each([
    'true',
    "''",
    "' '",
    '[]',
    '{}',
    "{ 'all': [] }",
    "{ 'all': 'A' }",
    "{ 'nor': [ 'A' ] }",
    "{ 'all': [ 'A' ], 'any': [ 'B' ] }",
    "{ 'not': [] }",
    "{ 'not': true }",
  ])('%s', (value) => {
    expect(condition(value).codes).toEqual(['condition-invalid']);
    expect(condition(value, true).codes).toContain('condition-invalid');
  });
});

it('stand on definitions, members, branches, values, alternatives and features', () => {
  const { schema, codes } = loadText(
    `{ 'enum': 'En', 'data': [ 'a', { 'name': 'b', 'if': 'X' } ], 'if': 'X' }
{ 'union': 'Un', 'base': { 't': 'En', '*m': { 'type': 'int', 'if': 'X' } }, 'discriminator': 't',
  'data': { 'b': { 'type': 'Sa', 'if': 'X' } }, 'features': [ { 'name': 'f', 'if': 'X' } ] }
{ 'struct': 'Sa', 'data': {} }
{ 'alternate': 'Al', 'data': { 'a': { 'type': 'int', 'if': 'X' } } }
`,
    { strict: true },
  );
  expect(codes).toEqual([]);
  const on = { condition: name('X') };
  const types = schema?.types;
  expect(types?.get('En')).toMatchObject({ ...on, values: [{ condition: null }, on] });
  expect(types?.get('Un')).toMatchObject({ branches: [on], features: [on] });
  expect(types?.get('q_obj_Un-base')).toMatchObject({ members: [{ condition: null }, on] });
  expect(types?.get('Al')).toMatchObject({ alternatives: [on] });
});
