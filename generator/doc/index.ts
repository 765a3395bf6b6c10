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
import type { DocClaims, DocComment, DocSection, DocumentedName } from './comment.js';
import { checkLayout } from './layout-rules.js';
import { mayBreakStyle } from './line-style.js';
import { commentLines } from './lines.js';
import { cutSections } from './sections.js';
import { isUsualLayout } from './usual-layout.js';

export { bindComments, type Preceded } from './binding.js';
export type { DocClaims, DocComment, DocLine, DocSection, DocumentedName } from './comment.js';
export * from './definition-rules.js';
export { type DefinitionDoc, documentDefinition, type PartDoc } from './document.js';
export { type DocExtent, docCommentExtent } from './extent.js';
export { compareVersions } from './since.js';

/**
 * Reads the comment between `start`, the opening marker, and `end`, just past the closing one.
 * Reports breaches of QEMU 10.2's layout: in strict mode all, as errors; otherwise one of each kind.
 */
export function parseDocComment(
  file: SourceFile,
  start: number,
  end: number,
  diagnostics: Diagnostics,
): DocComment {
  const lines = commentLines(file, start, end);
  const { symbol, sections } = cutSections(file, lines);
  const span = spanOf(file, start, end);
  if (diagnostics.strict) {
    const layout = checkLayout(file, lines, diagnostics);
    return { span, symbol: layout.symbol, sections, claims: layout.claims };
  }
  const claims = claimsOf(sections);
  // Going through it line by line takes longer than all that is done with it else.
  const isUsual =
    isUsualLayout(file.text.slice(start, end)) &&
    !mayBreakStyle(file, lines) &&
    areNamedOnce(claims.members) &&
    areNamedOnce(claims.features);
  if (!isUsual) checkLayout(file, lines, diagnostics);
  return { span, symbol, sections, claims };
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
