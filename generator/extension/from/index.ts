/**
 * Extensions from what a downstream ships: each difference from its base told apart as the vendor's
 * own, a backport, a change against the rules, or a removal.
 *
 * Accepts: two schemas that passed their checks, and later releases to find backports in; all of one
 * sort, as schemas or as replies show them. Guarantees: base, overlay and extensions together are
 * the downstream again. Leaves to the caller: reading, writing and naming the files.
 */
import type { Schema } from '../../ir/types.js';
import { classify, type Judged } from './classify.js';
import { printedDefinitions } from './definitions.js';
import { differences } from './differences.js';
import { extensionText, overlayText } from './files.js';

export type { Judged } from './classify.js';
export { asReply, unusedTypes, wholeReply } from './reply.js';
export { reportLine } from './words.js';

export interface FromOptions {
  /** Releases after the base, oldest first. */
  readonly releases: readonly { readonly label: string; readonly schema: Schema }[];
  /** The vendor of names that say none. */
  readonly vendor: string | null;
  /** Of the overlay. */
  readonly title: string;
  /** Types of the base that nothing uses, where the downstream is known by a reply: they are not missed. */
  readonly unused?: ReadonlySet<string>;
}

export interface FromResult {
  readonly judged: readonly Judged[];
  /** YAML by vendor; '' stands for names that say none. */
  readonly extensions: ReadonlyMap<string, string>;
  /** YAML; null where there is nothing but vendors' own. */
  readonly overlay: string | null;
}

export function extensionsFrom(
  base: Schema,
  downstream: Schema,
  { releases, vendor, title, unused }: FromOptions,
): FromResult {
  const before = printedDefinitions(base);
  const now = printedDefinitions(downstream);
  const later = releases.map(({ label, schema }) => ({
    label,
    definitions: printedDefinitions(schema),
  }));
  const found = differences(before, now).filter(
    ({ change, part, name }) => !(change === 'removed' && part === null && unused?.has(name)),
  );
  const judged = classify(found, now, later).map((one): Judged => {
    const isNameless = one.verdict === 'downstream' && one.vendor === '' && vendor !== null;
    return isNameless ? { ...one, vendor } : one;
  });
  const vendors = new Set(
    judged.flatMap((one) => (one.verdict === 'downstream' ? [one.vendor] : [])),
  );
  return {
    judged,
    extensions: new Map([...vendors].map((name) => [name, extensionText(name, judged, now)])),
    overlay: overlayText(title, judged, before, now),
  };
}
