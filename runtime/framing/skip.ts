import type { Skipper } from './framer.js';

const LOWER_T = 116;

/** How every QEMU begins an event, up to its name. */
const HEAD = '\\{"timestamp": \\{"seconds": -?\\d+, "microseconds": -?\\d+\\}, "event": ';
const NAMED = new RegExp(`${HEAD}"(\\w+)"`, 'y');

/**
 * How it goes on where the data has plain members, and the end of the line, which is in no string.
 * From space to `z` is all of ASCII that is no brace, but for `|` and `~`: one range is fastest.
 */
const TAIL = '(?:, "data": \\{[ -z]*\\})?\\}\r?\n';

/** What the session itself wants to know. */
const OWN = 'COMMAND_DROPPED';

/** How many names of unwanted events are learned, for each of which a pattern is made. */
const MAX_NAMES = 64;

/**
 * Makes a function that finds rows of events that nobody wants, whose text then need not be
 * parsed. Loaded only where such events were met.
 * @param wants whether events of this name are wanted; of no name: all of them
 */
export function createSkipper(wants: (name: string) => boolean): Skipper {
  /** Names of events that nobody wants, and what matches a row of such events. */
  let names: string[] = [];
  let row = /(?!)/y;
  let learned = 0;
  /** Where a row of events ends that begins here and that nobody wants, or -1. */
  const skip = (text: string, at: number): number => {
    // Who wants an event of no name wants them all.
    if (text.charCodeAt(at + 2) !== LOWER_T || wants('')) return -1;
    const unwanted = names.filter((name) => !wants(name));
    if (unwanted.length === names.length) {
      row.lastIndex = at;
      if (row.test(text)) return row.lastIndex;
      NAMED.lastIndex = at;
      const name = NAMED.exec(text)?.[1];
      const known = name === undefined || names.includes(name) || name === OWN || wants(name);
      if (known || learned++ >= MAX_NAMES) return -1;
      unwanted.push(name);
    }
    names = unwanted;
    const any = names.length > 0 ? names.join('|') : '(?!)';
    row = new RegExp(`(?:${HEAD}"(?:${any})"${TAIL}){1,100}`, 'y');
    return skip(text, at);
  };
  return skip;
}
