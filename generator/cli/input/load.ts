import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { releaseOf } from '../../embedded/index.js';
import { assembleSchema, type UnnamedDefinition } from '../../ir/assemble.js';
import type { Module, Schema, Target } from '../../ir/types.js';
import { refuse } from '../exit.js';
import type { Io } from '../io.js';
import type { ReadingOptions, SourceOptions } from './options.js';
import { requireFile } from './place.js';
import { printFindings, sayDialect } from './report.js';

/** A schema that was read without errors, and what is known about where it comes from. */
export interface Source {
  readonly schema: Schema;
  /** For headers and messages: "QEMU 10.2, qmp" or the path. */
  readonly label: string;
  /** QEMU's release, such as "10.2"; null when nothing says it. */
  readonly version: string | null;
}

/** Definitions on their way to a schema: sources are merged before names are given. */
export interface Draft {
  readonly definitions: readonly UnnamedDefinition[];
  readonly modules: readonly Module[];
}

/** Reads one schema file. Ends the run with the findings printed when it has errors. */
export async function loadFile(file: string, options: ReadingOptions, io: Io): Promise<Source> {
  return load({ ...options, schema: file }, 'qmp', io);
}

/**
 * Reads what the options name. Ends the run when that is not exactly one source (exit 2) or has
 * errors (exit 1); warnings are printed.
 */
export async function load(options: SourceOptions, target: Target, io: Io): Promise<Source> {
  const diagnostics = new Diagnostics({
    ...(options.strict === undefined ? {} : { strict: options.strict }),
    ...(options.maxFindings === undefined ? {} : { limit: options.maxFindings }),
  });
  const described = describe(options, target);
  let draft = await readMain(options, target, diagnostics, io);
  if (draft !== null) draft = await refine(draft, options, target, diagnostics, io);
  printFindings(diagnostics, options, described.label, io);
  if (draft === null) throw new Error('no definitions, and no error that says why');
  return { ...described, schema: assembleSchema(draft.definitions, draft.modules) };
}

function describe(options: SourceOptions, target: Target): Omit<Source, 'schema'> {
  if (options.qemu !== undefined) {
    const version = releaseOf(options.qemu);
    return { label: `QEMU ${version}, ${target}`, version };
  }
  return { label: options.schema ?? options.introspection ?? '', version: null };
}

async function readMain(
  options: SourceOptions,
  target: Target,
  diagnostics: Diagnostics,
  io: Io,
): Promise<Draft | null> {
  if (options.introspection !== undefined) {
    const { readReply } = await import('./introspection.js');
    return readReply(options.introspection, diagnostics, io);
  }
  if (options.qemu !== undefined) {
    const { readEmbedded } = await import('./embedded.js');
    return readEmbedded(options.qemu, target);
  }
  const file = options.schema;
  if (file === undefined) return refuse('no source: give --schema, --qemu or --introspection');
  requireFile(file);
  const { loadDefinitions } = await import('../../schema/index.js');
  const { definitions, modules, dialect } = loadDefinitions(file, {
    diagnostics,
    ...(options.root === undefined ? {} : { root: options.root }),
    ...(options.allowOutside === undefined ? {} : { allowOutside: options.allowOutside }),
  });
  if (options.verbose === true) sayDialect(dialect, io);
  return definitions === null ? null : { definitions, modules };
}

/** What further options do to definitions that were read. */
async function refine(
  draft: Draft,
  options: SourceOptions,
  target: Target,
  diagnostics: Diagnostics,
  io: Io,
): Promise<Draft | null> {
  let refined = draft;
  if (options.catalogue !== undefined) {
    const { addCatalogue } = await import('./catalogue.js');
    refined = addCatalogue(refined, options.catalogue, diagnostics);
  }
  if (options.namesFrom !== undefined) {
    const { addNames } = await import('./names.js');
    const verbose = options.verbose ?? false;
    refined = addNames(refined, options.namesFrom, target, diagnostics, io, verbose);
  }
  if (options.define !== undefined || options.undef !== undefined) {
    const { configure } = await import('../../ir/configure.js');
    const chosen = { defined: options.define ?? [], undefined: options.undef ?? [] };
    refined = { ...refined, definitions: configure(refined.definitions, chosen, diagnostics) };
  }
  return refined;
}
