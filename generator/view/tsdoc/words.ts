import { escapeLineStart, isMarkupAtStart } from './escape.js';

const WIDTH = 96;
/** Text without a space breaks nevertheless, to keep lines readable by tools. */
const MAX_WORD = 400;
const OVERLONG = new RegExp(`[^ ]{${MAX_WORD + 1}}`);
/** Stands for a space that no line may break at. No text has it: controls are taken out before. */
const FIXED = '\0';

/** Fills lines with text, never breaking within a word, nor where a line's start would be markup. */
export function fill(text: string, width = WIDTH): string[] {
  if (text.length < width && !text.startsWith(' ') && !text.includes(FIXED)) {
    return text === '' ? [] : [escapeLineStart(text)];
  }
  const lines: string[] = [];
  for (let from = 0; from < text.length; ) {
    if (text.startsWith(' ', from)) {
      from += 1;
      continue;
    }
    const room = isMarkupAtStart(text, from) ? width - 1 : width;
    let end = text.length;
    if (end - from > room) {
      end = text.lastIndexOf(' ', from + room);
      // A word that is longer than a line has a line.
      if (end <= from) end = text.indexOf(' ', from);
      if (end < 0) end = text.length;
    }
    const line = text.slice(from, end);
    lines.push(escapeLineStart(line.includes(FIXED) ? line.replaceAll(FIXED, ' ') : line));
    from = end + 1;
  }
  return lines;
}

/** Whether a text is as `Words` would leave it. */
export function isSpaced(text: string): boolean {
  const isTight = !text.startsWith(' ') && !text.endsWith(' ') && !text.includes('  ');
  return isTight && (text.length <= MAX_WORD || !OVERLONG.test(text));
}

/** Joins pieces, each a run of text or an unbreakable token, into a text for `fill`. */
export class Words {
  #text = '';
  /** The length of the last word. */
  #last = 0;
  /** Whether the next piece belongs to the last word. */
  #joined = false;

  text(spaced: string): void {
    const escaped = spaced.includes('  ') ? spaced.replace(/ {2,}/g, ' ') : spaced;
    if (escaped.length > MAX_WORD && OVERLONG.test(escaped)) {
      this.#pieces(escaped);
      return;
    }
    const from = escaped.startsWith(' ') ? 1 : 0;
    const end = escaped.length - (escaped.endsWith(' ') ? 1 : 0);
    if (from > 0) this.#joined = false;
    if (from < end) {
      const words = escaped.slice(from, end);
      this.#append(words, words.length - words.lastIndexOf(' ') - 1);
    }
    if (end < escaped.length) this.#joined = false;
  }

  token(token: string): void {
    if (token !== '') this.#append(token.replaceAll(' ', FIXED), token.length);
  }

  /** `last`: the length of the last word in it. */
  #append(words: string, last: number): void {
    if (!this.#joined) {
      if (this.#text !== '') this.#text += ' ';
      this.#last = 0;
    }
    this.#text += words;
    this.#last = last === words.length ? this.#last + last : last;
    this.#joined = this.#last < MAX_WORD;
  }

  /** Overlong words in parts, none of which ends amid an escape. */
  #pieces(escaped: string): void {
    for (const [at, word] of escaped.split(/ +/).entries()) {
      if (at > 0) this.#joined = false;
      for (const piece of word.match(/(?:\\.|.){1,400}/gsu) ?? []) this.token(piece);
    }
  }

  get joined(): string {
    return this.#text;
  }
}
