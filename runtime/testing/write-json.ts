import { Double } from './values.js';

/** How one server lays its messages out. */
export interface Layout {
  readonly pretty: boolean;
  /** What ends a line: CRLF at a monitor, LF at an agent. */
  readonly newline: string;
  /** Numbers with six decimals at most, as at first, in the place of seventeen digits. */
  readonly decimals: boolean;
}

/**
 * A value as QEMU writes it: ASCII only, a space after each colon and comma, numbers with seventeen
 * digits where they need them. Takes what a program has and what a client sent; members that hold
 * undefined are left out. Infinity becomes `inf`, as at a real server, though that is not JSON.
 * @throws TypeError for what has no form in JSON, RangeError for a cycle
 */
export function writeJson(value: unknown, layout: Layout, indent = ''): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return Number.isSafeInteger(value) ? String(value + 0) : doubleText(value, layout);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      break;
    default:
      throw new TypeError(`A ${typeof value} has no form in JSON`);
  }
  if (value === null) return 'null';
  if (value instanceof Double) return doubleText(value.value, layout);
  const { pretty, newline } = layout;
  const inner = pretty ? `${indent}    ` : '';
  const isArray = Array.isArray(value);
  const items = isArray
    ? value.map((element) => writeJson(element ?? null, layout, inner))
    : membersOf(value).map(
        ([name, member]) => `${quoted(name)}: ${writeJson(member, layout, inner)}`,
      );
  const [open, close] = isArray ? '[]' : '{}';
  if (!pretty) return `${open}${items.join(', ')}${close}`;
  const lines = items.map((item) => newline + inner + item).join(',');
  return `${open}${lines}${newline}${indent}${close}`;
}

function membersOf(value: object): readonly (readonly [string, unknown])[] {
  const members: [string, unknown][] =
    value instanceof Map ? [...value] : (Object.entries(value) as [string, unknown][]);
  return members.filter(([, member]) => member !== undefined);
}

/** As C prints it with `%.17g`, or `%f` and without the zeros at the end. */
function doubleText(value: number, { decimals }: Layout): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (decimals) return Math.abs(value) < 1e21 ? bare(value.toFixed(6)) : String(BigInt(value));
  const [mantissa = '', power = ''] = value.toExponential(16).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 17) return bare(value.toFixed(Math.min(100, 16 - exponent)));
  const sign = exponent < 0 ? '-' : '+';
  return `${bare(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Without the zeros at the end of a fraction. */
const bare = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const ESCAPES: { readonly [character: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Half a pair of UTF-16, which no text has. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function quoted(text: string): string {
  const escaped = text.replace(LONE, '\ufffd').replace(/["\\]|[^ -~]/g, (unit) => {
    const code = unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return ESCAPES[unit] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}
