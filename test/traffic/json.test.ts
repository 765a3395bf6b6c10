import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, isSame, isSameId } from '../../generator/traffic/json/compare.js';
import { parseJson } from '../../generator/traffic/json/parse.js';
import { isObject, type Json, JsonNumber } from '../../generator/traffic/json/value.js';
import { asciiJson, canonicalJson, writeJson } from '../../generator/traffic/json/write.js';

function read(text: string): Json {
  const parsed = parseJson(text);
  if (parsed === null) throw new Error(`${text} is no JSON`);
  return parsed.value;
}

/** As JSON.parse has it. */
function plain(value: Json): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (isObject(value)) {
    return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('JSON that is read', () => {
  test('means what it means to JSON.parse, and is written back as it was', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(plain(read(text))).toEqual(JSON.parse(text));
        expect(JSON.parse(writeJson(read(text)))).toEqual(JSON.parse(text));
        expect(JSON.parse(asciiJson(read(text)))).toEqual(JSON.parse(text));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('is what JSON.parse takes, but for single quotes and names given twice', () => {
    const characters = fc.constantFrom(
      ...'{}[]:,"\\0123.eE+-tfnul \n\u0001'.split(''),
      'true',
      '""',
    );
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (!/"[^"]*".*"[^"]*"/s.test(text)) expect(parseJson(text) !== null).toBe(isJson);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  test('keeps every digit', () => {
    const text =
      '[18446744073709551615, -9223372036854775808, 0.10000000000000001, 1.0, -0, 1e400]';
    expect(writeJson(read(text))).toBe(text);
  });

  test('may be deep, but not without end', () => {
    expect(parseJson('['.repeat(1000) + ']'.repeat(1000))).not.toBeNull();
    expect(parseJson('['.repeat(200_000) + ']'.repeat(200_000))).toBeNull();
  });
});

describe('values that are compared', () => {
  const all = { values: true, limit: 10 };

  test.each([
    ['{"a":1,"b":[2]}', '{"b":[2],"a":1}', []],
    ['{"a":1}', '{"a":1.0}', ['/a']],
    ['{"a":18446744073709551615}', '{"a":18446744073709551614}', ['/a']],
    ['{"a":0.1}', '{"a":0.10000000000000001}', []],
    ['{"a":{"b/c":[1,2]}}', '{"a":{"b/c":[1,3,4]}}', ['/a/b~1c/1', '/a/b~1c/2']],
    ['{"a":1}', '{"b":1}', ['/a', '/b']],
    ['{"a":null}', '{"a":false}', ['/a']],
    ['{"__proto__":1}', '{}', ['/__proto__']],
  ])('%s and %s', (recorded, now, expected) => {
    const [was, is] = [read(recorded), read(now)];
    expect(differences(was, is, all).map(({ at }) => at)).toEqual(expected);
    expect(isSame(was, is, [])).toBe(expected.length === 0);
    expect(canonicalJson(was) === canonicalJson(is)).toBe(expected.length === 0);
  });

  test('by their kinds alone', () => {
    const compare = (recorded: string, now: string) =>
      differences(read(recorded), read(now), { values: false, limit: 10 }).map(({ at }) => at);
    expect(compare('{"a":1,"b":["x"]}', '{"a":2.5,"b":["y","z"]}')).toEqual([]);
    expect(compare('{"a":1,"b":[{"c":1}]}', '{"a":"1","b":[{}]}')).toEqual(['/a', '/b/0/c']);
  });

  test('what is masked is the same as anything, and not as nothing', () => {
    const recorded = read('{"a":{"p":"***","q":1}}');
    expect(isSame(recorded, read('{"a":{"p":{"x":1},"q":1}}'), ['/a/p'])).toBe(true);
    expect(isSame(recorded, read('{"a":{"q":1}}'), ['/a/p'])).toBe(false);
    expect(isSame(recorded, read('{"a":{"p":"x","q":1}}'), [])).toBe(false);
  });

  test('ids are echoed in QEMU’s own words', () => {
    expect(isSameId(read('{"a":1.0,"b":[-0.0]}'), read('{"b":[-0],"a":1}'))).toBe(true);
    expect(isSameId(read('9007199254740993'), read('9007199254740993'))).toBe(true);
    expect(isSameId(read('"1"'), read('1'))).toBe(false);
  });
});
