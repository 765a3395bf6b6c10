import { SourceFile, type Span, spanOf } from '../../source/source-file.js';

/** A word of a command line. */
export interface Word {
  readonly at: Span;
  /** As it was typed, quotes included. */
  readonly text: string;
  /** What would have to come yet to close what it opens: a quote, or brackets. Null: it is whole. */
  readonly open: string | null;
}

/**
 * Splits a line at white space. A value, which is what begins a word or follows its first `=`, may
 * hold white space where it is in quotes or is JSON in brackets.
 */
export function splitWords(file: SourceFile, start = 0, end = file.text.length): readonly Word[] {
  const { text } = file;
  const words: Word[] = [];
  let at = start;
  for (;;) {
    while (at < end && isSpace(text.charAt(at))) at += 1;
    if (at >= end) return words;
    const first = at;
    let open: string | null = null;
    let valueStarts = true;
    let hasKey = false;
    while (at < end && !isSpace(text.charAt(at))) {
      const character = text.charAt(at);
      if (valueStarts && '"\'{['.includes(character)) {
        const value = endOfValue(text, at, end);
        at = value.end;
        open = value.open;
        valueStarts = false;
        continue;
      }
      valueStarts = character === '=' && !hasKey;
      hasKey ||= valueStarts;
      at += 1;
    }
    words.push({ at: spanOf(file, first, at), text: text.slice(first, at), open });
  }
}

/** Words that were split already, such as the arguments of a process, as of one line. */
export function wordsOf(path: string, texts: readonly string[]): readonly Word[] {
  const file = new SourceFile(path, texts.join(' '));
  let start = 0;
  return texts.map((text) => {
    const at = spanOf(file, start, start + text.length);
    start = at.end + 1;
    return { at, text, open: null };
  });
}

const isSpace = (character: string) => character === ' ' || '\t\r\n'.includes(character);

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Where a quoted string or bracketed JSON ends, and what it lacks where it does not. */
function endOfValue(
  text: string,
  start: number,
  end: number,
): { readonly end: number; readonly open: string | null } {
  const lacking: string[] = [];
  let quote = '';
  for (let at = start; at < end; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (CLOSING[character] !== undefined) lacking.push(CLOSING[character]);
    else if (character === lacking.at(-1)) lacking.pop();
    if (quote === '' && lacking.length === 0) return { end: at + 1, open: null };
  }
  return { end, open: quote + lacking.reverse().join('') };
}
