import { describe, expect, it } from 'vitest';
import { readOne, readText } from '../support/catalogues.js';

/** The data of an event with these members and no example, findings aside. */
function members(...lines: string[]) {
  return readOne(['Data:', '', ...lines].join('\n'));
}

describe('types of members', () => {
  it.each([
    ['json-int', 'int'],
    ['json-integer', 'int'],
    ['json-number', 'number'],
    ['json-string', 'str'],
    ['json-bool', 'bool'],
    ['json-boolean', 'bool'],
    ['json-null', 'null'],
    ['json-value', 'any'],
    ['json-object', {}],
    ['json-array', '["any"]'],
    ['json-array of json-int', '["int"]'],
  ])('%s', (stated, type) => {
    expect(members(`- "m": some text (${stated})`)).toEqual({ data: { m: type }, findings: [] });
    expect(members(`- "m": some text, ${stated}`).data).toEqual({ m: type });
  });

  it('finds the type on a continuation line, in any column', () => {
    expect(members('- "m": some text that goes', 'on here (json-int)')).toEqual({
      data: { m: 'int' },
      findings: [],
    });
  });

  it('takes the parentheses that hold the type, not others', () => {
    expect(members('- "m": text (e.g., "a" or "b") here (json-string)').data).toEqual({ m: 'str' });
    expect(members('- "m": text (json-string (of digits), optional)').data).toEqual({
      'm?': 'str',
    });
  });

  it('a type that JSON does not have is any value, with a warning', () => {
    expect(members('- "m": text (json-blob)')).toEqual({
      data: { m: 'any' },
      findings: ['catalogue-type-unknown:6'],
    });
    expect(members('- "m": text (json-string or json-int)').findings).toEqual([
      'catalogue-type-unknown:6',
    ]);
  });

  it('a type that is not stated comes from the example, or is any', () => {
    expect(members('- "m": text')).toEqual({
      data: { m: 'any' },
      findings: ['catalogue-type-unstated:6'],
    });
    const example =
      'Example:\n\n{ "event": "SAMPLE", "data": { "m": 1.5, "n": [true], "o": null, "p": 3 },\n' +
      '  "timestamp": { "seconds": 1, "microseconds": 2 } }';
    const { data } = members(
      '- "m": text',
      '- "n": text',
      '- "o": text',
      '- "p": text',
      '',
      example,
    );
    expect(data).toEqual({ m: 'number', n: '["bool"]', o: 'any', p: 'int' });
  });

  it('several examples must agree on a type that is not stated', () => {
    const example = (value: string) =>
      `{ "event": "SAMPLE", "data": { "m": ${value} },\n` +
      '  "timestamp": { "seconds": 1, "microseconds": 2 } }\n';
    expect(members('- "m": text', '', example('1'), example('1.5')).data).toEqual({ m: 'number' });
    expect(members('- "m": text', '', example('1'), example('"x"')).data).toEqual({ m: 'any' });
  });

  it('a schema type named in prose is kept as a reference', () => {
    expect(members('- "m": Kind type as described in qapi-schema.json')).toEqual({
      data: { m: 'ref(Kind)' },
      findings: [],
    });
    expect(members('- "m": text', '  See Kind in ~/qapi-schema.json for values').data).toEqual({
      m: 'ref(Kind)',
    });
  });

  it('data that is a schema type as a whole', () => {
    expect(readOne('Emitted now.\n\n - data: Kind type as described in qapi-schema.json')).toEqual({
      data: 'ref(Kind)',
      findings: [],
    });
  });
});

describe('optional members', () => {
  it.each([
    '- "m": text (json-int, optional)',
    '- "m": text (optional, json-int)',
    '- "m": text (json-int) (optional)',
    '- "m" (optional): text (json-int)',
  ])('%s', (line) => {
    expect(members(line)).toEqual({ data: { 'm?': 'int' }, findings: [] });
  });

  it('the word elsewhere means nothing', () => {
    expect(members('- "m": the optional text (json-int)').data).toEqual({ m: 'int' });
  });
});

describe('alternatives', () => {
  it.each([
    ['in the parentheses', ['- "m": text (json-string, "a" or "b")']],
    ['before the type', ['- "m": kind ("a" for one thing, "b" for two, json-string)']],
    ['with meanings', ['- "m": text (json-string; "a" for one', '      "b" for two)']],
    ['listed below', ['- "m": one of these (json-string):', '    "a": one', '    "b": two']],
    ['listed below, flat', ['- "m": one of these (json-string):', '"a": one', '"b": two']],
    ['listed below with tabs', ['- "m": one of (json-string):', '    "a": one', '\t"b": two']],
    ['listed below with dashes', ['- "m": (json-string)', '  - "a": one', '  - "b": two']],
    ['after a blank line', ['- "m": one of (json-string):', '', '    "a": one', '    "b": two']],
    ['in a row', ['- "m": one of the following (json-string):', '      "a", or "b"']],
    ['in a row with a full stop', ['- "m": text (json-string), either "a" or "b".']],
    ['without a type', ["- \"m\": mode, 'a' or 'b'"]],
    ['in single quotes', ["- \"m\": mode (json-string, 'a' or 'b')"]],
    ['twice the same', ['- "m": text (json-string, "a", "b" or "a")']],
  ])('%s', (_where, lines) => {
    expect(members(...lines)).toEqual({ data: { m: 'a | b' }, findings: [] });
  });

  it('a single one counts where the text is sure', () => {
    expect(members('- "m": text (json-string, currently always "a").').data).toEqual({ m: 'a' });
    expect(members('- "m": text ("a" for one thing, json-string)').data).toEqual({ m: 'a' });
  });

  it.each([
    '- "m": text (json-string, usually "a")',
    '- "m": text (json-string, e.g. "a" or "b")',
    '- "m": text, may be empty ("") (json-string)',
    '- "m": either "a" or "b" is meant here, or not (json-string)',
    '- "m": the guest\'s text, not the host\'s (json-string)',
  ])('none in %s', (line) => {
    expect(members(line)).toEqual({ data: { m: 'str' }, findings: [] });
  });

  it('only strings have them', () => {
    expect(members('- "m": "1" is the main one (json-int, "1" or "2")').data).toEqual({ m: 'int' });
    expect(members('- "m": text (json-int):', '    "1": one').data).toEqual({ m: 'int' });
  });

  it('one that is no QAPI name leaves the member a string', () => {
    expect(members('- "m": text (json-string, "a" or "b c")')).toEqual({
      data: { m: 'str' },
      findings: ['catalogue-invalid-name:6'],
    });
  });

  it('keeps their meanings', () => {
    const { result } = readText(
      'E\n---\n\nData:\n\n- "m": which (json-string):\n    "a": the first\n       one\n    "b": two\n',
    );
    const data = result.events[0]?.data;
    const type = data?.kind === 'object' ? data.members[0]?.type : null;
    expect(type?.kind === 'enum' ? type.values.map(({ doc }) => doc) : null).toEqual([
      [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'the first one' }] }],
      [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'two' }] }],
    ]);
  });
});

describe('nesting', () => {
  it('follows the indentation, whatever its width', () => {
    expect(
      members(
        ' - "a": text (json-object)',
        '     - "b": text (json-object)',
        '        - "c": text (json-int)',
        '     - "d": text (json-int)',
        ' - "e": text (json-array)',
        '   - "f": text (json-bool)',
      ),
    ).toEqual({ data: { a: { b: { c: 'int' }, d: 'int' }, e: '[{"f":"bool"}]' }, findings: [] });
  });

  it('a member cannot lie in a scalar', () => {
    expect(members('- "a": text (json-int)', '   - "b": text (json-int)')).toEqual({
      data: { a: 'int', b: 'int' },
      findings: ['catalogue-nesting:7'],
    });
  });

  it('is limited', () => {
    const lines = Array.from(
      { length: 100 },
      (_, depth) => `${' '.repeat(depth)}- "m${depth}": text (json-object)`,
    );
    const { findings } = members(...lines);
    expect(new Set(findings.map((found) => found.split(':')[0]))).toEqual(
      new Set(['catalogue-nesting']),
    );
    expect(findings).toHaveLength(68);
  });
});

describe('what is not understood', () => {
  it('a member described twice', () => {
    expect(members('- "m": text (json-int)', '- "m": text (json-bool)')).toEqual({
      data: { m: 'int' },
      findings: ['catalogue-duplicate-member:7'],
    });
  });

  it('a list item that names nothing', () => {
    expect(members('- "m": text (json-int)', '- something else').findings).toEqual([
      'catalogue-not-a-member:7',
    ]);
  });

  it('a list in the description is not taken for members', () => {
    expect(readOne('Emitted for:\n\n- power: it went\n\nData: None.')).toEqual({
      data: null,
      findings: ['catalogue-not-a-member:6'],
    });
  });

  it('a name that cannot be one', () => {
    expect(
      members('- "a b": text (json-int)', '   that goes on', '- "c": text (json-int)'),
    ).toEqual({
      data: { c: 'int' },
      findings: ['catalogue-invalid-name:6'],
    });
  });

  it('names of Object.prototype are names like any other', () => {
    const { result, findings } = readText(
      'E\n---\n\nData:\n\n- "__proto__": a (json-int)\n- "constructor": b (json-string, "toString")\n',
    );
    const data = result.events[0]?.data;
    expect(findings).toEqual([]);
    expect(data?.kind === 'object' ? data.members.map(({ name }) => name) : null).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});
