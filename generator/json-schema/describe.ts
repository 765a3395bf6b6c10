import type { Block, Doc, Inline } from '../ir/doc.js';
import type { Feature } from '../ir/types.js';
import { type JsonObject, object } from './json.js';

/** What a schema says of an entity in words: annotations, which no verdict depends on. */
export function annotations(
  words: { readonly doc: Doc | null } | { readonly blocks: readonly Block[] },
  features: readonly Feature[],
): JsonObject {
  const text = 'doc' in words ? ofDoc(words.doc) : ofBlocks(words.blocks);
  const isDeprecated = features.some((feature) => feature.name === 'deprecated');
  return object({
    description: text === '' ? undefined : text,
    deprecated: isDeprecated ? true : undefined,
  });
}

function ofDoc(doc: Doc | null): string {
  if (doc === null) return '';
  return [ofInlines(doc.summary), ofBlocks(doc.body)].filter((text) => text !== '').join('\n\n');
}

/** Paragraphs only: lists, examples and notes belong to the manual. */
function ofBlocks(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => (block.kind === 'paragraph' ? [ofInlines(block.inlines)] : []))
    .join('\n\n');
}

function ofInlines(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => (inline.kind === 'reference' ? inline.name : inline.text))
    .join('')
    .trim();
}
