import { describe, expect, test } from 'vitest';
import { guessed } from './support.js';

const right = (line: string, options = {}) => {
  const { value, problems } = guessed(line, options);
  expect(problems).toEqual([]);
  return value;
};

describe('without a schema values are what they look like', () => {
  test.each([
    ['c', undefined],
    ['c a=1 b=-2 c=+3', { a: 1, b: -2, c: 3 }],
    ['c a=18446744073709551615', { a: 2n ** 64n - 1n }],
    ['c a=007', { a: 7 }],
    ['c a=true b=False c=TRUE', { a: true, b: false, c: true }],
    ['c a=on b=1.5 c=0x10 d=null e=', { a: 'on', b: '1.5', c: '0x10', d: 'null', e: '' }],
    ['c a="1" b=\'true\'', { a: '1', b: 'true' }],
    ['c a={"b":[1,2.5,null]}', { a: { b: [1, 2.5, null] } }],
    ["c a={'b': True, 'c': None}", { a: { b: true, c: null } }],
    ['c a=[1, 2]', { a: [1, 2] }],
    ['c a={broken', { a: '{broken' }],
    ['c a.b.c=1 a.b.d=x', { a: { b: { c: 1, d: 'x' } } }],
    ['c a.0=x a.1=y', { a: ['x', 'y'] }],
    ['c a.0.b=1 a.1.b=2', { a: [{ b: 1 }, { b: 2 }] }],
    ['c a.0=x a.2=y', { a: { 0: 'x', 2: 'y' } }],
    ['c a={"b":1} a.c=2', { a: { b: 1, c: 2 } }],
    ['c {"a":{"b":1}} a.c=2 d=3', { a: { b: 1, c: 2 }, d: 3 }],
    // The names of downstreams hold dots.
    [
      'c __com.redhat_x=1 a.__org.example_y.z=2',
      { '__com.redhat_x': 1, a: { '__org.example_y': { z: 2 } } },
    ],
  ])('%s', (line, value) => {
    expect(right(line)).toEqual(value);
  });

  test('quotes that only begin or end a value are part of it', () => {
    expect(right(`c a='b'c' d="e"f" g=" h='`)).toEqual({ a: "'b'c'", d: '"e"f"', g: '" h=\'' });
  });
});

describe('files', () => {
  const load = (name: string) =>
    name === 'f' ? { text: '\ufeff{"a": {"b": 1}}\n' } : { reason: 'does not exist' };

  test('are whole objects, beside other arguments', () => {
    expect(right('c @f a.c=2', { load })).toEqual({ a: { b: 1, c: 2 } });
    expect(guessed('c @g', { load })).toEqual({
      value: undefined,
      problems: ['@g: g does not exist'],
    });
    expect(guessed('c @f', { load: () => ({ text: '{"a": x}' }) }).problems).toEqual([
      'f:x: a JSON value is expected here',
    ]);
    expect(guessed('c -', { load: () => ({ text: '[1]' }) }).problems).toEqual([
      'standard input:[1]: the arguments are a JSON object',
    ]);
  });

  test('are no arguments where nobody can read them', () => {
    expect(guessed('c @f').problems).toEqual(['@f: an argument is written as key=value']);
  });
});
