import { ProtocolError } from '../errors.js';
import { parseJson } from '../json/index.js';

/** 64 MiB, the limit that QEMU's own parser has. */
export const DEFAULT_MESSAGE_LIMIT = 64 * 1024 * 1024;

/** No reply of a real server comes near; it keeps a hostile one from filling the heap. */
const MAX_DEPTH = 0x40000;

/** Who takes the messages. */
export interface FramerSink {
  /** Whether anyone wants events of this name; the text of others is not parsed. */
  wants(event: string): boolean;
  /** One message. */
  message(value: object): void;
  /**
   * One message that is JSON but for numbers that are none (`inf`, `nan`): with infinities in
   * the place of the former and null in that of the latter.
   */
  damaged(value: object): void;
}

/** Takes text in any pieces. */
export interface Framer {
  /**
   * @throws ProtocolError where the text is not a row of JSON objects, or a message is too large;
   *   the framer is of no use afterwards
   */
  push(chunk: string): void;
  /** Forgets an unfinished message. */
  reset(): void;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const LOWER_T = 116;

/** How every QEMU begins an event, up to its name. */
const HEAD = '\\{"timestamp": \\{"seconds": -?\\d+, "microseconds": -?\\d+\\}, "event": ';
const NAMED = new RegExp(`${HEAD}"(\\w+)"`, 'y');

/** How it goes on where the data has plain members, and the end of the line, which is in no string. */
const TAIL = '(?:, "data": \\{[^{}\r\n]*\\})?\\}\r?\n';

/** How many names of unwanted events are learned, for each of which a pattern is made. */
const MAX_NAMES = 64;

/** Strings, to be passed over, and the words that C's printf writes for what JSON has no number. */
const NOT_A_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(-?)(?:inf(?:inity)?|(nan))\b/gi;

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

  /** Counts brackets from `at` on; the end of the message, or -1 when it is not here. */
  const count = (text: string, at: number): number => {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) inString = false;
      } else if (code === QUOTE) inString = true;
      // `[` and `{` differ from `]` and `}` by two, and from each other by the bit of 32.
      else if ((code | 32) === OPEN) {
        if (++depth > MAX_DEPTH) throw tooLarge(`is nested deeper than ${MAX_DEPTH} levels`);
      } else if ((code | 32) === CLOSE && --depth <= 0) return at + 1;
    }
    return -1;
  };

  const restart = () => {
    depth = 0;
    inString = escaped = false;
  };

  const take = (): string => {
    const text = parts.length === 1 ? (parts[0] as string) : parts.join('');
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

  /** A text whose brackets are balanced. */
  const complete = (text: string) => {
    checkSize(text.length);
    let value: unknown;
    try {
      value = parseJson(text);
    } catch (error) {
      return sink.damaged(repair(text, error));
    }
    sink.message(value as object);
  };

  /** A text that looks like a message on a line; false when it is not exactly one. */
  const line = (text: string): boolean => {
    if (text.length > 2 * MAX_DEPTH) {
      // Long enough to be too deep for what comes after.
      restart();
      if (count(text, 0) !== text.length) return false;
    }
    let value: unknown;
    try {
      value = parseJson(text);
    } catch {
      return false;
    }
    checkSize(text.length);
    sink.message(value as object);
    return true;
  };

  /** Names of events that nobody wants, and what matches a row of such events. */
  let names: string[] = [];
  let row = /(?!)/y;
  let learned = 0;
  /** Where a row of events ends that begins here and that nobody wants, or -1. */
  const skip = (text: string, at: number): number => {
    // Who wants an event of no name wants them all.
    if (text.charCodeAt(at + 2) !== LOWER_T || sink.wants('')) return -1;
    const unwanted = names.filter((name) => !sink.wants(name));
    if (unwanted.length === names.length) {
      row.lastIndex = at;
      if (row.test(text)) return row.lastIndex;
      NAMED.lastIndex = at;
      const name = NAMED.exec(text)?.[1];
      const known = name === undefined || names.includes(name) || sink.wants(name);
      if (known || learned++ >= MAX_NAMES) return -1;
      unwanted.push(name);
    }
    names = unwanted;
    const any = names.length > 0 ? names.join('|') : '(?!)';
    row = new RegExp(`(?:${HEAD}"(?:${any})"${TAIL}){1,500}`, 'y');
    return skip(text, at);
  };

  /** Takes the message that begins at `at`; where the next begins, or -1 when it goes on. */
  const next = (text: string, at: number): number => {
    if (text.charCodeAt(at) !== OPEN) throw notJson(text.slice(at));
    const skipped = skip(text, at);
    if (skipped >= 0) return skipped;
    const end = text.indexOf('\n', at);
    if (end >= 0) {
      const stop = text[end - 1] === '\r' ? end - 1 : end;
      if (text.charCodeAt(stop - 1) === CLOSE && line(text.slice(at, stop))) return end + 1;
    }
    counting = end >= 0 || closes(text);
    if (counting) {
      restart();
      const after = count(text, at);
      if (after >= 0) {
        complete(text.slice(at, after));
        return after;
      }
    }
    keep(at > 0 ? text.slice(at) : text);
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
    reset() {
      parts = [];
      size = 0;
    },
  };
}

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Whether the last thing in the text is a closing brace: the message may be complete. */
function closes(text: string): boolean {
  let at = text.length - 1;
  while (at >= 0 && isSpace(text.charCodeAt(at))) at--;
  return text.charCodeAt(at) === CLOSE;
}

function repair(text: string, cause: unknown): object {
  const repaired = text.replace(NOT_A_NUMBER, (word, sign?: string, nan?: string) =>
    sign === undefined ? word : nan ? 'null' : `${sign}1e999`,
  );
  try {
    if (repaired !== text) return parseJson(repaired) as object;
  } catch {
    // The first error tells more of what the peer sent.
  }
  throw notJson(text, cause);
}

const tooLarge = (what: string) => new ProtocolError('too-large', `A message ${what}`);

const notJson = (text: string, cause?: unknown) => {
  const shown = JSON.stringify(text.slice(0, 60));
  const error = new ProtocolError('malformed', `The peer sent what is not JSON: ${shown}`);
  if (cause !== undefined) error.cause = cause;
  return error;
};
