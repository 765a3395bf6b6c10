import type { Span } from '../source/source-file.js';

/**
 * What schemas of other ages than QEMU 10.2 say differently. Each is accepted in default mode (and
 * told with `--verbose`), and an error in strict mode.
 */
export const DIALECT_FEATURES = {
  'type-keyword': "struct defined with the key 'type' (up to 2.3)",
  'simple-union': "union without 'discriminator' (up to 6.1)",
  'simple-union-base': "union with 'base' and no 'discriminator' (1.6 to 2.4)",
  'anonymous-union':
    "union with an empty 'discriminator', an alternate by another name (1.7 to 2.2)",
  'string-discriminator': 'union whose discriminator is a string (1.6 to 2.0)',
  'string-flag': "flag given as a string, such as 'gen': 'no' (up to 2.2)",
  'true-flag': 'flag spelled out with its default value',
  'condition-expression': "'if' holding a C expression (3.0 to 6.1)",
  'condition-list': "'if' holding a list (3.0 to 6.1)",
  'inline-struct': 'struct defined in place, as the type of a member (1.x)',
  'any-word': "undeclared type word that means any value: 'visitor', 'dict', '**' (1.x to 2.4)",
  'further-members': "member of the type '**' that stands for any further members (1.6 to 2.4)",
  'old-pragma': 'pragma by its name before 6.0',
  'canonical-key':
    "key of this project's canonical text, for what QAPI cannot say: 'open', 'named-for'",
  'struct-data-missing': "struct without 'data' (before 2.5)",
} as const;

export type DialectFeatureName = keyof typeof DIALECT_FEATURES;

export interface DialectFeature {
  readonly name: DialectFeatureName;
  /** Where it was met first. */
  readonly first: Span;
  readonly count: number;
}

/** Counts the dialect features that a schema uses. */
export class Dialect {
  readonly #met = new Map<DialectFeatureName, { first: Span; count: number }>();

  meet(name: DialectFeatureName, at: Span): void {
    const known = this.#met.get(name);
    if (known === undefined) this.#met.set(name, { first: at, count: 1 });
    else known.count += 1;
  }

  get features(): readonly DialectFeature[] {
    return [...this.#met].map(([name, { first, count }]) => ({ name, first, count }));
  }
}
