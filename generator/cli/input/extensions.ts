import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { type ExtensionFile, mergeExtension, readExtension } from '../../extension/index.js';
import type { Schema } from '../../ir/types.js';
import { readText } from '../../source/read.js';
import { SourceFile } from '../../source/source-file.js';
import { refuse } from '../exit.js';
import type { Io } from '../io.js';
import { load, type Source } from './load.js';
import type { ReadingOptions, SourceOptions } from './options.js';
import { requireFile } from './place.js';
import { printFindings } from './report.js';

export interface Extended {
  /** What was given, with overlays. */
  readonly upstream: Schema;
  /** Each extension with what `upstream` is with it alone. */
  readonly extensions: readonly { readonly file: ExtensionFile; readonly schema: Schema }[];
}

/**
 * Reads extension files and puts them on a schema: overlays make it another upstream, extensions
 * stand each for itself. Ends the run when one has errors.
 */
export function extend(
  schema: Schema,
  paths: readonly string[],
  options: ReadingOptions,
  io: Io,
): Extended {
  let upstream = schema;
  const overlays: ExtensionFile[] = [];
  const vendors: ExtensionFile[] = [];
  for (const path of paths) {
    const file = reading(path, options, io, (diagnostics) =>
      readExtension(fileAt(path), diagnostics),
    );
    (file.kind === 'overlay' ? overlays : vendors).push(file);
  }
  for (const file of overlays) {
    const base = upstream;
    upstream = reading(file.file.path, options, io, (diagnostics) =>
      mergeExtension(base, file, diagnostics),
    );
  }
  const known = new Map<string, ExtensionFile>();
  const extensions = vendors.map((file) => ({
    file,
    schema: reading(file.file.path, options, io, (diagnostics) => {
      const vendor = file.name.toLowerCase();
      const twin = known.get(vendor);
      known.set(vendor, file);
      if (twin !== undefined) {
        const message = `'${file.name}' has an extension already`;
        const related = [{ message: 'given here first', at: twin.nameSpan }];
        diagnostics.report('extension-vendor-twice', message, file.nameSpan, { related });
        return null;
      }
      return mergeExtension(upstream, file, diagnostics);
    }),
  }));
  return { upstream, extensions };
}

export interface ExtensionOptions {
  /** Files of extensions and overlays. */
  readonly extension?: readonly string[];
}

/** Reads what the options name, as `load`, with all that extensions and overlays add to it. */
export async function loadExtended(
  options: SourceOptions & ExtensionOptions,
  io: Io,
  file?: string,
): Promise<Source> {
  const source = await load(options, io, file);
  const paths = options.extension ?? [];
  if (paths.length === 0) return source;
  const { upstream, extensions } = extend(source.schema, paths, options, io);
  let schema = upstream;
  for (const { file: extension } of extensions) {
    const base = schema;
    // The rules were kept against upstream alone: here others' additions are part of what is there.
    schema = reading(extension.file.path, options, io, (diagnostics) =>
      mergeExtension(base, { ...extension, kind: 'overlay' }, diagnostics),
    );
  }
  const names = extensions.map((extension) => extension.file.name);
  const label = [source.label, ...names].join(', with ');
  return { ...source, label, schema, files: [...source.files, ...paths] };
}

function fileAt(path: string): SourceFile {
  requireFile(path);
  const read = readText(path);
  return read.ok ? new SourceFile(path, read.text) : refuse(`${path} ${read.reason}`);
}

function reading<T>(
  label: string,
  options: ReadingOptions,
  io: Io,
  read: (diagnostics: Diagnostics) => T | null,
): T {
  const limit = options.maxFindings === undefined ? {} : { limit: options.maxFindings };
  const diagnostics = new Diagnostics(limit);
  const result = read(diagnostics);
  printFindings(diagnostics, options, label, io);
  if (result === null) throw new Error('no result, and no error that says why');
  return result;
}
