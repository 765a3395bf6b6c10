import type { Span } from '../source/source-file.js';

export type SectionKind =
  | 'body'
  | 'member'
  | 'feature'
  | 'returns'
  | 'errors'
  | 'since'
  | 'todo'
  | 'note'
  | 'example';

/** A part of a definition's comment, in the order of the source. */
export interface DocSection {
  readonly kind: SectionKind;
  /** The member's or feature's name, else the tag as written ("Notes"), else empty. */
  readonly name: string;
  /** The tag or name, or the section's first line. */
  readonly span: Span;
  /** Without their markers, leading spaces kept, trailing ones dropped. */
  readonly lines: readonly string[];
}

/** A name the comment describes, with where it does. */
export interface DocumentedName {
  readonly name: string;
  readonly span: Span;
}

/** What a comment claims about its definition, for the rules that compare the two. */
export interface DocClaims {
  readonly members: readonly DocumentedName[];
  readonly features: readonly DocumentedName[];
  readonly returns: Span | null;
  readonly errors: Span | null;
}

/** A documentation comment as it was written. */
export interface DocComment {
  /** From the opening marker to past the closing one. */
  readonly span: Span;
  /** The definition it is for; null: free-form text. */
  readonly symbol: DocumentedName | null;
  readonly sections: readonly DocSection[];
  readonly claims: DocClaims;
}
