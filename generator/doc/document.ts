import type { Block, Doc } from '../ir/doc.js';
import type { Span } from '../source/source-file.js';
import { parseBlocks, plainParagraphs } from './blocks.js';
import type { DocComment, DocSection } from './comment.js';
import type { MemberNames } from './inlines.js';
import { sinceMentioned, sinceOf, withoutTrailingSince } from './since.js';
import { indentOf } from './text.js';

/** The description of a member, branch, alternative, enum value or feature. */
export interface PartDoc {
  readonly blocks: readonly Block[];
  readonly since: string | null;
  readonly span: Span;
}

export interface DefinitionDoc {
  /** null: the comment holds no prose of the definition's own. */
  readonly doc: Doc | null;
  readonly since: string | null;
  /** By the name on the wire. */
  readonly members: ReadonlyMap<string, PartDoc>;
  readonly features: ReadonlyMap<string, PartDoc>;
}

/** Reads the markup of a definition's comment. Of two descriptions of a name, the first counts. */
export function documentDefinition(comment: DocComment): DefinitionDoc {
  const body: Block[] = [];
  const returns: Block[] = [];
  const errors: Block[] = [];
  const members = new Map<string, PartDoc>();
  const features = new Map<string, PartDoc>();
  const names = namesOf(comment);
  let since: string | null = null;
  for (const section of comment.sections) {
    const { lines } = section;
    switch (section.kind) {
      case 'body':
        append(body, parseBlocks(lines, names));
        break;
      case 'note':
        body.push({ kind: 'admonition', name: 'note', blocks: parseBlocks(lines, names) });
        break;
      case 'example':
        append(body, examples(lines, names));
        break;
      case 'returns': {
        const parts = splitReturns(lines);
        append(returns, parseBlocks(parts.returns, names));
        if (parts.errors.length > 0) errors.push(errorList(parts.errors, names));
        break;
      }
      case 'errors':
        append(errors, parseBlocks(lines, names));
        break;
      case 'since':
        since ??= sinceOf(lines[0] ?? '');
        append(body, afterSince(section, members, names));
        break;
      case 'member':
        if (!members.has(section.name)) members.set(section.name, part(section, names));
        break;
      case 'feature':
        if (!features.has(section.name)) features.set(section.name, part(section, names));
        break;
      case 'todo':
        break;
    }
  }
  return { doc: docOf(body, returns, errors), since, members, features };
}

/** Most comments mention none: the set is made when one is looked for. */
function namesOf({ claims }: DocComment): MemberNames {
  let names: ReadonlySet<string> | null = null;
  return {
    has(name) {
      names ??= new Set(claims.members.map((member) => member.name));
      return names.has(name);
    },
  };
}

/** Not by spreading: the number of arguments of a call is limited. */
function append(list: Block[], blocks: readonly Block[]): void {
  for (const block of blocks) list.push(block);
}

/** What follows the version: values that came later, as in "@vhost-vdpa since 5.1", or prose. */
function afterSince(
  section: DocSection,
  members: Map<string, PartDoc>,
  names: MemberNames,
): Block[] {
  const prose: string[] = [];
  for (const line of section.lines.slice(1)) {
    const [, name, since] = /^\s*@([\w.-]+) since (\d+(?:\.\d+)+)$/.exec(line) ?? [];
    if (name === undefined || since === undefined) prose.push(line);
    else if (!members.has(name)) members.set(name, { blocks: [], since, span: section.span });
  }
  return parseBlocks(prose, names);
}

function docOf(body: readonly Block[], returns: Block[], errors: Block[]): Doc | null {
  if (body.length + returns.length + errors.length === 0) return null;
  const [first, ...rest] = body;
  if (first?.kind !== 'paragraph') return { summary: [], body, returns, errors };
  return { summary: first.inlines, body: rest, returns, errors };
}

function part({ span, lines: written }: DocSection, names: MemberNames): PartDoc {
  let lines = written;
  // Until 2.8 this told what the schema tells as well.
  if (lines[0]?.startsWith('#')) {
    lines = [lines[0].replace(/^#optional\b[ ,:]*/, ''), ...lines.slice(1)];
  }
  const since = sinceMentioned(lines);
  if (since !== null) lines = trimmedSince(lines);
  // Aligned or not is the same to a single paragraph.
  const blocks = plainParagraphs(lines, names) ?? parseBlocks(alignedContinuation(lines), names);
  return { blocks, since, span };
}

function trimmedSince(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line !== '');
  return [...lines.slice(0, last), withoutTrailingSince(lines[last] ?? '')];
}

/** The first line stands beside the name: the others lose the indentation they share. */
function alignedContinuation(lines: readonly string[]): readonly string[] {
  if (lines.length < 2) return lines;
  let shared = Number.POSITIVE_INFINITY;
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line !== '') shared = Math.min(shared, indentOf(line));
  }
  return lines.map((line, at) => (at === 0 ? line.trimStart() : line.slice(shared)));
}

/** Before 8.2 the errors of a command were lines of its "Returns": "If …, DeviceNotFound". */
function splitReturns(lines: readonly string[]): {
  readonly returns: readonly string[];
  readonly errors: readonly string[];
} {
  const returns: string[] = [];
  const errors: string[] = [];
  let inError = false;
  for (const [at, line] of lines.entries()) {
    const text = line.trimStart();
    if (/^(?:[-*] +)?(?:If|On) /.test(text)) inError = namesError(lines, at);
    else if (text === '') inError = false;
    if (!inError) returns.push(line);
    else if (/^(?:[-*] +)?(?:If|On) /.test(text)) errors.push(text.replace(/^[-*] +/, ''));
    else errors.push(`${errors.pop() ?? ''} ${text}`);
  }
  return { returns, errors };
}

/** Whether the sentence that begins on line `start` ends in the name of an error class. */
function namesError(lines: readonly string[], start: number): boolean {
  for (let at = start; at < Math.min(lines.length, start + 8); at += 1) {
    const text = (lines[at] ?? '').trim();
    if (text === '' || (at > start && /^(?:[-*] +)?(?:If|On) /.test(text))) return false;
    if (/\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\b/.test(text)) return true;
  }
  return false;
}

function errorList(errors: readonly string[], names: MemberNames): Block {
  return { kind: 'list', ordered: false, items: errors.map((text) => parseBlocks([text], names)) };
}

/** An "Example" or "Examples" section: prose between them stays in place. */
function examples(lines: readonly string[], names: MemberNames): Block[] {
  const blocks = parseBlocks(lines, names);
  return blocks.length === 0 ? [] : [{ kind: 'example', title: null, blocks }];
}
