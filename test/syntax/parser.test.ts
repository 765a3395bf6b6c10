import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { SourceFile } from '../../generator/source/source-file.js';
import type { TopLevelNode, ValueNode } from '../../generator/syntax/nodes.js';
import { parse } from '../../generator/syntax/parser.js';

/** A value as JSON has it. */
function plain(value: ValueNode): unknown {
  if (value.kind === 'object')
    return value.entries.map(({ key, value: v }) => [key.value, plain(v)]);
  return value.kind === 'list' ? value.items.map(plain) : value.value;
}

function read(text: string, strict = false) {
  const diagnostics = new Diagnostics({ strict });
  const file = new SourceFile('a.json', text);
  const items = [...parse(file, diagnostics)];
  const show = (item: TopLevelNode) =>
    item.kind === 'doc' ? text.slice(item.span.start, item.span.end) : plain(item.value);
  const places = diagnostics.list.map(({ code, at }) => {
    const { line, column } = file.position(at?.start ?? -1);
    return `${line}:${column} ${code}`;
  });
  return { items: items.map(show), places, messages: diagnostics.list.map((d) => d.message) };
}

describe('values', () => {
  it.each<[string, unknown]>([
    ['{}', []],
    [
      "{ 'a': 'b', 'c': true }",
      [
        ['a', 'b'],
        ['c', true],
      ],
    ],
    [
      "{'a':[],'b':[false,'x',{}]}",
      [
        ['a', []],
        ['b', [false, 'x', []]],
      ],
    ],
    ["{ 'a\\\\b': '' }", [['a\\b', '']]],
    ["{ # comment\n 'a': # 'x'\n 'b' }", [['a', 'b']]],
  ])('%s', (text, expected) => {
    expect(read(text, true)).toEqual({ items: [expected], places: [], messages: [] });
  });

  it('lie where they were read', () => {
    const text = "  { 'key': [ true ] }";
    const [item] = parse(new SourceFile('a.json', text), new Diagnostics());
    if (item?.kind !== 'expression' || item.value.kind !== 'object') throw new Error('no object');
    const of = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(of(item.value.span)).toBe("{ 'key': [ true ] }");
    const [entry] = item.value.entries;
    expect(of(entry?.key.span ?? item.value.span)).toBe("'key'");
    expect(of(entry?.value.span ?? item.value.span)).toBe('[ true ]');
  });
});

describe('what is wrong is told at its place', () => {
  it.each([
    ['{ ; }', '1:3 stray-character'],
    ["{ 'a' 'b' }", '1:7 unexpected-token'],
    ["{ 'a': }", '1:8 unexpected-token'],
    ["{ 'a': 'b' ", '1:12 unexpected-token'],
    ["{ 'a': 'b'\n", '1:11 unexpected-token'],
    ["{ 'a': [ 'b' }", '1:14 unexpected-token'],
    ["{ 'a': [ , ] }", '1:10 unexpected-token'],
    ["{ true: 'b' }", '1:3 unexpected-token'],
    ["{ 'a': 'b\n' }", '1:8 unterminated-string'],
    ["{ 'a': 'b\\n' }", '1:10 unknown-escape'],
    ["{ 'a': '\\u0041' }", '1:9 unknown-escape'],
    ["{ 'a': 'é' }", '1:9 non-ascii-string'],
    ["{ 'a': 'b\tc' }", '1:10 non-ascii-string'],
    ["{ 'a': 'b', 'a': 'c' }", '1:18 duplicate-key'],
    ["{ 'a': 1 }", '1:8 stray-character'],
    ["{ 'a': null }", '1:8 stray-character'],
    ['}', '1:1 unexpected-token'],
    ["{ 'a': '\\", '1:9 unknown-escape'],
  ])('%j: %s', (text, place) => {
    expect(read(text, true).places[0]).toBe(place);
  });

  it('shows characters that a terminal would act on by their number', () => {
    expect(read('{ \u001b[31m }').messages).toEqual(["stray '<U+001B>'"]);
    expect(read("{ 'a': '\u202e' }").messages[0]).toContain('U+202E');
  });
});

describe('after an error', () => {
  it('reading goes on at the next item', () => {
    const { items, places } = read("{ 'a' }\n{ 'b': 'c' }\n{ ;\n{ 'd': 'e' }\n");
    expect(items).toEqual([[['b', 'c']], [['d', 'e']]]);
    expect(places).toEqual(['1:7 unexpected-token', '3:3 stray-character']);
  });

  it('the item is not lost that showed the error', () => {
    const { items, places } = read("{ 'a': 'b'\n{ 'c': 'd' }\n");
    expect(items).toEqual([[['c', 'd']]]);
    expect(places).toEqual(['2:1 unexpected-token']);
  });

  it('nothing is said twice of a broken token', () => {
    expect(read("{ 'a': 'b }\n").places).toEqual(['1:8 unterminated-string']);
  });
});

describe('old dialects', () => {
  it('miss a comma', () => {
    const { items, places } = read("{ 'a': 'b' 'c': [ 'd' 'e' ] }");
    expect(items).toEqual([
      [
        ['a', 'b'],
        ['c', ['d', 'e']],
      ],
    ]);
    expect(places).toEqual(['1:12 missing-comma', '1:23 missing-comma']);
    expect(read("{ 'a': 'b' 'c': 'd' }", true).places).toEqual(['1:12 unexpected-token']);
  });

  it('have one too many', () => {
    const { items, places } = read("{ 'a': [ 'b', ], }");
    expect(items).toEqual([[['a', ['b']]]]);
    expect(places).toEqual(['1:15 trailing-comma', '1:18 trailing-comma']);
  });

  it('have documentation inside definitions', () => {
    const text = "{ 'a': 'b',\n##\n# x\n##\n 'c': 'd' }";
    expect(read(text)).toMatchObject({
      items: [
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
      ],
      places: ['2:1 misplaced-doc-comment'],
    });
    expect(read(text, true).places[0]).toBe('2:1 unexpected-token');
  });
});

describe('documentation comments', () => {
  it('are items of their own, other comments are not', () => {
    expect(read('# a\n##\n# b\n##\n{}\n# c\n', true).items).toEqual(['##\n# b\n##', []]);
  });

  it('go on over blank lines', () => {
    expect(read('##\n# a\n\n# b\n##\n', true)).toMatchObject({
      items: ['##\n# a\n\n# b\n##'],
      places: [],
    });
  });

  it('leave what is wrong with their markers to the reader', () => {
    const diagnostics = new Diagnostics({ strict: true });
    const file = new SourceFile('a.json', '## x\n# a\n## y\n##\n# b\n');
    const docs = [...parse(file, diagnostics)].filter((item) => item.kind === 'doc');
    expect(diagnostics.list).toEqual([]);
    expect(docs.map(({ opening, closing }) => [opening?.code, closing?.code])).toEqual([
      ['doc-comment-delimiter', 'doc-comment-delimiter'],
      [undefined, 'unterminated-doc-comment'],
    ]);
  });

  it('white space after a marker is as wrong as text', () => {
    const file = new SourceFile('a.json', '## \n# a\n##\t\n##\r\n# b\r\n##\r\n');
    const docs = [...parse(file, new Diagnostics())].filter((item) => item.kind === 'doc');
    expect(docs.map(({ opening, closing }) => [opening?.code, closing?.code])).toEqual([
      ['doc-comment-delimiter', 'doc-comment-delimiter'],
      [undefined, undefined],
    ]);
  });
});

it('reads as far as it is asked to', () => {
  const diagnostics = new Diagnostics();
  const items = parse(new SourceFile('a.json', '{}\n{}\n;\n'), diagnostics)[Symbol.iterator]();
  items.next();
  expect(diagnostics.errors).toBe(0);
  items.next();
  expect(diagnostics.errors).toBe(1);
});
