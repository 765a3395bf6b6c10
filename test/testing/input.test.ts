import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { stringifyJson } from '../../runtime/json/index.js';
import { type Input, Reader } from '../../runtime/testing/input/reader.js';
import { Double, plain } from '../../runtime/testing/values.js';
import { writeJson } from '../../runtime/testing/write-json.js';

const LONG = process.env.QAPI_TS_LONG === '1';
if (LONG) vi.setConfig({ testTimeout: 900_000 });
const RUNS = LONG ? 50_000 : 500;
const LINE = { pretty: false, newline: '\n', decimals: false };
const encoder = new TextEncoder();

/** All that is read from bytes that come in these pieces. */
function read(chunks: readonly (string | Uint8Array)[], major = 10): readonly Input[] {
  const reader = new Reader(major);
  const inputs: Input[] = [];
  for (const chunk of chunks) {
    reader.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
    for (let input = reader.next(); input !== undefined; input = reader.next()) inputs.push(input);
  }
  return inputs;
}

const values = (inputs: readonly Input[]) =>
  inputs.map((input) => (input.kind === 'value' ? plain(input.value) : input.text));

/** Cuts bytes at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort(
    (a, b) => a - b,
  );
  return [...ends, bytes.length].map((end, at) => bytes.subarray(at === 0 ? 0 : ends[at - 1], end));
}

const rubbish = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        ':',
        ',',
        '1',
        '-',
        '.',
        'e',
        'a',
        '\\',
        ' ',
        '\n',
        '\u{ff}',
      ),
      { maxLength: 40 },
    )
    .map((parts) => Uint8Array.from(parts.join(''), (one) => one.charCodeAt(0))),
  fc.json().map((text) => encoder.encode(text)),
);

describe('what clients send', () => {
  it('is read the same however it is cut, at every release', () => {
    fc.assert(
      fc.property(
        fc.array(rubbish),
        fc.array(fc.nat()),
        fc.constantFrom(7, 11),
        (parts, at, major) => {
          const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
          expect(read(cut(bytes, at), major)).toEqual(read([bytes], major));
        },
      ),
      { numRuns: RUNS, seed: 1 },
    );
  });

  it('is read as JSON is, where it is JSON', () => {
    fc.assert(
      fc.property(fc.object({ withBigInt: false, withNullPrototype: false }), (value) => {
        const text = JSON.stringify(value);
        // Text that QEMU refuses: halves of pairs, and what Unicode has no characters for.
        fc.pre(!/\\ud|[\ufdd0-\ufdef]|\p{Noncharacter_Code_Point}/iu.test(text));
        const [read64] = values(read([`${text}\n`]));
        expect(JSON.parse(stringifyJson(read64))).toEqual(JSON.parse(text));
      }),
      { numRuns: RUNS, seed: 2 },
    );
  });

  it('is written so that it reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, pretty) => {
        const text = writeJson(value, { ...LINE, pretty });
        expect(text).toMatch(/^[\n -~]*$/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: RUNS, seed: 3 },
    );
  });

  it('keeps integers of 64 bits, and tells them from doubles', () => {
    const [input] = read([
      '[9223372036854775808, -9223372036854775808, 1.0, -0, 18446744073709551616]',
    ]);
    expect(input).toEqual({
      kind: 'value',
      value: [2n ** 63n, -(2n ** 63n), new Double(1), 0, new Double(2 ** 64)],
    });
  });

  it('names members as they are, whatever JavaScript makes of the names', () => {
    const [value] = values(read(['{"__proto__": {"x": 1}, "constructor": 2}']));
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('limits', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}\n`;

  it('of nesting', () => {
    expect(read([deep(1024)])).toMatchObject([{ kind: 'value' }]);
    const old = values(read([deep(1025), '{}']));
    expect(old[0]).toBe('JSON nesting depth limit exceeded');
    expect(old.length).toBeGreaterThan(1000);
    expect(old.at(-1)).toEqual({});
    expect(values(read([deep(1025), '{}'], 11))).toEqual(['JSON nesting depth limit exceeded', {}]);
  });

  it('of a million levels', () => {
    expect(values(read([deep(1_000_000), '{}'], 11))).toEqual([
      'JSON nesting depth limit exceeded',
      {},
    ]);
  });

  it('of size, without keeping what is over', () => {
    const chunk = new Uint8Array(8 * 1024 * 1024).fill(0x78);
    const inputs = read(['{"id": "', ...Array.from({ length: 9 }, () => chunk), '"}\n{}'], 11);
    expect(inputs[0]).toEqual({ kind: 'error', text: 'JSON token size limit exceeded' });
    expect(values(inputs).at(-1)).toEqual({});
  });

  it('of tokens', () => {
    const inputs = read([`[${'1,'.repeat(1024 * 1024)}`, ']', '{}'], 11);
    expect(values(inputs)).toEqual(['JSON token count limit exceeded', {}]);
  });
});

describe('doubles are written as C does', () => {
  it.each([
    [0.1, '0.10000000000000001', '0.1'],
    [1e-7, '9.9999999999999995e-08', '0'],
    [1e21, '1e+21', '1000000000000000000000'],
    [-0, '-0', '-0'],
    [1.5, '1.5', '1.5'],
    [-1234.5678, '-1234.5678', '-1234.5678'],
    [1e16 + 2, '10000000000000002', '10000000000000002'],
    [Number.POSITIVE_INFINITY, 'inf', 'inf'],
    [Number.NaN, 'nan', 'nan'],
  ])('%d', (value, digits, decimals) => {
    expect(writeJson(new Double(value), LINE)).toBe(digits);
    expect(writeJson(new Double(value), { ...LINE, decimals: true })).toBe(decimals);
  });
});
