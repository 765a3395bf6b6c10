/*
 * Classes of characters take a millisecond to look up, which most runs need not spend: hence no
 * expression here is a constant of the module.
 */

/** Text that a terminal shows and does not act on: what comes from a schema may hold anything. */
export function visible(text: string): string {
  // Controls, line separators, direction marks, lone surrogates.
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\u{${code.toString(16)}}`;
}

/** Columns that one visible character takes on a terminal. */
export function columnsOf(character: string): number {
  if (/[ -~]/.test(character)) return 1;
  if (/\p{M}/u.test(character)) return 0;
  const wide =
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60\uffe0-\uffe6\u3000-\u303e]/u;
  return wide.test(character) ? 2 : 1;
}
