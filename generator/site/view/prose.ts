import type { Block, Inline } from '../../ir/doc.js';
import { type Html, html, join, NOTHING, outward, text } from './html.js';

export type Reference = Extract<Inline, { kind: 'reference' }>;
/** The page that a reference means, relative to where it stands; null: none. */
export type Resolve = (reference: Reference) => string | null;

const ADMONITIONS = {
  note: 'Note',
  warning: 'Warning',
  caution: 'Caution',
  important: 'Important',
  tip: 'Tip',
  'see-also': 'See also',
} as const satisfies Record<Extract<Block, { kind: 'admonition' }>['name'], string>;

export function blocksHtml(blocks: readonly Block[], resolve: Resolve): Html {
  return join(blocks.map((block) => blockHtml(block, resolve)));
}

export function inlinesHtml(inlines: readonly Inline[], resolve: Resolve): Html {
  return join(inlines.map((inline) => inlineHtml(inline, resolve)));
}

/** Running text alone, for lists and the search. */
export function inlinesText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => (inline.kind === 'reference' ? inline.name : inline.text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

function inlineHtml(inline: Inline, resolve: Resolve): Html {
  switch (inline.kind) {
    case 'text':
      return html`${text(inline.text)}`;
    case 'code':
      return html`<code>${text(inline.text)}</code>`;
    case 'strong':
      return html`<strong>${text(inline.text)}</strong>`;
    case 'emphasis':
      return html`<em>${text(inline.text)}</em>`;
    case 'link':
      return outward(inline.url, inline.text);
    case 'reference': {
      const page = resolve(inline);
      const name = html`<code>${text(inline.name)}</code>`;
      return page === null ? name : html`<a href="${text(page)}">${name}</a>`;
    }
  }
}

function blockHtml(block: Block, resolve: Resolve): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${inlinesHtml(block.inlines, resolve)}</p>`;
    case 'list': {
      const items = join(block.items.map((item) => html`<li>${blocksHtml(item, resolve)}</li>`));
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'code':
      return html`<pre tabindex="0"><code>${text(block.text)}</code></pre>`;
    case 'example': {
      const title = block.title === null ? NOTHING : html`: ${text(block.title)}`;
      return html`<div class="example"><p class="label">Example${title}</p>${blocksHtml(block.blocks, resolve)}</div>`;
    }
    case 'admonition':
      return html`<div class="note ${text(block.name)}"><p class="label">${text(ADMONITIONS[block.name])}</p>${blocksHtml(block.blocks, resolve)}</div>`;
  }
}
