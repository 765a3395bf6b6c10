import type { Block, Inline } from '../ir/doc.js';
import { dedent } from './text.js';

const DIRECTIVE = /^\.\. +(?:\|[^|]*\| +)?([A-Za-z][\w:-]*) ?::(?: +(.*))?$/;
const EXPLICIT = /^\.\.(?: |$)/;
const OPTION = /^:([a-z-]+):(?: +(.*))?$/;

type Admonition = Extract<Block, { kind: 'admonition' }>['name'];

const ADMONITIONS: ReadonlyMap<string, Admonition> = new Map([
  ['note', 'note'],
  ['admonition', 'note'],
  ['warning', 'warning'],
  ['attention', 'warning'],
  ['danger', 'warning'],
  ['error', 'warning'],
  ['caution', 'caution'],
  ['important', 'important'],
  ['tip', 'tip'],
  ['hint', 'tip'],
  ['seealso', 'see-also'],
]);
const CODE = new Set(['code-block', 'code', 'sourcecode', 'parsed-literal']);

/** How the parts of a directive are read. */
export interface Readers {
  blocks(lines: readonly string[]): Block[];
  inlines(text: string): Inline[];
  literal(lines: readonly string[], language?: string): Block;
}

/** Whether explicit markup begins here: a directive, or a comment. */
export function startsDirective(line: string): boolean {
  return EXPLICIT.test(line);
}

/**
 * Reads a directive with its indented body. Comments and link targets give nothing, as in the
 * manual; a directive of another name gives what it holds.
 */
export function parseDirective(line: string, body: readonly string[], read: Readers): Block[] {
  const { blocks, inlines, literal } = read;
  const match = DIRECTIVE.exec(line);
  if (match === null) return [];
  const name = (match[1] ?? '').toLowerCase();
  const argument = match[2] ?? '';
  const { options, rest } = splitOptions(dedent(body));
  const admonition = ADMONITIONS.get(name);
  if (admonition !== undefined) {
    // What stands beside the directive's name begins its text, or is its title.
    const text = argument === '' || body[0] === '' ? [argument, '', ...rest] : [argument, ...rest];
    if (name !== 'admonition')
      return [{ kind: 'admonition', name: admonition, blocks: blocks(text) }];
    const title: Block[] = /^(?:notes?)?$/i.test(argument)
      ? []
      : [{ kind: 'paragraph', inlines: [{ kind: 'strong', text: argument }] }];
    return [{ kind: 'admonition', name: admonition, blocks: [...title, ...blocks(rest)] }];
  }
  if (name === 'qmp-example') {
    const inner = options.has('annotated') ? blocks(rest) : literalIfAny(rest, 'qmp', literal);
    return [{ kind: 'example', title: options.get('title') || null, blocks: inner }];
  }
  if (CODE.has(name)) return literalIfAny(rest, argument.split(' ')[0] || 'text', literal);
  const lead: Block[] = argument === '' ? [] : [{ kind: 'paragraph', inlines: inlines(argument) }];
  return [...lead, ...blocks(rest)];
}

function literalIfAny(
  lines: readonly string[],
  language: string,
  literal: Readers['literal'],
): Block[] {
  return lines.some((line) => line !== '') ? [literal(lines, language)] : [];
}

function splitOptions(lines: readonly string[]): {
  readonly options: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
} {
  const options = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at += 1) {
    const option = OPTION.exec(lines[at] ?? '');
    if (option === null) break;
    options.set(option[1] ?? '', option[2] ?? '');
  }
  return { options, rest: lines.slice(at) };
}
