import { ParseError } from './parse-error.js';
import { latin1 } from './tokens.js';

const SIMPLE: { readonly [letter: string]: string } = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * The text of a string token, its quotes included.
 * @throws ParseError where an escape or a sequence of bytes is none that QEMU takes
 */
export function stringOf(bytes: Uint8Array): string {
  const raw = latin1(bytes.subarray(1, -1));
  const escaped = raw.includes('\\');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is no ASCII is looked for
  if (!escaped && /^[\x00-\x7f]*$/.test(raw)) return raw;
  let text = '';
  // Escapes, and runs of anything else.
  for (const [piece] of raw.matchAll(/\\u[^\\]{0,4}|\\.|[^\\]+/gs)) {
    if (piece[0] !== '\\') text += utf8(piece);
    else if (piece[1] === 'u') text = withUnit(text, piece);
    else {
      const simple = SIMPLE[piece.slice(1)];
      if (simple === undefined) throw new ParseError('invalid escape sequence in string');
      text += simple;
    }
  }
  const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text);
  if (lone !== null) throw notValid(`\\u${lone[0].charCodeAt(0).toString(16)}`);
  return text;
}

/** Adds what a `\u` escape stands for; it may have less than four digits, or more after them. */
function withUnit(text: string, piece: string): string {
  const digits = piece.slice(2);
  if (!/^[0-9a-f]{4}$/i.test(digits)) throw notValid(piece);
  const unit = Number.parseInt(digits, 16);
  if (isNoncharacter(unit)) throw notValid(piece);
  return text + String.fromCharCode(unit);
}

const notValid = (what: string) => new ParseError(`${what} is not a valid Unicode character`);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(raw: string): string {
  // QEMU writes a NUL as two bytes, and reads it so.
  const pieces = raw.split('\u00c0\u0080').map((piece) => {
    try {
      return decoder.decode(Uint8Array.from(piece, (byte) => byte.charCodeAt(0)));
    } catch {
      throw invalid();
    }
  });
  const text = pieces.join('\0');
  for (const character of text) {
    if (isNoncharacter(character.codePointAt(0) ?? 0)) throw invalid();
  }
  return text;
}

const invalid = () => new ParseError('invalid UTF-8 sequence in string');

const isNoncharacter = (point: number) =>
  (point & 0xfffe) === 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
