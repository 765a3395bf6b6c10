import type { Condition } from '../ir/condition.js';
import type { Block, Doc, Inline } from '../ir/doc.js';
import type { DefinitionKind, Feature } from '../ir/types.js';

export interface TsDocInput {
  /** What to say first when the schema has no prose; one sentence with its period. */
  readonly summaryFallback: string;
  readonly doc: Doc | null;
  /** The description of a member, value, branch or alternative. */
  readonly blocks?: readonly Block[];
  readonly since: string | null;
  readonly features: readonly Feature[];
  readonly condition: Condition | null;
  readonly wireName: string;
  readonly kind: DefinitionKind | 'member' | 'enum-value' | 'branch' | 'alternative';
  /** The TypeScript name that a reference leads to; null when it leads nowhere. */
  readonly resolve: (
    reference: Extract<Inline, { kind: 'reference' }>,
  ) => { readonly tsName: string } | null;
  readonly manualUrl: string | null;
}

/** Lines of a TSDoc comment, without the leading asterisks. */
export function tsdoc(input: TsDocInput): readonly string[] {
  const lines = [escape(input.summaryFallback)];
  const tags: string[] = [];
  if (input.since !== null) tags.push(`@since ${escape(input.since)}`);
  if (input.features.some((feature) => feature.name === 'deprecated')) tags.push('@deprecated');
  if (input.features.some((feature) => feature.name === 'unstable')) tags.push('@experimental');
  if (input.manualUrl !== null) tags.push(`@see ${escape(input.manualUrl)}`);
  return tags.length === 0 ? lines : [...lines, '', ...tags];
}

function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\*\//g, '*\\/').replace(/[@{}]/g, '\\$&');
}
