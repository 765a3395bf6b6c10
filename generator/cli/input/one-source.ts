import { refuse } from '../exit.js';
import type { SourceOptions } from './options.js';

/**
 * The options with FILE, where a command takes it as its argument, as `schema`. Ends the run unless
 * exactly one source is named.
 */
export function oneSource<O extends SourceOptions>(options: O, file?: string): O {
  const schema = file ?? options.schema;
  const named = [
    schema === undefined ? null : file === undefined ? '--schema' : 'FILE',
    options.qemu === undefined ? null : '--qemu',
    options.introspection === undefined ? null : '--introspection',
  ].filter((name) => name !== null);
  if (named.length > 1) refuse(`${named.join(' and ')} are ${named.length} sources: give one`);
  if (named.length === 0) refuse('no source: give a schema file, --qemu or --introspection');
  return schema === undefined ? options : { ...options, schema };
}
