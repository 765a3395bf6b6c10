import type { CodeInfo } from '../catalogue.js';

/** A rule of QEMU's documentation: strict mode holds to it, otherwise it is a hint. */
const rule = (summary: string) =>
  ({ severity: 'warning', strict: 'error', summary }) as const satisfies CodeInfo;

export const documentationCodes = {
  'doc-missing-space': rule("no space between '#' and the text of a documentation comment"),
  'doc-line-too-long': rule('a documentation line of more than 70 columns'),
  'doc-sentence-spacing': rule('one space, not two, between sentences of documentation'),
  'doc-symbol-line': rule("the line that names the documented definition lacks its ':'"),
  'doc-symbol-missing': rule("a documentation comment names its definition by '@' alone"),
  'doc-description-in-free-form': rule('a comment without a definition describes a member'),
  'doc-description-misplaced': rule('a member is described after a tagged section'),
  'doc-description-unnamed': rule("a description's '@' has no name"),
  'doc-description-duplicate': rule('a member or feature is described twice'),
  'doc-features-repeated': rule("a second 'Features:' line"),
  'doc-features-empty': rule("a 'Features:' line without descriptions"),
  'doc-section-retired': rule('a section of a kind that QEMU gave up'),
  'doc-section-duplicate': rule('a section that may occur once occurs again'),
  'doc-section-empty': rule('a description or section without text'),
  'doc-unexpected-dedent': rule('a documentation line is indented less than the one before'),
  'doc-required': rule("a definition has no documentation, which 'doc-required' asks for"),
  'doc-symbol-mismatch': rule('the comment before a definition names another one'),
  'doc-returns-misplaced': rule("a 'Returns' section where nothing is returned"),
  'doc-errors-misplaced': rule("an 'Errors' section on something other than a command"),
  'doc-unknown-member': rule('the documentation describes a member that does not exist'),
  'doc-unknown-feature': rule('the documentation describes a feature that does not exist'),
  'doc-undocumented-member': rule('a member has no description'),
  'doc-undocumented-feature': rule('a feature has no description'),
} as const satisfies Record<string, CodeInfo>;
