import { refuse } from '../exit.js';
import type { SourceOptions } from './options.js';

/** For commands that take a file as argument, or a release by `--qemu`. Ends the run unless one is given. */
export function oneSource<O extends SourceOptions>(file: string | undefined, options: O): O {
  if (file !== undefined && options.qemu !== undefined) {
    refuse('FILE and --qemu are two sources: give one');
  }
  if (file === undefined && options.qemu === undefined) refuse('no source: give FILE or --qemu');
  return file === undefined ? options : { ...options, schema: file };
}
