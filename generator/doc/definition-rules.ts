import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { DefinitionKind } from '../ir/types.js';
import type { Span } from '../source/source-file.js';
import type { DocComment, DocumentedName } from './comment.js';
import { reportOften } from './report.js';

/** A member, enum value or alternative that a definition's comment should describe. */
export interface DocumentedPart {
  readonly name: string;
  readonly features: readonly string[];
}

/** What the rules need to know of a definition. */
export interface DefinitionFacts {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** From its `{` to its `}`. */
  readonly span: Span;
  readonly features: readonly string[];
  /**
   * What the definition itself spells out: members of an inline `data` or `base`, enum values,
   * alternatives. Not a union's branches, nor members of a type it names.
   */
  readonly parts: readonly DocumentedPart[];
  /** Whether a command has `returns`. */
  readonly returns: boolean;
  /** The pragma `doc-required` holds where it stands. */
  readonly docRequired: boolean;
  /** The pragma `documentation-exceptions` lists it. */
  readonly exempt: boolean;
}

const PART_NAMES = {
  enum: 'value',
  struct: 'member',
  union: 'member',
  alternate: 'branch',
  command: 'argument',
  event: 'argument',
} as const satisfies Record<DefinitionKind, string>;

const label = (facts: DefinitionFacts): string => `${facts.kind} '${facts.name}'`;

/**
 * All rules on a definition and the comment before it (null: none). QEMU asks them at three times:
 * while it reads an expression, once all types are known, and at the very end; a front end that
 * wants its order calls the three functions below instead.
 */
export function checkDocumentation(
  comment: DocComment | null,
  facts: DefinitionFacts,
  diagnostics: Diagnostics,
): void {
  checkDocumentationFits(comment, facts, diagnostics);
  checkDocumentationComplete(comment, facts, diagnostics);
  checkDocumentationKnown(comment, facts, diagnostics);
}

/** While the expression is checked: whose comment it is, and sections that its kind cannot have. */
export function checkDocumentationFits(
  comment: DocComment | null,
  facts: DefinitionFacts,
  diagnostics: Diagnostics,
): void {
  const details = { anchor: facts.span, definition: label(facts) };
  if (comment === null) {
    if (!facts.docRequired) return;
    const message = `${label(facts)} has no documentation comment`;
    reportOften(diagnostics, 'doc-required', message, facts.span, details);
    return;
  }
  if (comment.symbol === null) return;
  if (comment.symbol.name !== facts.name) {
    diagnostics.report(
      'doc-symbol-mismatch',
      `the documentation before ${label(facts)} is for '${comment.symbol.name}'`,
      comment.symbol.span,
      { ...details, related: [{ message: 'the definition', at: facts.span }] },
    );
    return;
  }
  const { returns, errors } = comment.claims;
  const at = (span: Span) => ({ anchor: span, definition: label(facts) });
  if (returns !== null && !(facts.kind === 'command' && facts.returns)) {
    const why = facts.kind === 'command' ? 'the command returns nothing' : 'only commands return';
    reportOften(
      diagnostics,
      'doc-returns-misplaced',
      `'Returns' section, but ${why}`,
      returns,
      at(returns),
    );
  }
  if (errors !== null && facts.kind !== 'command') {
    const message = "'Errors' section, but only commands have errors";
    reportOften(diagnostics, 'doc-errors-misplaced', message, errors, at(errors));
  }
}

interface NamedThing {
  readonly name: string;
}

/**
 * Whether the comment describes just what the definition has, in its order, as most do: the two rules
 * below have nothing against it.
 */
export function describesExactly(
  { symbol, claims }: DocComment,
  name: string,
  parts: readonly (NamedThing & { readonly features: readonly NamedThing[] })[],
  features: readonly NamedThing[],
): boolean {
  return (
    symbol?.name === name &&
    areNamedAs(claims.members, parts) &&
    areNamedAs(claims.features, features) &&
    parts.every((part) => part.features.length === 0)
  );
}

function areNamedAs(claimed: readonly NamedThing[], things: readonly NamedThing[]): boolean {
  return (
    claimed.length === things.length &&
    claimed.every(({ name }, index) => name === things[index]?.name)
  );
}

/** Once types are known: features, and members unless exempt, that the comment does not describe. */
export function checkDocumentationComplete(
  comment: DocComment | null,
  facts: DefinitionFacts,
  diagnostics: Diagnostics,
): void {
  if (comment === null || !isFor(comment, facts)) return;
  const members = new Set(comment.claims.members.map(({ name }) => name));
  const features = new Set(comment.claims.features.map(({ name }) => name));
  const details = { anchor: facts.span, definition: label(facts) };
  const feature = (name: string): void => {
    if (features.has(name)) return;
    const message = `feature '${name}' is not documented`;
    reportOften(diagnostics, 'doc-undocumented-feature', message, facts.span, details);
  };
  for (const name of facts.features) feature(name);
  for (const part of facts.parts) {
    if (!members.has(part.name) && !facts.exempt) {
      const message = `${PART_NAMES[facts.kind]} '${part.name}' is not documented`;
      reportOften(diagnostics, 'doc-undocumented-member', message, facts.span, details);
    }
    for (const name of part.features) feature(name);
  }
}

/** At the end: descriptions of what does not exist. */
export function checkDocumentationKnown(
  comment: DocComment | null,
  facts: DefinitionFacts,
  diagnostics: Diagnostics,
): void {
  if (comment === null || !isFor(comment, facts)) return;
  const parts = new Set<string>();
  const features = new Set(facts.features);
  for (const part of facts.parts) {
    parts.add(part.name);
    for (const feature of part.features) features.add(feature);
  }
  const report = (
    code: 'doc-unknown-member' | 'doc-unknown-feature',
    what: string,
    unknown: readonly DocumentedName[],
  ): void => {
    for (const { name, span } of unknown) {
      diagnostics.report(code, `${label(facts)} has no ${what} '${name}'`, span, {
        anchor: span,
        definition: label(facts),
      });
    }
  };
  const { claims } = comment;
  report(
    'doc-unknown-member',
    PART_NAMES[facts.kind],
    claims.members.filter(({ name }) => !parts.has(name)),
  );
  report(
    'doc-unknown-feature',
    'feature',
    claims.features.filter(({ name }) => !features.has(name)),
  );
}

function isFor(comment: DocComment, facts: DefinitionFacts): boolean {
  return comment.symbol?.name === facts.name;
}
