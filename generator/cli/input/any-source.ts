import { closeSync, openSync, readSync } from 'node:fs';
import { releaseOf } from '../../embedded/index.js';
import { parseLiveAddress } from '../../introspection/fetch/address.js';
import type { Target } from '../../ir/types.js';
import type { Io } from '../io.js';
import { load, type Source } from './load.js';
import type { ReadingOptions, SourceOptions } from './options.js';
import { requireFile } from './place.js';

export interface AnySource extends Source {
  readonly introspected: boolean;
}

/**
 * Reads whatever a user may name by one word: an embedded release ("10.2"), a live address
 * (`unix:PATH`, `tcp:HOST:PORT`), a reply of `query-qmp-schema` or the main file of a schema, told
 * apart by how the file begins. Ends the run when it cannot be read.
 */
export async function loadAny(
  text: string,
  target: Target,
  options: ReadingOptions,
  io: Io,
): Promise<AnySource> {
  const { file, ...source } = sourceOf(text);
  const loaded = await load({ ...options, ...source, target }, io, file);
  const saysTarget = source.qemu !== undefined || target === 'qmp';
  const label = saysTarget ? loaded.label : `${loaded.label}, ${target}`;
  return { ...loaded, label, introspected: source.introspection !== undefined };
}

type Chosen = Pick<SourceOptions, 'qemu' | 'introspection'> & { readonly file?: string };

function sourceOf(text: string): Chosen {
  // What is spelled as an address or release is one: a file of that name can be given as ./NAME.
  if (releaseOf(text) !== null) return { qemu: text };
  if (parseLiveAddress(text) !== null || /^(unix|tcp):/.test(text)) return { introspection: text };
  requireFile(text);
  return isReply(beginningOf(text)) ? { introspection: text } : { file: text };
}

/** The array of a reply or the message around it; a schema's expressions are in single quotes. */
function isReply(beginning: string): boolean {
  return /^\s*(\[|\{\s*"return"\s*:)/.test(beginning);
}

function beginningOf(file: string): string {
  const buffer = Buffer.alloc(256);
  const descriptor = openSync(file, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}
