/** Finds the quoted alternatives of a string in prose. All run once over the text. */

/** Every double-quoted string, or, without one, every single-quoted one. */
export function quotedStrings(text: string): readonly string[] {
  const double = Array.from(text.matchAll(/"([^"]*)"/g), ([, value = '']) => value);
  if (double.length > 0) return double;
  return Array.from(text.matchAll(/(?<![\w])'([^']*)'(?!\w)/g), ([, value = '']) => value);
}

const INTRODUCTION = /^[\s:;,.-]*(?:(?:one of|either|possible values(?: are)?|values)[\s:]*)?/i;
const SEPARATOR = /(?:[\s,|/]|\bor\b|\band\b)+/y;
const QUOTED = /"([^"]*)"|'([^']*)'/y;

/** The list that makes up what follows the statement of a type: `: "a", "b", or "c"`. */
export function listBetween(after: string): readonly string[] {
  const from = INTRODUCTION.exec(after)?.[0].length ?? 0;
  const list = quotedList(after, from);
  const ended = /^\s*(?:[.;(]|$)/.test(after.slice(list.end));
  return list.values.length > 1 && ended ? list.values : [];
}

/** The list that a text ends with, when something introduces it: `mode, "a" or "b"`. */
export function listBefore(text: string): readonly string[] {
  const last = /["']\.?\s*$/.exec(text);
  if (last === null) return [];
  for (let from = 0; from < text.length; ) {
    const quote = firstQuote(text, from);
    if (quote === -1) return [];
    const list = quotedList(text, quote);
    if (list.values.length === 0) {
      from = quote + 1;
      continue;
    }
    if (/^\.?\s*$/.test(text.slice(list.end))) {
      const introduced = /(?:[,:;]|\bone of|\beither|^)\s*$/i.test(text.slice(0, quote));
      return list.values.length > 1 && introduced ? list.values : [];
    }
    from = list.end;
  }
  return [];
}

/** Quotes open at the start of a word; elsewhere they are apostrophes. */
function firstQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"' || (char === "'" && !/\w/.test(text[at - 1] ?? ''))) return at;
  }
  return -1;
}

function quotedList(
  text: string,
  from: number,
): { readonly values: readonly string[]; readonly end: number } {
  const values: string[] = [];
  let end = from;
  for (;;) {
    QUOTED.lastIndex = end;
    if (values.length > 0) {
      SEPARATOR.lastIndex = end;
      const separator = SEPARATOR.exec(text);
      if (separator === null) break;
      QUOTED.lastIndex = end + separator[0].length;
    }
    const quoted = QUOTED.exec(text);
    if (quoted === null) break;
    values.push(quoted[1] ?? quoted[2] ?? '');
    end = QUOTED.lastIndex;
  }
  return { values, end };
}
