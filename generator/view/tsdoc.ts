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
  let lines = prose(input);
  if (input.features.length > 0) lines = apart(lines, featureNotes(input));
  if (input.condition !== null) {
    lines = apart(lines, fill(`Present when the build has ${conditionText(input.condition)}.`));
  }
  return apart(lines, tagsOf(input)).map(sealLine);
}

/** Lists are put together with others alone: a list with single lines takes many times as long. */
const BLANK: readonly string[] = [''];

/** One after the other, a blank line between them. */
function apart(lines: readonly string[], more: readonly string[]): readonly string[] {
  if (lines.length === 0) return more;
  return more.length === 0 ? lines : lines.concat(BLANK, more);
}

/** Tags with their text. What follows a tag belongs to it, hence no prose comes after. */
function tagsOf(input: TsDocInput): readonly string[] {
  const { doc, features, resolve } = input;
  let tags: string[] = [];
  if (doc !== null) {
    if (doc.returns.length > 0) tags = tags.concat(tagged('@returns', doc.returns, resolve));
    if (doc.errors.length > 0) tags = tags.concat(tagged('@throws', doc.errors, resolve));
    const examples = doc.body.filter(isExample);
    tags = tags.concat(examples.flatMap((example) => exampleTag(example, resolve)));
  }
  const deprecated = features.find((feature) => feature.name === 'deprecated');
  if (deprecated !== undefined) tags = tags.concat(deprecationTag(deprecated, resolve));
  if (input.since !== null) tags.push(`@since ${escapeText(input.since)}`);
  if (isExperimental(input)) tags.push('@experimental');
  // Not `@see {@link …}`: a compiler parses the comments that hold either, of all declarations.
  if (input.manualUrl !== null) tags.push(`@remarks ${webLink(input.manualUrl, 'QEMU manual')}`);
  return tags;
}

/** Features and names beginning with `x-` tell that an interface may change at any time. */
function isExperimental(input: TsDocInput): boolean {
  return (
    input.wireName.startsWith('x-') || input.features.some((feature) => feature.name === 'unstable')
  );
}

function prose(input: TsDocInput): readonly string[] {
  const { doc, blocks, resolve } = input;
  let lines: readonly string[] = doc === null ? [] : inlinesToLines(doc.summary, resolve);
  const isSummed = lines.length > 0;
  if (doc !== null && doc.body.length > 0) {
    const body = doc.body.filter((block) => !isExample(block));
    lines = apart(lines, blocksToLines(body, resolve));
  }
  if (blocks !== undefined) lines = apart(lines, blocksToLines(blocks, resolve));
  // A part's description is its summary; a definition's is told even when nothing else is.
  const isTold = isPart(input.kind) ? lines.length > 0 : isSummed;
  if (!isTold) return apart(fallback(input), lines);
  // Their names in TypeScript are others than those on the wire.
  const isOther = input.kind === 'command' || input.kind === 'event';
  return isOther ? apart(lines, [named(input)]) : lines;
}

function fallback(input: TsDocInput): string[] {
  const given = input.summaryFallback.split(/`([^`]*)`/);
  const text = given.map((part, at) => (at % 2 === 1 ? codeSpan(part) : escapeText(part))).join('');
  if (text.trim() !== '') return fill(text.trim());
  return [named(input)];
}

function named({ kind, wireName }: TsDocInput): string {
  return `${KIND_NAMES[kind]} ${codeSpan(wireName)}.`;
}

/** What features other than deprecation mean; that one has a tag. */
function featureNotes({ features, resolve }: TsDocInput): readonly string[] {
  let lines: readonly string[] = [];
  for (const feature of features) {
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
      lines = apart(lines, inlinesToLines(first.inlines, resolve, lead));
      lines = apart(lines, blocksToLines(rest, resolve));
    } else {
      lines = apart(lines, [lead]);
      lines = apart(lines, blocksToLines(feature.doc, resolve));
    }
  }
  return lines;
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
