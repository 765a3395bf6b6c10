import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { formOfSchema, introspect } from '../../generator/introspection/write/index.js';
import { printSchema } from '../../generator/print/index.js';
import { loadSchema } from '../../generator/schema/index.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { parse } from '../../generator/syntax/parser.js';
import { SCHEMA_SEEDS } from '../support/schema-seeds.js';

const LONG = process.env.QAPI_TS_LONG === '1';
const RUNS = LONG ? 200_000 : 5000;
const TIMEOUT = LONG ? 3_600_000 : 120_000;

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-mutation-'));
const file = join(folder, 'main.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** Every place a finding names must lie in the text. */
function checkPlaces(diagnostics: Diagnostics): void {
  for (const { at, anchor, related } of diagnostics.list) {
    for (const span of [at, anchor, ...related.map((place) => place.at)]) {
      if (span === null) continue;
      const { start, end, file: source } = span;
      if (start >= 0 && start <= end && end <= source.text.length) continue;
      throw new Error(`a place outside the text: ${start} to ${end} of ${source.text.length}`);
    }
  }
}

/** Parses `text` in both modes. */
function checkSyntax(text: string): void {
  for (const strict of [false, true]) {
    const diagnostics = new Diagnostics({ strict });
    let end = 0;
    for (const item of parse(new SourceFile('main.json', text), diagnostics)) {
      const span = item.kind === 'doc' ? item.span : item.value.span;
      if (span.start < end || span.end <= span.start) throw new Error('items overlap');
      end = span.end;
    }
    checkPlaces(diagnostics);
  }
}

/** Takes `text` through the whole front end in both modes, and what is accepted through what reads it. */
function checkSchema(text: string): boolean {
  writeFileSync(file, text);
  const load = (strict: boolean) => {
    const diagnostics = new Diagnostics({ strict });
    const { schema } = loadSchema(file, { diagnostics });
    checkPlaces(diagnostics);
    expect(schema === null).toBe(diagnostics.errors > 0);
    return schema;
  };
  const strict = load(true);
  const relaxed = load(false);
  // What strict mode accepts, default mode accepts.
  expect(relaxed === null && strict !== null).toBe(false);
  if (relaxed === null) return false;
  const infos = introspect(relaxed, { form: formOfSchema(relaxed) });
  expect(new Set(infos.map(({ name }) => name)).size).toBe(infos.length);
  for (const [, printed] of printSchema(relaxed)) checkSyntax(printed);
  return true;
}

const ALPHABET = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  "'",
  'a',
  '\\',
  '#',
  '##',
  '\n',
  ' ',
  'true',
  'é',
  '\0',
];

describe('every short text', () => {
  it(`of up to ${LONG ? 4 : 3} of the alphabet's pieces is read`, { timeout: TIMEOUT }, () => {
    let count = 0;
    const extend = (text: string, left: number): void => {
      count += 1;
      checkSyntax(text);
      if (left > 0) for (const piece of ALPHABET) extend(text + piece, left - 1);
    };
    extend('', LONG ? 4 : 3);
    expect(count).toBe(LONG ? 69_905 : 4369);
  });
});

interface Edit {
  readonly kind: 'insert' | 'remove' | 'repeat' | 'swap' | 'move';
  /** Places as fractions of the text, or of its strings. */
  readonly from: number;
  readonly to: number;
  readonly piece: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  // Swapping names makes the schemas that are well-formed and mean something else.
  kind: fc.constantFrom('insert', 'remove', 'repeat', 'swap', 'swap', 'swap', 'move'),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  piece: fc.constantFrom(...ALPHABET, "'int'", "'if': 'X'", '__proto__', "'type'", '*'),
});

function apply(text: string, { kind, from, to, piece }: Edit): string {
  const at = Math.floor(from * text.length);
  const end = Math.min(text.length, at + Math.ceil(to * 40));
  switch (kind) {
    case 'insert':
      return text.slice(0, at) + piece + text.slice(at);
    case 'remove':
      return text.slice(0, at) + text.slice(end);
    case 'repeat':
      return text.slice(0, end) + text.slice(at);
    case 'move':
      return text.slice(0, at) + text.slice(end) + text.slice(at, end);
    case 'swap': {
      const strings = [...text.matchAll(/'[^'\n]*'/g)];
      const target = strings[Math.floor(from * (strings.length - 1))];
      const source = strings[Math.floor(to * (strings.length - 1))];
      if (target === undefined || source === undefined) return text;
      const rest = text.slice(target.index + target[0].length);
      return text.slice(0, target.index) + source[0] + rest;
    }
  }
}

/** Parts of the committed definitions of a release, cut where a definition begins. */
const REAL: readonly string[] = readdirSync('qapi/qemu-7.2/qmp')
  .map((name) => readFileSync(join('qapi/qemu-7.2/qmp', name), 'utf8'))
  .flatMap((text) => {
    const cut = text.indexOf('\n{ ', Math.floor(text.length / 2)) + 1;
    return cut === 0 ? [] : [text.slice(cut, cut + 1500)];
  });

describe('mutated schemas', () => {
  it(`are read, ${RUNS} of them`, { timeout: TIMEOUT }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...SCHEMA_SEEDS, ...SCHEMA_SEEDS, ...REAL),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (seed, edits) => {
          const text = edits.reduce(apply, seed);
          if (checkSchema(text)) accepted += 1;
        },
      ),
      { numRuns: RUNS, seed: 20260101 },
    );
    // Enough of them go all the way for that to mean something.
    expect(accepted).toBeGreaterThan(RUNS / 20);
  });

  it('start from schemas that are accepted', () => {
    for (const seed of SCHEMA_SEEDS) expect(checkSchema(seed)).toBe(true);
    expect(REAL.length).toBeGreaterThan(20);
  });
});
