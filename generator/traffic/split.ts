import { parseJson } from './json/parse.js';
import { isObject, type JsonObject } from './json/value.js';

/** What is found in a stream of bytes: a message, or bytes that are none. */
export type Piece =
  | {
      readonly kind: 'message';
      readonly value: JsonObject;
      /** The message's own text on one line; absent where that is not JSON (single quotes). */
      readonly text: string | undefined;
    }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** QEMU's limit for one message. */
const MAX_MESSAGE = 64 * 1024 * 1024;
const MAX_DEPTH = 1024;
/** How many bytes that are no message make a piece of their own. */
const MAX_BYTES = 64 * 1024;

const [OPEN, CLOSE, BRACKET, QUOTE, APOSTROPHE, BACKSLASH] = [123, 125, 91, 34, 39, 92];
const NEWLINE = 10;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Cuts one direction of a connection into messages, wherever the chunks are cut. Bytes that belong
 * to no message (an agent's 0xFF, half of a command) come as what they are; space between messages
 * is left out. Holds at most one message.
 */
export class Splitter {
  readonly #limit: number;
  /** The unfinished message (or array, which is none but ends like one), or what is no message. */
  #parts: Uint8Array[] = [];
  #size = 0;
  #state: 'between' | 'message' | 'too-much' | 'bytes' = 'between';
  #depth = 0;
  /** The quote that ends the string that this is in; 0 outside. */
  #quote = 0;
  #escaped = false;

  constructor(limit = MAX_MESSAGE) {
    this.#limit = limit;
  }

  push(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk[at] as number;
      if (this.#state === 'message' || this.#state === 'too-much') {
        if (this.#inMessage(code)) continue;
        this.#keep(chunk.subarray(from, at + 1));
        if (this.#depth > 0) this.#state = 'bytes';
        else pieces.push(this.#end());
        from = at + 1;
      } else if (code === OPEN || code === BRACKET) {
        this.#keep(chunk.subarray(from, at));
        if (this.#state === 'bytes') pieces.push(this.#bytes());
        this.#begin();
        from = at;
      } else if (this.#state === 'between') {
        if (isSpace(code)) from = at + 1;
        else this.#state = 'bytes';
      } else if (code === NEWLINE) {
        this.#keep(chunk.subarray(from, at + 1));
        pieces.push(this.#bytes());
        this.#state = 'between';
        from = at + 1;
      }
    }
    this.#keep(chunk.subarray(from));
    // Whoever waits for an answer to them sees them as soon as they came.
    if (this.#state === 'bytes' && this.#size > 0) pieces.push(this.#bytes());
    if (this.#size > this.#limit) this.#state = 'too-much';
    if (this.#state === 'too-much' && this.#size > 0) pieces.push(...this.#inParts());
    return pieces;
  }

  /** What is left when the connection ends. */
  end(): Piece[] {
    return this.#size > 0 ? this.#inParts() : [];
  }

  #begin(): void {
    this.#state = 'message';
    this.#depth = 1;
    this.#quote = 0;
    this.#escaped = false;
  }

  /** Takes one byte of a message; false where the message ends with it, or turns out to be none. */
  #inMessage(code: number): boolean {
    // No lexer goes on behind these.
    if (code >= 0xfe) return false;
    if (this.#quote !== 0) {
      if (code < 0x20) return false;
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === this.#quote) this.#quote = 0;
      return true;
    }
    if (code === QUOTE || code === APOSTROPHE) this.#quote = code;
    // `[` and `{` differ from `]` and `}` by two, and from each other by the bit of 32.
    else if ((code | 32) === OPEN) return ++this.#depth <= MAX_DEPTH;
    else if ((code | 32) === CLOSE) return --this.#depth > 0;
    return true;
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // A copy: the chunk's memory is reused by whoever reads.
    this.#parts.push(bytes.slice());
    this.#size += bytes.length;
  }

  #take(): Uint8Array {
    const whole = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    return whole ?? new Uint8Array();
  }

  #bytes(): Piece {
    return { kind: 'bytes', bytes: this.#take() };
  }

  #inParts(): Piece[] {
    const bytes = this.#take();
    const pieces: Piece[] = [];
    for (let at = 0; at < bytes.length; at += MAX_BYTES) {
      pieces.push({ kind: 'bytes', bytes: bytes.subarray(at, at + MAX_BYTES) });
    }
    return pieces;
  }

  #end(): Piece {
    const tooMuch = this.#state === 'too-much';
    this.#state = 'between';
    const bytes = this.#take();
    return (tooMuch ? null : messageOf(bytes)) ?? { kind: 'bytes', bytes };
  }
}

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Whether bytes ask for nothing: the end of a line that was cut off from it. */
export const isBlank = (bytes: Uint8Array): boolean => bytes.every((code) => code <= 32);

/** The message that bytes are; null where they are none. */
export function messageOf(bytes: Uint8Array): Piece | null {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return null;
  }
  const parsed = parseJson(text);
  if (parsed === null || !isObject(parsed.value)) return null;
  const { value, isJson } = parsed;
  return { kind: 'message', value, text: isJson ? onOneLine(text) : undefined };
}

/** A line end is never within a string. */
const onOneLine = (text: string) => text.replace(/[ \t]*[\r\n][ \t\r\n]*/g, '');
