import { refuse } from '../exit.js';
import type { SourceOptions } from './options.js';

/**
 * The options with FILE, where a command takes it as its argument, as `schema`. Ends the run unless
 * exactly one source is named and no name is both defined and not.
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
  const both = (options.define ?? []).filter((name) => options.undef?.includes(name));
  if (both.length > 0) refuse(`${both.join(', ')}: given to both --define and --undef`);
  return schema === undefined ? options : { ...options, schema };
}
