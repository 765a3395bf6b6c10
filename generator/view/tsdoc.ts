/**
 * TSDoc of one symbol.
 *
 * Accepts: structured documentation and facts, all of it untrusted.
 * Guarantees: lines for a comment, without ` * ` before them; nothing in them ends the comment,
 * and the only tags are those made here. Deterministic.
 * Leaves to the template: the comment's frame.
 */
import type { Condition } from '../ir/condition.js';
import type { Block, Doc } from '../ir/doc.js';
import type { DefinitionKind, Feature } from '../ir/types.js';
import { conditionText } from './tsdoc/condition-text.js';
import { codeSpan, escapeAfterTag, escapeText, sealLine } from './tsdoc/escape.js';
import { blocksToLines, inlinesToLines, type Resolve, webLink } from './tsdoc/markdown.js';
import { fill } from './tsdoc/words.js';

export { manualUrl } from './tsdoc/manual-url.js';
export type { Reference, Resolve } from './tsdoc/markdown.js';

export interface TsDocInput {
  /** Says what the symbol is when nothing documents it; plain text, `` `code` `` allowed. */
  readonly summaryFallback: string;
  /** A definition's documentation. */
  readonly doc: Doc | null;
  /** A part's: a member, enum value, branch or alternative. */
  readonly blocks?: readonly Block[];
  readonly since: string | null;
  readonly features: readonly Feature[];
  readonly condition: Condition | null;
  readonly wireName: string;
  readonly kind: DefinitionKind | 'member' | 'enum-value' | 'branch' | 'alternative';
  readonly resolve: Resolve;
  /** The symbol's place in the manual; null: it has none of its own. */
  readonly manualUrl: string | null;
}

const NONE: readonly string[][] = [];

const PARTS: readonly TsDocInput['kind'][] = ['member', 'enum-value', 'branch', 'alternative'];
const isPart = (kind: TsDocInput['kind']): boolean => PARTS.includes(kind);

const KIND_NAMES = {
  enum: 'Enumeration',
  struct: 'Struct',
  union: 'Union',
  alternate: 'Alternate',
  command: 'Command',
  event: 'Event',
  member: 'Member',
  'enum-value': 'Value',
  branch: 'Branch',
  alternative: 'Alternative',
} as const satisfies Record<TsDocInput['kind'], string>;

/** The comment's lines: prose first, then facts, then tags, the link to the manual last. */
export function tsdoc(input: TsDocInput): readonly string[] {
  const sections = prose(input);
  for (const note of featureNotes(input)) sections.push(note);
  if (input.condition !== null) {
    sections.push(fill(`Present when the build has ${conditionText(input.condition)}.`));
  }
  const lines: string[] = [];
  for (const section of sections) {
    if (lines.length > 0) lines.push('');
    for (const line of section) lines.push(sealLine(line));
  }
  const tags = tagsOf(input);
  if (lines.length > 0 && tags.length > 0) lines.push('');
  for (const tag of tags) for (const line of tag) lines.push(sealLine(line));
  return lines;
}

/** Each tag with its text. What follows a tag belongs to it, hence no prose comes after. */
function tagsOf(input: TsDocInput): string[][] {
  const { doc, features, resolve } = input;
  const tags: string[][] = [];
  if (doc !== null) {
    if (doc.returns.length > 0) tags.push(tagged('@returns', doc.returns, resolve));
    if (doc.errors.length > 0) tags.push(tagged('@throws', doc.errors, resolve));
    for (const example of doc.body.filter(isExample)) tags.push(exampleTag(example, resolve));
  }
  const deprecated = features.find((feature) => feature.name === 'deprecated');
  if (deprecated !== undefined) tags.push(deprecationTag(deprecated, resolve));
  if (input.since !== null) tags.push([`@since ${escapeText(input.since)}`]);
  if (isExperimental(input)) tags.push(['@experimental']);
  // Not `@see {@link …}`: a compiler parses the comments that hold either, of all declarations.
  if (input.manualUrl !== null) tags.push([`@remarks ${webLink(input.manualUrl, 'QEMU manual')}`]);
  return tags;
}

/** Features and names beginning with `x-` tell that an interface may change at any time. */
function isExperimental(input: TsDocInput): boolean {
  return (
    input.wireName.startsWith('x-') || input.features.some((feature) => feature.name === 'unstable')
  );
}

function prose(input: TsDocInput): string[][] {
  const { doc, blocks, resolve } = input;
  const sections: string[][] = [];
  const add = (lines: string[]): void => {
    if (lines.length > 0) sections.push(lines);
  };
  if (doc !== null) add(inlinesToLines(doc.summary, resolve));
  const isSummed = sections.length > 0;
  if (doc !== null) {
    add(
      blocksToLines(
        doc.body.filter((block) => !isExample(block)),
        resolve,
      ),
    );
  }
  if (blocks !== undefined) add(blocksToLines(blocks, resolve));
  // A part's description is its summary; a definition's is told even when nothing else is.
  const isTold = isPart(input.kind) ? sections.length > 0 : isSummed;
  if (!isTold) sections.unshift(fallback(input));
  return sections;
}

function fallback(input: TsDocInput): string[] {
  const given = input.summaryFallback.split(/`([^`]*)`/);
  const text = given.map((part, at) => (at % 2 === 1 ? codeSpan(part) : escapeText(part))).join('');
  if (text.trim() !== '') return fill(text.trim());
  return [`${KIND_NAMES[input.kind]} ${codeSpan(input.wireName)}.`];
}

/** What features other than deprecation mean; that one has a tag. */
function featureNotes(input: TsDocInput): readonly string[][] {
  if (input.features.length === 0) return NONE;
  const notes: string[][] = [];
  for (const feature of input.features) {
    if (
      feature.name === 'deprecated' ||
      (feature.name === 'unstable' && feature.doc.length === 0)
    ) {
      continue;
    }
    const lead =
      feature.name === 'unstable'
        ? '**Unstable:**'
        : `**Feature** ${codeSpan(feature.name)}${feature.doc.length === 0 ? '.' : ':'}`;
    const [first, ...rest] = feature.doc;
    if (first?.kind === 'paragraph') {
      const more = blocksToLines(rest, input.resolve);
      const text = inlinesToLines(first.inlines, input.resolve, lead);
      notes.push(more.length === 0 ? text : [...text, '', ...more]);
    } else {
      const more = blocksToLines(feature.doc, input.resolve);
      notes.push(more.length === 0 ? [lead] : [lead, '', ...more]);
    }
  }
  return notes;
}

function tagged(tag: string, blocks: readonly Block[], resolve: Resolve): string[] {
  const [first = '', ...rest] = blocksToLines(blocks, resolve);
  if (blocks[0]?.kind !== 'paragraph') return [tag, first, ...rest];
  return [`${tag} ${escapeAfterTag(first)}`, ...rest];
}

type Example = Extract<Block, { kind: 'example' }>;

const isExample = (block: Block): block is Example => block.kind === 'example';

function exampleTag(example: Example, resolve: Resolve): string[] {
  const title = example.title === null ? '' : ` ${escapeText(example.title)}`;
  return [...fill(`@example${title}`), ...blocksToLines(example.blocks, resolve)];
}

function deprecationTag(feature: Feature, resolve: Resolve): string[] {
  if (feature.doc.length > 0) return tagged('@deprecated', feature.doc, resolve);
  return ["@deprecated QEMU's schema marks it as deprecated."];
}
