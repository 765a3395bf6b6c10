import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueModule, mergeCatalogue } from '../../generator/catalogue/index.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { assembleSchema } from '../../generator/ir/assemble.js';
import { CATALOGUE_NAMES, catalogueText, readText } from '../support/catalogues.js';
import { describeWithShared } from '../support/shared.js';

/** Inputs for each property; the long mode is for runs by hand. */
const LONG = process.env.QAPI_TS_LONG === '1';
const RUNS = LONG ? 70_000 : 2000;
const LIMIT = { timeout: LONG ? 900_000 : 60_000 };

/** Reads and lowers a text; every span lies in it and every name is one of QAPI's. */
function readAndLower(text: string): number {
  const { result, diagnostics } = readText(text);
  for (const { at } of diagnostics.list) {
    expect(at).not.toBeNull();
    expect(at?.start).toBeGreaterThanOrEqual(0);
    expect(at?.end).toBeGreaterThanOrEqual(at?.start ?? 0);
    expect(at?.end).toBeLessThanOrEqual(text.length);
  }
  const merged = mergeCatalogue([], result, new Diagnostics());
  const schema = assembleSchema(merged, [catalogueModule(result)]);
  for (const definition of schema.definitions) {
    expect(definition.tsName).toMatch(/^[A-Za-z_$][\w$]*$/);
    const parts =
      definition.kind === 'struct'
        ? definition.members
        : definition.kind === 'enum'
          ? definition.values
          : [];
    for (const { name } of parts) expect(name).toMatch(/^[\w.-]+$/);
  }
  return schema.events.size;
}

/** The pieces that such texts are made of, in any order. */
const PIECES = [
  ...['A', 'B_C', 'STOP, START', '---', '-----', '===', '\n', '\n\n', ' ', '    ', '\t', '\r\n'],
  ...[
    'Data:',
    'Data: None.',
    'Example:',
    'Note: ',
    'Description: ',
    '- ',
    '"a"',
    "'b'",
    '"__proto__"',
  ],
  ...[
    ': ',
    ' (json-int)',
    '(json-string, ',
    'json-object',
    ' optional)',
    '(',
    ')',
    ' or ',
    '"a": ',
  ],
  ...['{', '}', '[', ']', ',', '"event": "A"', '"data": {}', '...', '\\', '"', 'Kind in x.json'],
];

describe('any text', () => {
  it('is read without an exception', LIMIT, () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
        readAndLower(pieces.join(''));
      }),
      { seed: 20130801, numRuns: RUNS },
    );
  });

  it('even of a small alphabet, with a heading before it', LIMIT, () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'-"\'{}[]:,(). \n\taj'), maxLength: 40 }),
        (text) => {
          expect(readAndLower(`A\n---\n${text}`)).toBeGreaterThan(0);
        },
      ),
      { seed: 20130802, numRuns: RUNS },
    );
  });
});

describeWithShared('mutations of real catalogues', () => {
  it('are read without an exception', LIMIT, () => {
    const texts = CATALOGUE_NAMES.map(catalogueText);
    const mutation = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.integer({ min: 0, max: 300 }),
      inserted: fc.constantFrom('', ...PIECES),
    });
    fc.assert(
      fc.property(mutation, ({ text, at, removed, inserted }) => {
        const start = Math.floor(at * text.length);
        readAndLower(text.slice(0, start) + inserted + text.slice(start + removed));
      }),
      { seed: 20130803, numRuns: RUNS / 5 },
    );
  });
});

describe('time grows no faster than the text', () => {
  const member = (index: number) => `- "m${index}": text (json-int)\n`;
  const repeat = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('');
  const head = 'A\n---\n\nData:\n\n';
  /** Texts that would take quadratic time in a reader that looks ahead or back. */
  const TEXTS: Readonly<Record<string, (size: number) => string>> = {
    events: (n) => repeat(n, (index) => `E${index}\n---\n\nData: None.\n\n`),
    members: (n) => head + repeat(n, member),
    'members, all in the example': (n) =>
      `${head}${repeat(n, member)}\n{ "event": "A", "data": {\n${repeat(n, (i) => `"m${i}": 1,\n`)}} }`,
    'one name, over and over': (n) => head + repeat(n, () => member(0)),
    continuations: (n) => `${head}- "m": text\n${repeat(n, () => 'more text\n')}`,
    alternatives: (n) => `${head}- "m": one of (json-string):\n${repeat(n, (i) => `"v${i}": x\n`)}`,
    'text before alternatives': (n) =>
      `${head}- "m": text\n${repeat(n, () => 'more text\n')}${repeat(n, (i) => `"v${i}": x\n`)}`,
    'a list of alternatives': (n) =>
      `${head}- "m": (json-string): ${repeat(n, (i) => `"v${i}", `)}"x"`,
    'objects beside each other': (n) => head + repeat(n, (i) => `- "m${i}": text (json-object)\n`),
    parentheses: (n) => `${head}- "m": ${'('.repeat(n)}json-int${')'.repeat(n)}`,
    quotes: (n) => `${head}- "m": text ${`' " `.repeat(n)}`,
    apostrophes: (n) => `${head}- "m": (json-string) ${"'a ".repeat(n)}`,
    blanks: (n) => `${head}- "m"${' '.repeat(n)}x${' '.repeat(n)}: (json-int)`,
    'names in a heading': (n) => `${'A, '.repeat(n)}B\n---\n`,
    'capitals before a file': (n) => `${head}- "m": ${'A'.repeat(n)} in ${'.json'.repeat(n)}`,
    braces: (n) => `A\n---\n\n${'{'.repeat(n)}\n${'}\n'.repeat(n)}`,
    'examples without an end': (n) => `A\n---\n${repeat(n, () => '\n{ "event": "A"\n\n')}`,
    'a string without an end': (n) => `A\n---\n\n{ "event": ${'"a\\"'.repeat(n)}`,
    underlines: (n) => repeat(n, () => '---\n'),
    'blank lines in an example': (n) => `A\n---\n\n{ "event":\n${'\n'.repeat(n)}"A" }`,
  };

  /** Of the processor, so that other work on the machine does not count. */
  const milliseconds = (text: string): number => {
    const before = process.cpuUsage();
    const { result } = readText(text);
    mergeCatalogue([], result, new Diagnostics());
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };

  it.each(Object.entries(TEXTS))('%s', (_what, make) => {
    milliseconds(make(1000));
    const small = Math.min(...[1, 2, 3].map(() => milliseconds(make(2000))));
    const large = Math.min(...[1, 2, 3].map(() => milliseconds(make(16000))));
    // Eight times the text; quadratic time would be sixty-four times. Short times are mostly noise.
    expect(large).toBeLessThan(Math.max(small, 4) * 24);
  });
});
