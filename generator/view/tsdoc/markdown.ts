import type { Block, Inline } from '../../ir/doc.js';
import { codeSpan, escapeText, fenced, linkLabel, linkTarget } from './escape.js';
import { fill, isSpaced, Words } from './words.js';

export type Reference = Extract<Inline, { kind: 'reference' }>;
/** Finds the TypeScript name of what a reference means; null: it has none. */
export type Resolve = (reference: Reference) => { readonly tsName: string } | null;

const ADMONITIONS = {
  note: 'Note',
  warning: 'Warning',
  caution: 'Caution',
  important: 'Important',
  tip: 'Tip',
  'see-also': 'See also',
} as const satisfies Record<Extract<Block, { kind: 'admonition' }>['name'], string>;

/** Prose as lines of Markdown, a blank line between blocks. */
export function blocksToLines(blocks: readonly Block[], resolve: Resolve): string[] {
  // Not by a pattern, which makes an iterator.
  const only = blocks[0];
  if (only !== undefined && blocks.length === 1) return blockToLines(only, resolve);
  const lines: string[] = [];
  for (const block of blocks) {
    const next = blockToLines(block, resolve);
    if (next.length === 0) continue;
    if (lines.length > 0) lines.push('');
    // Not by spreading: the number of arguments of a call is limited.
    for (const line of next) lines.push(line);
  }
  return lines;
}

/** One paragraph. `lead` is Markdown of ours that goes before it. */
export function inlinesToLines(
  inlines: readonly Inline[],
  resolve: Resolve,
  lead: string | null = null,
): string[] {
  const only = inlines[0];
  if (lead === null && only?.kind === 'text' && inlines.length === 1) {
    const text = escapeText(only.text);
    if (isSpaced(text)) return fill(text);
  }
  const words = new Words();
  if (lead !== null) words.text(`${lead} `);
  for (const inline of inlines) addInline(words, inline, resolve);
  return fill(words.joined);
}

function addInline(words: Words, inline: Inline, resolve: Resolve): void {
  switch (inline.kind) {
    case 'text':
      words.text(escapeText(inline.text));
      break;
    case 'code':
      words.token(codeSpan(inline.text));
      break;
    case 'strong':
      words.token(marked('**', inline.text));
      break;
    case 'emphasis':
      words.token(marked('*', inline.text));
      break;
    case 'link':
      words.token(linkTo(inline.url, inline.text));
      break;
    case 'reference':
      words.token(referenceTo(inline, resolve));
      break;
  }
}

function marked(mark: string, text: string): string {
  const escaped = escapeText(text).trim();
  return escaped === '' ? '' : `${mark}${escaped}${mark}`;
}

/** An external link in Markdown's own form; what is no address stays text. */
export function webLink(url: string, text: string): string {
  const target = linkTarget(url);
  return target === null ? codeSpan(text) : `[${linkLabel(text)}](${target})`;
}

/** An external link; what is no address stays text. */
function linkTo(url: string, text: string): string {
  const target = linkTarget(url);
  if (target === null) return codeSpan(text);
  const label = linkLabel(text).trim();
  return label === '' || text === url ? `{@link ${target}}` : `{@link ${target} | ${label}}`;
}

function referenceTo(reference: Reference, resolve: Resolve): string {
  const found = resolve(reference);
  if (found === null || !/^[\w$]+(?:\.[\w$]+)*$/.test(found.tsName)) {
    return codeSpan(reference.name);
  }
  const label = linkLabel(reference.name);
  return label === found.tsName || label === ''
    ? `{@link ${found.tsName}}`
    : `{@link ${found.tsName} | ${label}}`;
}

function blockToLines(block: Block, resolve: Resolve): string[] {
  switch (block.kind) {
    case 'paragraph':
      return inlinesToLines(block.inlines, resolve);
    case 'list':
      return block.items.flatMap((item, at) =>
        indented(blocksToLines(item, resolve), block.ordered ? `${at + 1}. ` : '- '),
      );
    case 'code':
      return fenced(block.text, block.language === 'qmp' ? 'json' : block.language);
    case 'example': {
      const lines = blocksToLines(block.blocks, resolve);
      const title = block.title === null ? 'Example:' : `Example: ${escapeText(block.title)}`;
      return lines.length === 0 ? [] : [...fill(title), '', ...lines];
    }
    case 'admonition': {
      const lead = `**${ADMONITIONS[block.name]}:**`;
      const [first, ...rest] = block.blocks;
      if (first?.kind !== 'paragraph') return [lead, '', ...blocksToLines(block.blocks, resolve)];
      const more = blocksToLines(rest, resolve);
      const text = inlinesToLines(first.inlines, resolve, lead);
      return more.length === 0 ? text : [...text, '', ...more];
    }
  }
}

/** A list item: its first line beside the marker, the others under its text. */
function indented(lines: readonly string[], marker: string): string[] {
  const pad = ' '.repeat(marker.length);
  return lines.map((line, at) =>
    at === 0 ? `${marker}${line}` : line === '' ? '' : `${pad}${line}`,
  );
}
