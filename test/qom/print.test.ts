import { describe, expect, test } from 'vitest';
import { painter } from '../../generator/diagnostics/paint.js';
import {
  listLines,
  type TreeObject,
  treeLines,
  typeHelpLines,
  typeLines,
  valueLines,
} from '../../generator/qom/index.js';

const plain = painter(false);
const HOSTILE = 'a\u001b[2J\u202e\nb';

/** Whether a terminal only shows it. */
const harmless = (lines: Iterable<string>) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
  [...lines].every((line) => !/[\u0000-\u001f\u007f-\u009f\u202e]/.test(line));

describe('for a terminal', () => {
  test("an object's children come first, then its links, by name", () => {
    const lines = listLines(
      [
        { name: 'usb', type: 'bool', description: 'USB' },
        { name: 'slot[10]', type: 'child<slot>' },
        { name: 'slot[2]', type: 'child<slot>' },
        { name: 'memory', type: 'link<memory-backend>' },
      ],
      plain,
    );
    expect(lines).toEqual([
      'slot[2]/   slot',
      'slot[10]/  slot',
      'memory@    memory-backend',
      'usb        bool            USB',
    ]);
  });

  test('values stand as JSON, and what cannot be read says why', () => {
    const lines = valueLines(
      [
        { name: 'id', type: 'string', value: 'x' },
        { name: 'size', type: 'size', value: 2n ** 64n - 1n },
        { name: 'gone', type: 'int', error: { class: 'GenericError', desc: 'no' } },
      ],
      plain,
    );
    expect(lines).toEqual([
      'id    "x"                   string',
      'size  18446744073709551615  size',
      'gone  (no)                  int',
    ]);
  });

  test('a tree has rails', () => {
    const leaf = (name: string): TreeObject => ({ name, path: `/${name}`, type: 'leaf' });
    const tree: TreeObject = {
      ...{ name: '/', path: '/', type: null },
      children: [
        {
          ...leaf('a'),
          children: [leaf('b')],
          properties: [{ name: 'n', type: 'int', value: 1 }],
        },
        { ...leaf('c'), error: { class: 'DeviceNotFound', desc: 'gone' } },
      ],
    };
    expect([...treeLines(tree, plain)]).toEqual([
      '/',
      '├─ a (leaf)',
      '│  │ n  1  int',
      '│  └─ b (leaf)',
      '└─ c (leaf) gone',
    ]);
  });

  test('types stand below their parents, whatever a server says of them', () => {
    const types = [
      { name: 'b', parent: 'a' },
      { name: 'a', abstract: true },
      { name: 'own', parent: 'own' },
      { name: 'lost', parent: 'nowhere' },
      { name: 'b', parent: 'a' },
    ];
    expect([...typeLines(types, plain)]).toEqual(['a (abstract)', '  b', 'lost']);
  });

  test('no text of a server acts', () => {
    const property = { name: HOSTILE, type: HOSTILE, description: HOSTILE, value: HOSTILE };
    const error = { class: HOSTILE, desc: HOSTILE };
    const object: TreeObject = { name: HOSTILE, path: HOSTILE, type: HOSTILE, error };
    expect(harmless([HOSTILE])).toBe(false);
    expect(harmless(listLines([property], plain))).toBe(true);
    expect(harmless(valueLines([property, { ...HOSTILE_ERROR, error }], plain))).toBe(true);
    const tree = { ...object, children: [object], properties: [property] };
    expect(harmless(treeLines(tree, plain))).toBe(true);
    expect(harmless(typeLines([{ name: HOSTILE }], plain))).toBe(true);
    const help = {
      ...{ name: HOSTILE, device: true },
      properties: [{ ...property, 'default-value': HOSTILE }],
    };
    const family = { abstract: false, parents: [HOSTILE], children: [HOSTILE] };
    expect(harmless(typeHelpLines(help, family, plain))).toBe(true);
  });
});

const HOSTILE_ERROR = { name: HOSTILE, type: `child<${HOSTILE}>` };
