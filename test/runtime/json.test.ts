import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseJson, stringifyJson } from '../../runtime/json/index.js';

const LIMIT = 2n ** 53n;

/** Any value that JSON with whole integers can carry. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }).filter((n) => n >= LIMIT || n <= -LIMIT),
    fc.maxSafeInteger(),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
  ),
})).value;

describe('JSON with whole integers', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(value, (input) => {
        // A double of integral value beyond 2^53 is written as an integer, and so read as one.
        const text = stringifyJson(input);
        expect(stringifyJson(parseJson(text))).toBe(text);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9007199254740993', -9007199254740993n],
    ['18446744073709551615', 18446744073709551615n],
    ['-9223372036854775808', -9223372036854775808n],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
    ['9007199254740993.0', 9007199254740992],
    ['0.10000000000000001', 0.1],
    ['9.9999999999999995e-08', 1e-7],
    ['1.8446744073709552e+19', 18446744073709552000],
    ['1e16', 1e16],
    ['-0', -0],
    ['"9007199254740993"', '9007199254740993'],
    ['"\\"9007199254740993"', '"9007199254740993'],
  ])('reads %s exactly', (text, expected) => {
    expect(parseJson(text)).toStrictEqual(expected);
    expect(parseJson(` { "a" : [ ${text} , 1 ] , "9007199254740993" : 2 } `)).toStrictEqual({
      a: [expected, 1],
      '9007199254740993': 2,
    });
  });

  it('writes bigints among everything else', () => {
    const date = new Date(0);
    const input = { a: [1n, undefined, 'x'], b: undefined, date, c: { d: 2n ** 64n } };
    expect(stringifyJson(input)).toBe(
      '{"a":[1,null,"x"],"date":"1970-01-01T00:00:00.000Z","c":{"d":18446744073709551616}}',
    );
    expect(stringifyJson(undefined)).toBe('null');
  });

  it.each([
    [2 ** 53, '9007199254740992'],
    [2 ** 60, '1152921504606846976'],
    [2 ** 63, '9223372036854775808'],
    [-(2 ** 63), '-9223372036854775808'],
    [2 ** 64 - 2048, '18446744073709549568'],
    [1e15, '1000000000000000'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-0, '0'],
    [1e300, '1e+300'],
    ['1152921504606847000', '"1152921504606847000"'],
  ])('writes the number %s with all its digits', (number, text) => {
    expect(stringifyJson(number)).toBe(text);
    expect(stringifyJson({ a: [number, 'x', -0, 7] })).toBe(`{"a":[${text},"x",0,7]}`);
  });

  it('refuses cycles, with and without bigints', () => {
    const cycle: Record<string, unknown> = { big: 1n };
    cycle.self = cycle;
    expect(() => stringifyJson(cycle)).toThrow(TypeError);
  });

  it('keeps members called __proto__ as members', () => {
    const read = parseJson('{"__proto__":{"polluted":9007199254740993}}') as object;
    expect(Object.keys(read)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
    expect(stringifyJson(read)).toBe('{"__proto__":{"polluted":9007199254740993}}');
  });

  describe('in a program that patched BigInt', () => {
    afterEach(() => {
      Reflect.deleteProperty(BigInt.prototype, 'toJSON');
    });

    it('still writes plain integers', () => {
      Object.defineProperty(BigInt.prototype, 'toJSON', {
        configurable: true,
        value(this: bigint) {
          return String(this);
        },
      });
      expect(stringifyJson({ a: 5n, b: [2n ** 63n] })).toBe('{"a":5,"b":[9223372036854775808]}');
    });
  });
});
