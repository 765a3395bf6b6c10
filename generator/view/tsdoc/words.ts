import { escapeLineStart } from './escape.js';

const WIDTH = 96;
/** Text without a space breaks nevertheless, to keep lines readable by tools. */
const MAX_WORD = 400;

/** Fills lines with words, never breaking within one, nor where a line's start would be markup. */
export function fill(words: readonly string[], width = WIDTH): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? escapeLineStart(word) : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Joins pieces, each a run of text or an unbreakable token, into words. */
export class Words {
  readonly #words: string[] = [];
  /** Whether the next piece belongs to the last word. */
  #joined = false;

  text(escaped: string): void {
    const parts = escaped.split(/ +/);
    for (const [at, part] of parts.entries()) {
      if (at > 0) this.#joined = false;
      for (const piece of pieces(part)) this.token(piece);
    }
    if (/ $/.test(escaped)) this.#joined = false;
  }

  token(token: string): void {
    if (token === '') return;
    const last = this.#words.length - 1;
    if (this.#joined && last >= 0) this.#words[last] += token;
    else this.#words.push(token);
    this.#joined = (this.#words.at(-1)?.length ?? 0) < MAX_WORD;
  }

  get list(): readonly string[] {
    return this.#words;
  }
}

/** An overlong word in parts, none of which ends amid an escape. */
function pieces(word: string): string[] {
  if (word.length <= MAX_WORD) return word === '' ? [] : [word];
  return word.match(/(?:\\.|.){1,400}/gsu) ?? [];
}
