/** Sixteen digits in a row: the shortest run that may be an integer beyond 2^53. */
const LONG_RUN = /\d{16}/;

/**
 * Parses one JSON text. Integers outside ±(2^53 − 1) become bigints.
 * @throws SyntaxError where the text is not JSON, RangeError where a text with long integers is
 *   nested deeper than the stack allows
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return LONG_RUN.test(text) ? exact(text) : value;
}

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const NUMBER = /-?\d+(\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;

/** Parses a text that JSON.parse has accepted, so that nothing has to be checked again. */
function exact(text: string): unknown {
  let at = 0;

  /** What the sticky pattern matches here, stepped over. */
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    pattern.test(text);
    const token = text.slice(at, pattern.lastIndex);
    at = pattern.lastIndex;
    return token;
  };

  const value = (): unknown => {
    take(SPACE);
    const first = text[at];
    if (first === '{' || first === '[') return container(first);
    if (first === '"') return JSON.parse(take(STRING));
    if (first === 't') return word(4, true);
    if (first === 'f') return word(5, false);
    if (first === 'n') return word(4, null);
    const token = take(NUMBER);
    const number = Number(token);
    return Number.isSafeInteger(number) || !/^-?\d+$/.test(token) ? number : BigInt(token);
  };

  const word = (length: number, meaning: boolean | null) => {
    at += length;
    return meaning;
  };

  const container = (open: '{' | '[') => {
    const list: unknown[] = [];
    const object: Record<string, unknown> = {};
    at++;
    for (;;) {
      take(SPACE);
      const next = text[at];
      if (next === '}' || next === ']') {
        at++;
        return open === '[' ? list : object;
      }
      if (next === ',') {
        at++;
        take(SPACE);
      }
      if (open === '[') list.push(value());
      else {
        const name = JSON.parse(take(STRING)) as string;
        take(SPACE);
        at++;
        define(object, name, value());
      }
    }
  };

  return value();
}

/** Sets an own member, also one that is called `__proto__`. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, DATA(value));
}

const DATA = (value: unknown): PropertyDescriptor => ({
  value,
  writable: true,
  enumerable: true,
  configurable: true,
});
