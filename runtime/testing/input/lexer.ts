import { Position } from './position.js';
import type { Token } from './tokens.js';

/** QEMU's limit for what one message may take, in bytes. */
export const MAX_SIZE = 64 * 1024 * 1024;

/** Where in a token the lexer is. */
type State =
  | 'start'
  | 'recovery'
  | 'string'
  | 'escape'
  | 'minus'
  | 'zero'
  | 'digits'
  | 'point'
  | 'fraction'
  | 'exponent'
  | 'exponent-sign'
  | 'exponent-digits'
  | 'keyword';

/** What a state's token is when the next byte does not belong to it; absent: that byte is stray. */
const COMPLETE: { readonly [S in State]?: Token['kind'] } = {
  zero: 'integer',
  digits: 'integer',
  fraction: 'double',
  'exponent-digits': 'double',
  keyword: 'keyword',
};

const NONE = new Uint8Array();
const PUNCTUATION: { readonly [code: number]: Token['kind'] } = {
  44: ',',
  58: ':',
  91: '[',
  93: ']',
  123: '{',
  125: '}',
};

/**
 * Cuts bytes into tokens as QEMU does: strings in either quote, lower-case words, and a way to go on
 * after what is none of them, which is to skip all up to punctuation, a control character or 0xFE
 * or 0xFF. Tokens are pulled, so that whoever reads may stop in between.
 */
export class Lexer {
  #chunks: Uint8Array[] = [];
  #at = 0;
  #state: State = 'start';
  #quote = 0;
  /** What came of the token in earlier chunks. */
  #parts: Uint8Array[] = [];
  #size = 0;
  readonly #position: Position | undefined;
  /** Where the token begins. */
  #place = '';
  /** Bytes that wait to be read. */
  waiting = 0;

  /** @param places whether tokens say where they begin, as QEMU does from 11 on */
  constructor(places: boolean) {
    if (places) this.#position = new Position();
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.waiting += chunk.length;
  }

  /** The next token; absent where it is not whole yet. */
  next(): Token | undefined {
    for (;;) {
      const chunk = this.#chunks[0];
      if (chunk === undefined) return undefined;
      const token = this.#scan(chunk);
      if (token !== undefined) return token;
      if (this.#at < chunk.length) continue;
      this.#position?.leave(chunk);
      this.#chunks.shift();
      this.#at = 0;
    }
  }

  /** Reads on in one chunk, to its end or to the end of a token. */
  #scan(chunk: Uint8Array): Token | undefined {
    let from = this.#at;
    let at = from;
    for (; at < chunk.length; at++) {
      const code = chunk[at] as number;
      if (this.#state === 'recovery') {
        if (!resets(code)) continue;
        this.#position?.lookedAhead(at);
        this.#state = 'start';
      }
      if (this.#state === 'start') {
        from = at;
        this.#place = this.#position?.of(chunk, at) ?? '';
        const punctuation = PUNCTUATION[code];
        if (punctuation !== undefined) {
          this.#move(at + 1);
          return { kind: punctuation, bytes: NONE, place: this.#place };
        }
        const state = first(code);
        if (state === undefined) return this.#end('stray', chunk, from, at + 1);
        this.#quote = code;
        this.#state = state;
        continue;
      }
      const state = following(this.#state, code, this.#quote);
      if (state === 'end') return this.#end('string', chunk, from, at + 1);
      if (state !== undefined) {
        this.#state = state;
        continue;
      }
      const kind = COMPLETE[this.#state];
      // A digit after a leading zero belongs to neither.
      if (kind === undefined || (this.#state === 'zero' && isDigit(code))) {
        return this.#end('stray', chunk, from, at + 1);
      }
      this.#position?.lookedAhead(at);
      return this.#end(kind, chunk, from, at);
    }
    this.#move(at);
    if (this.#state === 'start' || this.#state === 'recovery') return undefined;
    this.#parts.push(chunk.subarray(from, at));
    this.#size += at - from;
    if (this.#size <= MAX_SIZE) return undefined;
    this.#take();
    this.#state = 'start';
    return { kind: 'too-large', bytes: NONE, place: '' };
  }

  #end(kind: Token['kind'], chunk: Uint8Array, from: number, to: number): Token {
    this.#move(to);
    this.#parts.push(chunk.subarray(from, to));
    this.#state = kind === 'stray' ? 'recovery' : 'start';
    return { kind, bytes: this.#take(), place: this.#place };
  }

  #move(to: number): void {
    this.waiting -= to - this.#at;
    this.#at = to;
  }

  #take(): Uint8Array {
    const parts = this.#parts;
    this.#parts = [];
    this.#size = 0;
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLower = (code: number) => code >= 97 && code <= 122;
const resets = (code: number) => code < 0x20 || code >= 0xfe || PUNCTUATION[code] !== undefined;

/** The state after a token's first byte; absent where none begins with it. */
function first(code: number): State | undefined {
  if (code === 0x20 || code === 9 || code === 10 || code === 13) return 'start';
  if (code === 0x22 || code === 0x27) return 'string';
  if (code === 0x2d) return 'minus';
  if (code === 0x30) return 'zero';
  if (isDigit(code)) return 'digits';
  return isLower(code) ? 'keyword' : undefined;
}

/** The state after one more byte; absent where it does not belong to the token. */
function following(state: State, code: number, quote: number): State | 'end' | undefined {
  const digit = isDigit(code);
  const exponent = (code | 32) === 0x65 ? 'exponent' : undefined;
  switch (state) {
    case 'string':
      if (code === quote) return 'end';
      if (code === 0x5c) return 'escape';
      return code < 0x20 || code > 0xfd ? undefined : 'string';
    case 'escape':
      return code < 0x20 || code > 0xfd ? undefined : 'string';
    case 'minus':
      return code === 0x30 ? 'zero' : digit ? 'digits' : undefined;
    case 'zero':
      return code === 0x2e ? 'point' : exponent;
    case 'digits':
      return digit ? 'digits' : code === 0x2e ? 'point' : exponent;
    case 'point':
      return digit ? 'fraction' : undefined;
    case 'fraction':
      return digit ? 'fraction' : exponent;
    case 'exponent':
      return digit
        ? 'exponent-digits'
        : code === 0x2b || code === 0x2d
          ? 'exponent-sign'
          : undefined;
    case 'exponent-sign':
    case 'exponent-digits':
      return digit ? 'exponent-digits' : undefined;
    case 'keyword':
      return isLower(code) ? 'keyword' : undefined;
    case 'start':
    case 'recovery':
      return undefined;
  }
}
