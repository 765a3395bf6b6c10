import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { type ExtensionFile, mergeExtension, readExtension } from '../../extension/index.js';
import type { Schema } from '../../ir/types.js';
import { readText } from '../../source/read.js';
import { SourceFile } from '../../source/source-file.js';
import { refuse } from '../exit.js';
import type { Io } from '../io.js';
import type { ReadingOptions } from './options.js';
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
