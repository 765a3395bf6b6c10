import { propertyKind } from './property-type.js';

/** How a value's text is taken, where the property's type is not to say it. */
export const VALUE_FORMS = ['json', 'string', 'integer', 'number', 'boolean'] as const;
export type ValueForm = (typeof VALUE_FORMS)[number];

/** A value, or what is wrong with its text. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** Reads one JSON text with whole integers. */
export type JsonReader = (text: string) => Parsed;

const ok = (value: unknown): Parsed => ({ ok: true, value });
const wrong = (message: string): Parsed => ({ ok: false, message });

/** The value that a text stands for at a property of a type, or in the form that is asked for. */
export function parseValue(text: string, type: string, json: JsonReader, form?: ValueForm): Parsed {
  const { [form ?? 'typed']: parse } = FORMS;
  return parse(text, type, json);
}

type Parser = (text: string, type: string, json: JsonReader) => Parsed;

const FORMS: { readonly [F in ValueForm | 'typed']: Parser } = {
  typed,
  json: (text, _type, json) => json(text),
  string: (text) => ok(text),
  integer: (text) => integer(text, 'int'),
  number: (text) => number(text),
  boolean: (text) => boolean(text),
};

function typed(text: string, type: string, json: JsonReader): Parsed {
  const { kind } = propertyKind(type);
  // QEMU calls some lists by the type of what is in them.
  const isJson = /^\s*[[{]/.test(text);
  if (isJson && kind !== 'string' && kind !== 'link' && kind !== 'child') return json(text);
  switch (kind) {
    case 'child':
      return wrong('a child is an object and has no value: set a property of it');
    case 'link':
    case 'string':
      return ok(text);
    case 'boolean':
      return boolean(text);
    case 'integer':
      return integer(text, type);
    case 'number':
      return number(text);
    case 'list':
      return wrong(`${type} is a JSON array, as in '["a","b"]'`);
    case 'named':
      return ok(text);
  }
}

const YES = ['on', 'true', 'yes', 'y'];
const NO = ['off', 'false', 'no', 'n'];

function boolean(text: string): Parsed {
  if (YES.includes(text)) return ok(true);
  if (NO.includes(text)) return ok(false);
  return wrong('on or off is expected (or true, false, yes, no)');
}

function number(text: string): Parsed {
  const valid = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
  return valid && Number.isFinite(Number(text)) ? ok(Number(text)) : wrong('a number is expected');
}

const SUFFIXES = 'BKMGTPE';

/** Decimal or hexadecimal, or with a suffix in powers of 1024 where that gives a whole number. */
function integer(text: string, type: string): Parsed {
  const kind = propertyKind(type);
  if (kind.kind !== 'integer') throw new TypeError(`${type} is no integer type`);
  const [, sign = '', digits = '', fraction = '', suffix = ''] =
    /^([+-]?)(0[xX][0-9a-fA-F]+|\d+)(?:\.(\d+))?([BKMGTPE]?)$/i.exec(text) ?? [];
  const hexadecimal = /^0x/i.test(digits);
  if (digits === '' || digits.length > 80 || fraction.length > 80) {
    return wrong('an integer is expected, such as 42, 0x2a or 4G');
  }
  if (fraction !== '' && (hexadecimal || suffix === '')) return wrong('an integer is expected');
  if (hexadecimal && /[KMGTP]/i.test(suffix)) {
    return wrong('a hexadecimal number takes no suffix');
  }
  const power = BigInt(Math.max(0, SUFFIXES.indexOf(suffix.toUpperCase())));
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(hexadecimal ? digits : digits + fraction) * 1024n ** power;
  const whole = hexadecimal ? scaled : scaled / scale;
  if (!hexadecimal && scaled % scale !== 0n) return wrong(`${text} is no whole number of bytes`);
  const value = sign === '-' ? -whole : whole;
  const { least, most } = kind;
  if (value < least || value > most) return wrong(`${type} goes from ${least} to ${most}`);
  const small = Number.isSafeInteger(Number(value));
  return ok(small ? Number(value) : value);
}
