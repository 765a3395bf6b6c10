/**
 * Documentation comments of every dialect, QEMU 0.14 to 10.2 and our own canonical text.
 *
 * Accepts: a source file and where a comment lies in it (`docCommentExtent` finds out).
 * Guarantees: never throws, takes linear time, and gives plain data: sections with their places, and,
 * by `documentDefinition`, structured prose in which no markup survives. Nothing is escaped.
 * Leaves to the next: binding documentation to definitions (the front end asks the rules in
 * `definition-rules.ts` whether the two agree), resolving references, escaping for TypeScript.
 */
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type SourceFile, type Span, spanOf } from '../source/source-file.js';
import type { SyntaxProblem } from '../syntax/nodes.js';
import type { DocClaims, DocComment, DocSection, DocumentedName } from './comment.js';
import { checkLayout } from './layout-rules.js';
import { mayBreakStyle } from './line-style.js';
import { commentLines } from './lines.js';
import { SectionCutter } from './sections.js';
import { eachUsualLine, isUsualLayout } from './usual-layout.js';

export { bindComments, type Preceded } from './binding.js';
export type { DocClaims, DocComment, DocSection, DocumentedName } from './comment.js';
export * from './definition-rules.js';
export { type DefinitionDoc, documentDefinition, type PartDoc } from './document.js';
export { type DocExtent, docCommentExtent } from './extent.js';
export { compareVersions } from './since.js';

/**
 * Reads the comment between `start`, the opening marker, and `end`, just past the closing one.
 * Reports breaches of QEMU 10.2's layout: in strict mode all, as errors; otherwise one of each kind.
 * What is wrong with the closing marker, `closing`, is told where it is met.
 */
export function parseDocComment(
  file: SourceFile,
  start: number,
  end: number,
  diagnostics: Diagnostics,
  closing: SyntaxProblem | null = null,
): DocComment {
  const span = spanOf(file, start, end);
  const comment = file.text.slice(start, end);
  const cutter = new SectionCutter(file);
  if (!diagnostics.strict && isUsualLayout(comment)) {
    const columns = eachUsualLine(comment, (text, at) => cutter.line(text, start + at));
    const { symbol, sections } = cutter;
    const claims = claimsOf(sections);
    // Going through it line by line takes longer than all that is done with it else.
    const { members, features } = claims;
    if (mayBreakStyle(comment, columns) || !areNamedOnce(members) || !areNamedOnce(features)) {
      checkLayout(file, commentLines(file, start, end), diagnostics);
    }
    return { span, symbol, sections, claims };
  }
  const lines = commentLines(file, start, end, diagnostics.strict);
  for (const { text, at } of lines) cutter.line(text, at);
  const { symbol, sections } = cutter;
  const layout = checkLayout(file, lines, diagnostics, closing);
  if (diagnostics.strict) return { span, sections, symbol: layout.symbol, claims: layout.claims };
  return { span, symbol, sections, claims: claimsOf(sections) };
}

function areNamedOnce(named: readonly DocumentedName[]): boolean {
  return named.length < 2 || new Set(named.map(({ name }) => name)).size === named.length;
}

function claimsOf(sections: readonly DocSection[]): DocClaims {
  const members: DocumentedName[] = [];
  const features: DocumentedName[] = [];
  let returns: Span | null = null;
  let errors: Span | null = null;
  for (const section of sections) {
    if (section.kind === 'member') members.push(section);
    else if (section.kind === 'feature') features.push(section);
    else if (section.kind === 'returns') returns ??= section.span;
    else if (section.kind === 'errors') errors ??= section.span;
  }
  return { members, features, returns, errors };
}
