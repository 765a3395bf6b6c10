import { basename } from 'node:path';
import type { OutputFiles } from '../emit/index.js';
import type { Int64Mapping } from '../view/index.js';
import { CliError, EXIT } from './exit.js';
import type { ExtensionOptions } from './input/extensions.js';
import { load, type Source } from './input/load.js';
import type { SourceOptions } from './input/options.js';
import { requireFolder } from './input/place.js';
import type { Io } from './io.js';

/** What an SDK is made from and how. */
export interface RenderingOptions extends SourceOptions, ExtensionOptions {
  readonly release?: string;
  readonly int64: Int64Mapping;
  readonly templates?: string;
  readonly common?: string;
  /** Only the extensions' modules are wanted: for the SDK whose types are in this module. */
  readonly extensionsOnly?: string;
  /** The SDK by default. */
  readonly emit?: 'sdk' | 'json-schema';
  /** How the files name their source; null: as it was given here. */
  readonly label?: string;
}

export interface Rendering {
  readonly files: OutputFiles;
  /** Paths of all files that it was made from. */
  readonly inputs: readonly string[];
}

/** From options to the files of an SDK. Ends the run like `load`. */
export async function render(options: RenderingOptions, io: Io): Promise<Rendering> {
  const from = await source(options, io);
  if ((options.extension ?? []).length > 0 || options.extensionsOnly !== undefined) {
    const { renderExtended } = await import('./extended.js');
    return renderExtended(from, options, io);
  }
  return renderPlain(from, options);
}

/** The files of a schema without extensions. */
export async function renderPlain(from: Source, options: RenderingOptions): Promise<Rendering> {
  const { schema, label, version, files: read } = from;
  if (options.emit === 'json-schema') {
    const { renderJsonSchema } = await import('../json-schema/index.js');
    const { withHeader } = await import('../emit/header.js');
    const described = { target: options.target, source: options.label ?? basename(label) };
    const texts = renderJsonSchema(schema, described);
    const files = [...texts].map(
      ([path, text]) => [path, withHeader(path, described.source, text)] as const,
    );
    return { files: new Map(files), inputs: read };
  }
  const { loadTemplates, renderSdk } = await import('../emit/index.js');
  const files = await withTemplates(options.templates, async (folder) =>
    renderSdk(schema, {
      templates: await loadTemplates(folder),
      target: options.target,
      version: options.release ?? version,
      // Without its folders, which differ from machine to machine.
      source: options.label ?? basename(label),
      int64: options.int64,
    }),
  );
  return { files, inputs: [...new Set([...read, ...(await templateFiles(options.templates))])] };
}

async function source(options: RenderingOptions, io: Io): Promise<Source> {
  if (options.common === undefined) return load(options, io);
  const { loadCommon } = await import('./input/common.js');
  return loadCommon(options.common, options.target);
}

/** Templates that the user gave may fail like any input; ours do not. */
export async function withTemplates<T>(
  folder: string | undefined,
  action: (folder: string | null) => Promise<T>,
): Promise<T> {
  if (folder === undefined) return action(null);
  requireFolder(folder);
  try {
    return await action(folder);
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new CliError(EXIT.findings, `templates of ${folder}: ${line}`);
  }
}

async function templateFiles(folder: string | undefined): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const { readdirSync } = await import('node:fs');
  const { join } = await import('node:path');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.hbs'))
    .sort()
    .map((name) => join(folder, name));
}
