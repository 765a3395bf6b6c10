import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import { visible } from '../../diagnostics/visible.js';
import { releaseOf } from '../../embedded/index.js';
import { type NameReport, recoverNames } from '../../introspection/names/index.js';
import { assembleSchema } from '../../ir/assemble.js';
import type { Schema, Target } from '../../ir/types.js';
import { loadSchema } from '../../schema/index.js';
import { type Io, remark } from '../io.js';
import { readEmbedded } from './embedded.js';
import type { Draft } from './load.js';
import { requireFile } from './place.js';

/**
 * Gives masked types the names they have in a schema: FILE, or VERSION of the embedded ones. Says
 * how far that went; with `verbose`, name by name. A schema with errors leaves the draft as it was,
 * for they end the run.
 */
export function addNames(
  draft: Draft,
  source: string,
  target: Target,
  diagnostics: Diagnostics,
  io: Io,
  verbose: boolean,
): Draft {
  const reference = referenceOf(source, target, diagnostics);
  if (reference === null) return draft;
  const { definitions, report } = recoverNames(draft.definitions, reference.schema);
  sayReport(report, source, io, verbose);
  return { ...draft, definitions, files: [...draft.files, ...reference.files] };
}

function referenceOf(
  source: string,
  target: Target,
  diagnostics: Diagnostics,
): { readonly schema: Schema; readonly files: readonly string[] } | null {
  if (releaseOf(source) !== null) {
    const { definitions, modules, files } = readEmbedded(source, target);
    return { schema: assembleSchema(definitions, modules), files };
  }
  requireFile(source);
  const { schema, files } = loadSchema(source, { diagnostics });
  return schema === null ? null : { schema, files };
}

function sayReport(report: NameReport, source: string, io: Io, verbose: boolean): void {
  const { recovered, guessed, notRecovered, integers } = report;
  const counts = [
    `${recovered.length} recovered`,
    `${guessed.length} guessed`,
    `${notRecovered.length} not recovered`,
  ];
  remark(io, `names from ${source}: ${counts.join(', ')}; ${integers} integer widths recovered`);
  if (!verbose) return;
  for (const { name, why } of guessed) {
    remark(io, `guessed: ${visible(name)}, because ${visible(why)}`);
  }
  for (const { name, why } of notRecovered) {
    remark(io, `not recovered: ${visible(name)}, because ${visible(why)}`);
  }
}
