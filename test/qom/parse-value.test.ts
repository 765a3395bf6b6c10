import { describe, expect, test } from 'vitest';
import { jsonValue } from '../../generator/cli/qom/json-value.js';
import { parseValue, type ValueForm } from '../../generator/qom/index.js';

const parse = (text: string, type: string, form?: ValueForm) =>
  parseValue(text, type, jsonValue, form);

describe('a value is read by the type of its property', () => {
  test.each([
    ['string', 'true', 'true'],
    ['string', '[1]', '[1]'],
    ['str', '', ''],
    ['link<x>', '/objects/ram0', '/objects/ram0'],
    ['bool', 'on', true],
    ['bool', 'no', false],
    ['int', '42', 42],
    ['int', '-42', -42],
    ['int', '0x2A', 42],
    ['uint64', '18446744073709551615', 18446744073709551615n],
    ['int64', '-9223372036854775808', -9223372036854775808n],
    ['int', '9007199254740991', 9007199254740991],
    ['int', '9007199254740992', 9007199254740992n],
    ['size', '4G', 2 ** 32],
    ['size', '4g', 2 ** 32],
    ['size', '16E', null],
    ['size', '8E', 2n ** 63n],
    ['size', '1.5K', 1536],
    ['size', '512B', 512],
    ['uint32', '0xffffffff', 4294967295],
    ['number', '1.5e3', 1500],
    ['OnOffAuto', 'auto', 'auto'],
    ['BootConfiguration', '{"order":"n"}', { order: 'n' }],
    ['strList', '["a"]', ['a']],
    ['int', '[9007199254740993]', [9007199254740993n]],
  ])('%s %s', (type, text, value) => {
    const parsed = parse(text, type);
    if (value === null) expect(parsed.ok).toBe(false);
    else expect(parsed).toEqual({ ok: true, value });
  });

  test.each([
    ['bool', '1', /on or off/],
    ['int', 'one', /an integer is expected, such as/],
    ['int', '', /an integer/],
    ['int', '1.5', /an integer/],
    ['size', '1.0001K', /no whole number of bytes/],
    ['size', '-1', /size goes from 0 to 18446744073709551615/],
    ['uint8', '256', /uint8 goes from 0 to 255/],
    ['int', '0x10K', /hexadecimal/],
    ['int', '9'.repeat(100), /an integer/],
    ['number', 'NaN', /a number/],
    ['number', '1e999', /a number/],
    ['child<irq>', 'x', /a child is an object/],
    ['strList', 'a,b', /a JSON array/],
    ['BootConfiguration', '{order}', /a member name in quotes/],
    ['BootConfiguration', '{} {}', /nothing may follow/],
  ])('and refused where it is none: %s %s', (type, text, message) => {
    expect(parse(text, type)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  test.each<[ValueForm, string, unknown]>([
    ['json', '"x"', 'x'],
    ['string', '1', '1'],
    ['integer', '06', 6],
    ['number', '1', 1],
    ['boolean', 'off', false],
  ])('unless a form is asked for: %s', (form, text, value) => {
    expect(parse(text, 'int32', form)).toEqual({ ok: true, value });
  });

  test('and no member of an object becomes its prototype', () => {
    const parsed = parse('{"__proto__":{"polluted":true}}', 'BootConfiguration');
    expect(parsed.ok && Object.hasOwn(Object(parsed.value), '__proto__')).toBe(true);
    expect(Object({}).polluted).toBeUndefined();
  });
});
