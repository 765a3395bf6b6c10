import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import type { UnnamedDefinition } from '../../ir/assemble.js';
import type { Module } from '../../ir/types.js';
import { type SourceFile, spanOf } from '../../source/source-file.js';
import { nameMasked } from '../names/masked.js';
import { buildDefinitions, INTROSPECTION_MODULE } from './build.js';
import { decodeReply } from './decode.js';
import { parseJson } from './json.js';
import { Places } from './places.js';
import { resolveReply } from './resolve.js';

/** In UTF-16 units. The largest real reply holds a third of a million. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** What `assembleSchema` wants beside definitions that were read here. */
export const introspectionModules: readonly Module[] = [
  { name: INTROSPECTION_MODULE, includes: [] },
];

/**
 * The front end for replies of `query-qmp-schema`: json → decode → resolve → build → names. Accepts any text;
 * replies of every release since 2.5, masked or not, as the array alone or as the whole message, give
 * definitions. Guarantees unique names and references that resolve; everything else gives null and
 * diagnostics with the place. Leaves to `recoverNames` what a reference schema can add, and to
 * `assembleSchema` the TypeScript names.
 */
export function readIntrospection(
  file: SourceFile,
  diagnostics: Diagnostics,
): UnnamedDefinition[] | null {
  if (file.text.length > MAX_LENGTH) {
    const mebi = Math.round(file.text.length / 1024 / 1024);
    diagnostics.report(
      'introspection-too-large',
      `the reply holds ${mebi} Mi characters, more than the limit of ${MAX_LENGTH / 1024 / 1024}`,
      spanOf(file, 0),
    );
    return null;
  }
  const errors = diagnostics.errors;
  const root = parseJson(file, diagnostics);
  if (root === null || diagnostics.errors > errors) return null;
  const places = new Places();
  const infos = decodeReply(root, places, diagnostics);
  if (infos === null || diagnostics.errors > errors) return null;
  const reply = resolveReply(infos, places, diagnostics);
  if (reply === null) return null;
  const definitions = nameMasked(buildDefinitions(reply, places, diagnostics));
  // Sorted, so that the order of the reply, which differs between servers, shows nowhere.
  return [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1));
}
