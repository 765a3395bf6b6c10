/**
 * Extensions: what a downstream adds to a schema, and the module of an SDK that is made of it.
 *
 * Accepts: files in YAML or QAPI, of a vendor or a title, with anything in them; a schema that passed
 * its checks. Guarantees: a schema with the additions that passes them too, in which all else is as
 * it was, or findings where they are written; modules beside an SDK whose own files stay the same.
 * Leaves to the caller: where those modules go.
 */
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { SourceFile } from '../source/source-file.js';
import type { ExtensionFile } from './model.js';
import { readQapiExtension } from './read-qapi.js';
import { readYamlExtension } from './read-yaml.js';

export { mergeExtension } from './merge.js';
export type { ExtensionFile } from './model.js';
export { folderOf, type RenderExtensionOptions, renderExtension } from './render.js';

/** Reads an extension or overlay: YAML by its name's ending, else QAPI. Null after reporting. */
export function readExtension(file: SourceFile, diagnostics: Diagnostics): ExtensionFile | null {
  const isYaml = /\.ya?ml$/i.test(file.path);
  return isYaml ? readYamlExtension(file, diagnostics) : readQapiExtension(file, diagnostics);
}
