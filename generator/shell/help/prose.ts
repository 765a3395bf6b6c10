import { columnsOf, visible } from '../../diagnostics/visible.js';
import type { Block, Inline } from '../../ir/doc.js';

/** Documentation as lines of plain text of at most `width` columns, with blank lines between blocks. */
export function prose(blocks: readonly Block[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const block of blocks) {
    if (lines.length > 0) lines.push('');
    lines.push(...blockLines(block, width));
  }
  return lines;
}

function blockLines(block: Block, width: number): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return wrap(inlineText(block.inlines), width);
    case 'list':
      return block.items.flatMap((item, index) => {
        const mark = block.ordered ? `${index + 1}. ` : '- ';
        return hang(prose(item, width - mark.length), mark);
      });
    case 'code':
      return hang(block.text.split('\n').map(visible), '    ', '    ');
    case 'example':
      return [`${visible(block.title ?? 'Example')}:`, ...prose(block.blocks, width)];
    case 'admonition':
      return hang(prose(block.blocks, width - 2), `${block.name.replace('-', ' ')}: `, '  ');
  }
}

function hang(
  lines: readonly string[],
  mark: string,
  rest = ' '.repeat(mark.length),
): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? mark : rest}${line}`.trimEnd());
}

/** The text of inline documentation, safe for a terminal. */
export function inlineText(inlines: readonly Inline[]): string {
  return visible(
    inlines
      .map((inline) => {
        if (inline.kind === 'reference') return inline.name;
        if (inline.kind !== 'link' || inline.text === inline.url) return inline.text;
        return `${inline.text} <${inline.url}>`;
      })
      .join('')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** Breaks text at spaces; a word that is wider than the width stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const columns = columnsIn(word);
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line = line === '' ? word : `${line} ${word}`;
    used += columns + (used > 0 ? 1 : 0);
  }
  return line === '' ? lines : [...lines, line];
}

/** Columns of visible text. */
export function columnsIn(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}
