import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import {
  type DefinitionDoc,
  type DocComment,
  docCommentExtent,
  documentDefinition,
  parseDocComment,
} from '../../generator/doc/index.js';
import type { Block, Inline } from '../../generator/ir/doc.js';
import { SourceFile } from '../../generator/source/source-file.js';

/** A comment from its text alone: markers and `# ` are put around it. */
export function commented(text: string): string {
  const lines = text.replace(/^\n|\n$/g, '').split('\n');
  return ['##', ...lines.map((line) => (line === '' ? '#' : `# ${line}`)), '##', ''].join('\n');
}

export interface ReadComments {
  readonly comments: readonly DocComment[];
  readonly diagnostics: Diagnostics;
  /** "code:line" of each finding. */
  readonly findings: readonly string[];
}

/** Every documentation comment of a file. */
export function readComments(text: string, strict = false, path = 'test.json'): ReadComments {
  const file = new SourceFile(path, text);
  const diagnostics = new Diagnostics({ strict, limit: 10_000 });
  const comments: DocComment[] = [];
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const start = at + text.slice(at, end).search(/\S|$/);
    const extent = text[start] === '#' ? docCommentExtent(text, start, strict) : null;
    if (extent !== null) comments.push(parseDocComment(file, start, extent.end, diagnostics));
    const next = text.indexOf('\n', Math.max(extent?.end ?? end, start));
    at = next === -1 ? text.length : next + 1;
  }
  const findings = diagnostics.list.map(({ code, at: place }) =>
    place === null ? code : `${code}:${file.position(place.start).line}`,
  );
  return { comments, diagnostics, findings };
}

export function readDefinition(text: string): DefinitionDoc {
  const [comment] = readComments(commented(text)).comments;
  if (comment === undefined) throw new Error('no comment in the text');
  return documentDefinition(comment);
}

/** Inlines in a notation: `code`, **strong**, *emphasis*, {role name}, [text](url). */
export function inlineNotation(inlines: readonly Inline[]): string {
  return inlines.map(oneInline).join('');
}

function oneInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return `\`${inline.text}\``;
    case 'strong':
      return `**${inline.text}**`;
    case 'emphasis':
      return `*${inline.text}*`;
    case 'link':
      return `[${inline.text}](${inline.url})`;
    case 'reference':
      return `{${inline.role} ${inline.name}}`;
  }
}

export type Notation = string | { readonly [kind: string]: string | readonly unknown[] };

/** Blocks as a nested list: paragraphs as their inline notation, others as one-key objects. */
export function notation(blocks: readonly Block[]): Notation[] {
  return blocks.map(oneBlock);
}

function oneBlock(block: Block): Notation {
  switch (block.kind) {
    case 'paragraph':
      return inlineNotation(block.inlines);
    case 'list':
      return { [block.ordered ? 'ol' : 'ul']: block.items.map(notation) };
    case 'code':
      return { [`code ${block.language}`.trim()]: block.text };
    case 'example':
      return { [`example ${block.title ?? ''}`.trim()]: notation(block.blocks) };
    case 'admonition':
      return { [block.name]: notation(block.blocks) };
  }
}
