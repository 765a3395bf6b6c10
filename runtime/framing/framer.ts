import { ProtocolError } from '../errors.js';
import { parseJson } from '../json/index.js';

/** 64 MiB, the limit that QEMU's own parser has. */
export const DEFAULT_MESSAGE_LIMIT = 2 ** 26;

/** No reply of a real server comes near; it keeps a hostile one from filling the heap. */
const MAX_DEPTH = 2 ** 18;

/** Who takes the messages. */
export interface FramerSink {
  /** One message. */
  message(value: object): void;
  /** The text of a message whose brackets are balanced, and which is not JSON. */
  damaged(text: string): void;
}

/** Tells where messages end that begin at this place and that nobody wants, or -1. */
export type Skipper = (text: string, at: number) => number;

/** Takes text in any pieces. */
export interface Framer {
  /**
   * @throws ProtocolError where the text is not a row of JSON objects, or a message is too large;
   *   the framer is of no use afterwards
   */
  push(chunk: string): void;
  /** Forgets an unfinished message. */
  reset(): void;
  /** Leaves out what this finds: where a row of messages ends that begins here, or -1. */
  skip(row: Skipper): void;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/**
 * Makes a framer. A server writes one message a line as a rule; then the line is found by its end
 * and JSON.parse itself tells whether it is one whole message. Anything else (several messages on
 * a line, one over many lines, no line end at all) is cut by counting brackets.
 */
export function createFramer(sink: FramerSink, limit = DEFAULT_MESSAGE_LIMIT): Framer {
  /** The unfinished message, in the pieces in which it came. */
  let parts: string[] = [];
  let size = 0;
  /** Whether the brackets of the unfinished message have been counted as far as it came. */
  let counting = false;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let skip: Skipper = () => -1;

  /** Counts brackets from `at` on; the end of the message, or -1 when it is not here. */
  const count = (text: string, at: number, begins?: boolean): number => {
    if (begins) {
      depth = 0;
      inString = escaped = false;
    }
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) inString = false;
      } else if (code === QUOTE) inString = true;
      // `[` and `{` differ from `]` and `}` by two, and from each other by the bit of 32.
      else if ((code | 32) === OPEN) {
        if (++depth > MAX_DEPTH) throw tooLarge(`is nested deeper than ${MAX_DEPTH}`);
      } else if ((code | 32) === CLOSE && --depth <= 0) return at + 1;
    }
    return -1;
  };

  const take = (): string => {
    const text = parts.join('');
    parts = [];
    size = 0;
    return text;
  };

  const checkSize = (length: number) => {
    if (length > limit) throw tooLarge(`is longer than the limit of ${limit}`);
  };

  const keep = (text: string) => {
    size += text.length;
    checkSize(size);
    parts.push(text);
  };

  /** Takes a text that may be one message; false when it is not JSON. */
  const message = (text: string): boolean => {
    checkSize(text.length);
    let value: unknown;
    try {
      value = parseJson(text);
    } catch {
      return false;
    }
    sink.message(value as object);
    return true;
  };

  /** A text whose brackets are balanced. */
  const complete = (text: string) => {
    if (!message(text)) sink.damaged(text);
  };

  /** Takes the message that begins at `at`; where the next begins, or -1 when it goes on. */
  const next = (text: string, at: number): number => {
    if (text.charCodeAt(at) !== OPEN) throw notJson(text.slice(at));
    const skipped = skip(text, at);
    if (skipped >= 0) return skipped;
    const end = text.indexOf('\n', at);
    if (end >= 0) {
      const line = text.slice(at, end);
      // Long enough to be too deep for what comes after.
      if (line.length > 2 * MAX_DEPTH) count(line, 0, true);
      if (message(line)) return end + 1;
    }
    counting = end >= 0 || closes(text);
    if (counting) {
      const after = count(text, at, true);
      if (after >= 0) {
        complete(text.slice(at, after));
        return after;
      }
    }
    keep(text.slice(at));
    return -1;
  };

  /** Takes all messages from `at` on. */
  const consume = (text: string, at: number) => {
    while (at >= 0) {
      while (isSpace(text.charCodeAt(at))) at++;
      if (at >= text.length) return;
      at = next(text, at);
    }
  };

  return {
    push(text) {
      let at = 0;
      if (parts.length > 0 && !counting) {
        // Only the line that was begun is joined, not what follows it.
        at = text.indexOf('\n') + 1 || (closes(text) ? text.length : 0);
        if (at === 0) return keep(text);
        keep(text.slice(0, at));
        consume(take(), 0);
      }
      if (parts.length > 0) {
        const end = count(text, at);
        keep(text.slice(at, end < 0 ? text.length : end));
        if (end < 0) return;
        complete(take());
        at = end;
      }
      consume(text, at);
    },
    reset: take,
    skip(row) {
      skip = row;
    },
  };
}

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Whether the last thing in the text is a closing brace: the message may be complete. */
const closes = (text: string) => text.trimEnd().endsWith('}');

const tooLarge = (what: string) => new ProtocolError('too-large', `A message ${what}`);

/** The error for what is no message at all. */
export const notJson = (text: string) =>
  new ProtocolError('malformed', `The peer sent no JSON: ${JSON.stringify(text.slice(0, 60))}`);
