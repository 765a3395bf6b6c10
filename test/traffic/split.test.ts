import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Piece, Splitter } from '../../generator/traffic/split.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** What a text is cut into, with bytes that follow each other joined: where they are cut says nothing. */
function split(chunks: readonly string[], limit?: number): (string | undefined)[] {
  const splitter = new Splitter(limit);
  const pieces = [...chunks.flatMap((chunk) => splitter.push(bytes(chunk))), ...splitter.end()];
  const found: (string | undefined)[] = [];
  let last: Piece | undefined;
  for (const piece of pieces) {
    const text =
      piece.kind === 'message' ? piece.text : `<${Buffer.from(piece.bytes).toString('latin1')}>`;
    if (piece.kind === 'bytes' && last?.kind === 'bytes') {
      found.push(`${found.pop()?.slice(0, -1)}${text?.slice(1)}`);
    } else found.push(text);
    last = piece;
  }
  return found;
}

describe('a stream of bytes is cut into messages', () => {
  test.each([
    ['nothing between them', '{"a":1}{"b":2}', ['{"a":1}', '{"b":2}']],
    ['line ends between them', ' {"a":1}\r\n\n{"b":2}\t', ['{"a":1}', '{"b":2}']],
    ['many lines each', '{\r\n    "a": [\r\n    ]\r\n}\r\n', ['{"a": []}']],
    ['brackets and quotes in strings', '{"}\\"{":"]["}', ['{"}\\"{":"]["}']],
    ['single quotes, which are no JSON', "{'a': 'it\\'s \"b\"'}", [undefined]],
    ['a sentinel before it', '\xff{"return": 1}\n', ['<\xff>', '{"return": 1}']],
    ['a sentinel in half a message', '{"a":"b\xff{"c":1}', ['<{"a":"b\xff>', '{"c":1}']],
    ['garbage up to the end of the line', 'ng","id":1}\n{"a":1}', ['<ng","id":1}\n>', '{"a":1}']],
    ['a line end in a string', '{"a":"\n{"b":1}', ['<{"a":"\n>', '{"b":1}']],
    ['a number that is none', '{"return": inf}\n', ['<{"return": inf}>']],
    ['two members of one name', '{"a":1,"a":2}', ['<{"a":1,"a":2}>']],
    ['no object', '[{"a":1}]\n2\n', ['<[{"a":1}]2\n>']],
    ['half a message at the end', '{"a":1}{"b":', ['{"a":1}', '<{"b":>']],
    ['sequences that are no UTF-8', '{"a":"\xc3"}', ['<{"a":"\xc3"}>']],
    ['text beyond ASCII', '{"a":"\xc3\xa9"}', ['{"a":"é"}']],
    ['numbers as they are', '{"a":[18446744073709551615,1.0,1e2,-0]}', undefined],
    ['names that mean something elsewhere', '{"__proto__":{"a":1}}', undefined],
  ])('%s', (_what, text, expected = [text]) => {
    expect(split([text])).toEqual(expected);
  });

  test('wherever it is cut', () => {
    const text =
      'x\n{"a":"\\"}"}\xff{"b":[{}]}\r\n{"c":\n1}{\'d\':1}{"e":"\xfe{"f":inf}ab{"g":"\xc3\xa9"}{"h"';
    const whole = split([text]);
    const cut = fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 });
    fc.assert(
      fc.property(cut, (places) => {
        const ends = [...new Set(places), text.length].toSorted((a, b) => a - b);
        const chunks = ends.map((end, at) => text.slice(ends[at - 1] ?? 0, end));
        expect(split(chunks)).toEqual(whole);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('any bytes at all', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        const splitter = new Splitter();
        const pieces = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
        const size = pieces.reduce((sum, one) => sum + ('bytes' in one ? one.bytes.length : 2), 0);
        expect(size).toBeLessThanOrEqual(Buffer.concat(chunks).length);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('what is longer than the limit is bytes to its end, and is not held', () => {
    const splitter = new Splitter(1000);
    const long = `{"a":{"b":"${'x'.repeat(5000)}{}"}}`;
    const sizes: number[] = [];
    const found: string[] = [];
    for (const chunk of [...(`${long}{"c":1}`.match(/.{1,100}/g) ?? [])]) {
      for (const piece of splitter.push(bytes(chunk))) {
        if (piece.kind === 'message') found.push(piece.text ?? '');
        else sizes.push(piece.bytes.length);
      }
    }
    expect(found).toEqual(['{"c":1}']);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(long.length);
    expect(Math.max(...sizes)).toBeLessThan(1200);
  });

  test('nesting has its limit', () => {
    const deep = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(split([deep(1000)])).toEqual([deep(1000)]);
    expect(split([deep(100_000)]).every((one) => one?.startsWith('<'))).toBe(true);
  });
});
