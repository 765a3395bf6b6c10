import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { releaseOf } from '../../embedded/index.js';
import { assembleSchema, type UnnamedDefinition } from '../../ir/assemble.js';
import type { Module, Schema } from '../../ir/types.js';
import type { Io } from '../io.js';
import { oneSource } from './one-source.js';
import type { SourceOptions } from './options.js';
import { requireFile, requireFolder } from './place.js';
import { printFindings, sayDialect } from './report.js';

/** A schema that was read without errors, and what is known about where it comes from. */
export interface Source {
  readonly schema: Schema;
  /** For headers and messages: "QEMU 10.2, qmp" or the path. */
  readonly label: string;
  /** QEMU's release, such as "10.2"; null when nothing says it. */
  readonly version: string | null;
  /** Paths of all files that were read for it. */
  readonly files: readonly string[];
}

/** Definitions on their way to a schema: sources are merged before names are given. */
export interface Draft {
  readonly definitions: readonly UnnamedDefinition[];
  readonly modules: readonly Module[];
  /** Paths of all files that were read for them. */
  readonly files: readonly string[];
}

/**
 * Reads what the options name, and FILE where a command takes it. Ends the run when that is not
 * exactly one source (exit 2) or has errors (exit 1); warnings are printed.
 */
export async function load(given: SourceOptions, io: Io, file?: string): Promise<Source> {
  const options = oneSource(given, file);
  const diagnostics = new Diagnostics({
    ...(options.strict === undefined ? {} : { strict: options.strict }),
    ...(options.maxFindings === undefined ? {} : { limit: options.maxFindings }),
  });
  const described = describe(options);
  let draft = await readMain(options, diagnostics, io);
  if (draft !== null) draft = await refine(draft, options, diagnostics, io);
  printFindings(diagnostics, options, described.label, io);
  if (draft === null) throw new Error('no definitions, and no error that says why');
  const schema = assembleSchema(draft.definitions, draft.modules);
  return { ...described, schema, files: draft.files };
}

function describe(options: SourceOptions): Pick<Source, 'label' | 'version'> {
  if (options.qemu !== undefined) {
    const version = releaseOf(options.qemu);
    return { label: `QEMU ${version}, ${options.target}`, version };
  }
  return { label: options.schema ?? options.introspection ?? '', version: null };
}

async function readMain(
  options: SourceOptions,
  diagnostics: Diagnostics,
  io: Io,
): Promise<Draft | null> {
  if (options.introspection !== undefined) {
    const { readReply } = await import('./introspection.js');
    return readReply(options.introspection, diagnostics, io);
  }
  if (options.qemu !== undefined) {
    const { readEmbedded } = await import('./embedded.js');
    return readEmbedded(options.qemu, options.target);
  }
  const file = options.schema ?? '';
  requireFile(file);
  if (options.root !== undefined) requireFolder(options.root);
  const { loadDefinitions } = await import('../../schema/index.js');
  const { definitions, modules, dialect, files } = loadDefinitions(file, {
    diagnostics,
    ...(options.root === undefined ? {} : { root: options.root }),
    ...(options.allowOutside === undefined ? {} : { allowOutside: options.allowOutside }),
  });
  if (options.verbose === true) sayDialect(dialect, io);
  return definitions === null ? null : { definitions, modules, files };
}

/** What further options do to definitions that were read. */
async function refine(
  draft: Draft,
  options: SourceOptions,
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
    refined = addNames(refined, options.namesFrom, options.target, diagnostics, io, verbose);
  }
  if (options.define !== undefined || options.undef !== undefined) {
    const { configure } = await import('../../ir/configure.js');
    const chosen = { defined: options.define ?? [], undefined: options.undef ?? [] };
    refined = { ...refined, definitions: configure(refined.definitions, chosen, diagnostics) };
  }
  return refined;
}
