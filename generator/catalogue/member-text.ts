import { listBefore, listBetween, quotedStrings } from './alternatives.js';

/** What a member's text says, apart from its meaning. */
export interface MemberText {
  /** JSON type names in the order they are stated, such as "string" of `json-string`. */
  readonly types: readonly string[];
  readonly optional: boolean;
  /** Quoted alternatives, none when the text gives none or only examples. */
  readonly alternatives: readonly string[];
  /** A schema type that the text refers to. */
  readonly foreign: string | null;
  readonly since: string | null;
  /** The text without its statement of the type. */
  readonly prose: string;
}

const MARKER = /\bjson-[a-z]+/g;
const HEDGE = /\b(?:usually|typically|e\.g\.|such as|for example|for instance|default)/i;
const SINCE = /\(\s*since:?\s+(?:qemu\s+)?(\d+\.\d+(?:\.\d+)?)/i;

export function readMemberText(lines: readonly string[]): MemberText {
  const text = lines.join(' ').replace(/\s+/g, ' ').trim();
  const group = typeGroup(text);
  const before = text.slice(0, group.start);
  const inside = text.slice(group.start, group.end);
  const after = text.slice(group.end);
  const foreign = foreignType(text);
  return {
    types: Array.from(inside.matchAll(MARKER), ([marker]) => marker.slice('json-'.length)),
    optional: /\boptional\b/i.test(inside) || text.toLowerCase().includes('(optional'),
    alternatives: alternatives(before, inside, after),
    foreign,
    since: SINCE.exec(text)?.[1] ?? null,
    prose: prose(before, inside, after),
  };
}

/** The parentheses around the first `json-…`, or the bare word, or nothing at the end. */
function typeGroup(text: string): { readonly start: number; readonly end: number } {
  const at = text.search(/\bjson-[a-z]/);
  if (at === -1) return { start: text.length, end: text.length };
  let start = -1;
  for (let depth = 0, left = at - 1; left >= 0 && start === -1; left -= 1) {
    if (text[left] === ')') depth += 1;
    else if (text[left] === '(') {
      if (depth === 0) start = left;
      depth -= 1;
    }
  }
  if (start === -1) {
    const word = /^json-[a-z]+(?: of json-[a-z]+)*/.exec(text.slice(at))?.[0] ?? '';
    return { start: at, end: at + word.length };
  }
  let depth = 0;
  for (let right = start; right < text.length; right += 1) {
    if (text[right] === '(') depth += 1;
    else if (text[right] === ')') {
      depth -= 1;
      if (depth === 0) return { start, end: right + 1 };
    }
  }
  return { start, end: text.length };
}

function alternatives(before: string, inside: string, after: string): readonly string[] {
  if (!HEDGE.test(inside)) {
    const quoted = quotedStrings(inside);
    if (quoted.length > 0) return quoted;
  }
  const following = listBetween(after);
  return following.length > 0 ? following : listBefore(before);
}

/** "Foo type as described in qapi-schema.json", "See Foo in qapi-schema.json": Foo. */
function foreignType(text: string): string | null {
  const words = text.split(' ');
  for (const [index, word] of words.entries()) {
    if (!/\.json[).,;]*$/.test(word) || words[index - 1]?.toLowerCase() !== 'in') continue;
    for (let at = index - 2; at >= 0 && at >= index - 6; at -= 1) {
      const candidate = words[at] ?? '';
      if (/^(?:type|as|is|described|defined|documented)$/.test(candidate)) continue;
      return /^[A-Z][A-Za-z0-9_]*$/.test(candidate) ? candidate : null;
    }
  }
  return null;
}

/** The text as documentation: types and "optional" are said by the member itself. */
function prose(before: string, inside: string, after: string): string {
  const kept = inside
    .replace(/^\(|\)$/g, '')
    .replace(/\bjson-[a-z]+(?: of json-[a-z]+)*/g, '')
    .replace(/\boptional\b/gi, '')
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ');
  const parts = [before.trim(), kept === '' ? '' : `(${kept})`, after.trim()];
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/ ([.,:;])/g, '$1')
    .replace(/[:;,]$/, '')
    .trim();
}
