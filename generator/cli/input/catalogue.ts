import { catalogueModule, mergeCatalogue, readCatalogue } from '../../catalogue/index.js';
import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import { readText } from '../../source/read.js';
import { SourceFile } from '../../source/source-file.js';
import { refuse } from '../exit.js';
import type { Draft } from './load.js';

/** Merges a documented event catalogue into definitions. Ends the run when it cannot be read. */
export function addCatalogue(draft: Draft, file: string, diagnostics: Diagnostics): Draft {
  const read = readText(file);
  if (!read.ok) return refuse(`${file} ${read.reason}`);
  const catalogue = readCatalogue(new SourceFile(file, read.text), diagnostics);
  return {
    definitions: mergeCatalogue(draft.definitions, catalogue, diagnostics),
    modules: [...draft.modules, catalogueModule(catalogue)],
    files: [...draft.files, file],
  };
}
