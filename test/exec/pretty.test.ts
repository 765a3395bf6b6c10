import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactJson, prettyJson, safeJson } from '../../generator/shell/live/index.js';

describe('exact JSON', () => {
  test('is what JSON.stringify gives, with whole integers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(exactJson(value)).toBe(JSON.stringify(value));
      }),
    );
    expect(exactJson({ a: [2n ** 64n - 1n, -0, 1e300] })).toBe(
      '{"a":[18446744073709551615,0,1e+300]}',
    );
    expect(exactJson(undefined)).toBe('null');
    expect(exactJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
  });

  test('of what nests deeper than the stack', () => {
    const depth = 200_000;
    const value: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(exactJson(value)).toHaveLength(2 * depth);
  });
});

describe('JSON for a terminal', () => {
  test('is the same JSON, where nothing is folded', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 20, max: 200 }), (value, width) => {
        const text = prettyJson(value, { width, full: true });
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[^\n\P{Cc}]/u);
      }),
    );
  });

  test('stays on a line where it fits, else has a line for each part', () => {
    const value = { a: [1, 2], b: { c: 'x'.repeat(14) } };
    expect(prettyJson(value)).toBe('{ "a": [1, 2], "b": { "c": "xxxxxxxxxxxxxx" } }');
    expect(prettyJson(value, { width: 30 })).toBe(
      '{\n  "a": [1, 2],\n  "b": {\n    "c": "xxxxxxxxxxxxxx"\n  }\n}',
    );
    expect(prettyJson([])).toBe('[]');
    expect(prettyJson({})).toBe('{}');
  });

  test('folds what is long, and says how much that is', () => {
    const list = Array.from({ length: 150 }, (_, at) => at);
    const lines = prettyJson(list).split('\n');
    expect(lines).toHaveLength(103);
    expect(lines[101]).toBe('  … 50 more');
    expect(prettyJson(list, { full: true })).not.toContain('…');
    expect(prettyJson('x'.repeat(5000))).toMatch(/^"x{2000}" … 3000 more characters$/);
    const members = Object.fromEntries(list.map((at) => [`m${at}`, at]));
    expect(prettyJson(members)).toContain('  … 50 more');
    const table = Array.from({ length: 90 }, () => list.slice(0, 90));
    const tall = prettyJson(table).split('\n');
    expect(tall).toHaveLength(501);
    expect(tall[500]).toMatch(/^… \d+ more lines$/);
  });

  test('ends with what nests without end', () => {
    const depth = 100_000;
    const value: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(prettyJson(value).split('\n')).toHaveLength(65);
    expect(prettyJson(value, { full: true }).length).toBeGreaterThan(2 * depth);
  });

  test('acts on nothing', () => {
    const text = '\u001b[2J\u007f\u009b\u202e\u2028\u{e0001}\ud800é';
    const shown = prettyJson({ [text]: text });
    expect(shown).toMatch(/^[\n\x20-\x7eé]*$/);
    expect(JSON.parse(shown)).toEqual({ [text]: text });
    expect(safeJson('"\u{e0001}"')).toBe('"\\udb40\\udc01"');
  });

  test('is coloured where that is wanted', () => {
    expect(prettyJson({ a: [1, 'b', true] }, { color: true })).toBe(
      '{ \u001b[36m"a": \u001b[39m[\u001b[33m1\u001b[39m, \u001b[32m"b"\u001b[39m, true] }',
    );
  });
});
