/**
 * What the protocol asks of downstreams.
 *
 * Accepts: an extension as read, whatever it says, and the schema it adds to. Guarantees: every
 * breach of the specification's advice is reported where it is written, each with its own code.
 * Leaves to the next: whether the definitions are sound QAPI.
 */
import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import type { Schema } from '../../ir/types.js';
import { reachOf } from '../../view/reach.js';
import type { ExtensionFile } from '../model.js';
import { capabilities } from './capabilities.js';
import { downstreamName } from './downstream-name.js';
import { errors } from './errors.js';
import { additionsOf, namesOf } from './gather.js';
import { optionalMember } from './optional-member.js';
import type { ExtensionRule } from './rule.js';
import { upstreamUnchanged } from './upstream-unchanged.js';
import { vendor } from './vendor.js';
import { vendorPrefix } from './vendor-prefix.js';

export const EXTENSION_RULES: readonly ExtensionRule[] = [
  vendor,
  downstreamName,
  vendorPrefix,
  upstreamUnchanged,
  optionalMember,
  errors,
  capabilities,
];

export function checkRules(
  extension: ExtensionFile,
  upstream: Schema,
  diagnostics: Diagnostics,
): void {
  const additions = additionsOf(extension);
  const context = {
    extension,
    upstream,
    reach: reachOf(upstream),
    additions,
    names: namesOf(extension, additions),
    report: diagnostics.report.bind(diagnostics),
  };
  for (const rule of EXTENSION_RULES) rule(context);
}
