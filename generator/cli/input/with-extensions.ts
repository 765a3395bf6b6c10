import type { Io } from '../io.js';
import type { ExtensionOptions } from './extensions.js';
import { load, type Source } from './load.js';
import type { SourceOptions } from './options.js';

/** As `loadExtended`, which is loaded only where there are extensions. */
export async function loadWithExtensions(
  options: SourceOptions & ExtensionOptions,
  io: Io,
  file?: string,
): Promise<Source> {
  if ((options.extension ?? []).length === 0) return load(options, io, file);
  const { loadExtended } = await import('./extensions.js');
  return loadExtended(options, io, file);
}
