import { basename } from 'node:path';
import { loadTemplates } from '../emit/index.js';
import { folderOf, renderExtension } from '../extension/index.js';
import { refuse } from './exit.js';
import { extend } from './input/extensions.js';
import type { Source } from './input/load.js';
import type { Io } from './io.js';
import { type Rendering, type RenderingOptions, renderPlain, withTemplates } from './render.js';

/** An SDK, which is what it is without extensions, and the modules of these in folders below it. */
export async function renderExtended(
  from: Source,
  options: RenderingOptions,
  io: Io,
): Promise<Rendering> {
  const paths = options.extension ?? [];
  if (options.emit === 'json-schema') refuse('--extension is for SDKs, not for JSON Schema');
  if (paths.length === 0) refuse('--extensions-only: which ones, --extension says');
  const { upstream, extensions } = extend(from.schema, paths, options, io);
  const only = options.extensionsOnly;
  const plain = await renderPlain({ ...from, schema: upstream }, options);
  const files = new Map(only === undefined ? plain.files : []);
  await withTemplates(options.templates, async (folder) => {
    const templates = await loadTemplates(folder);
    for (const { file, schema } of extensions) {
      const rendered = renderExtension(upstream, schema, file, {
        templates,
        target: options.target,
        version: options.release ?? from.version,
        int64: options.int64,
        base: only ?? '../../index.js',
        source: `${options.label ?? basename(from.label)}, with ${file.name}`,
      });
      for (const [path, text] of rendered) files.set(`${folderOf(file)}/${path}`, text);
    }
  });
  return { files, inputs: [...plain.inputs, ...paths] };
}
