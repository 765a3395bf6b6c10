import { closeSync, openSync, readSync } from 'node:fs';
import { releaseOf } from '../../embedded/index.js';
import { parseLiveAddress } from '../../introspection/fetch/address.js';
import type { Schema, Target } from '../../ir/types.js';
import type { Io } from '../io.js';
import { load, type Source } from './load.js';
import type { ReadingOptions, SourceOptions } from './options.js';
import { requireFile } from './place.js';

export interface AnySource extends Source {
  /** It shows no more than a reply of `query-qmp-schema` does. */
  readonly introspected: boolean;
  /** Its types have no names of their own. */
  readonly masked: boolean;
}

export type AnyOptions = ReadingOptions & Pick<SourceOptions, 'catalogue'>;

/** The options for one of several sources, each of which may have a catalogue of its own. */
export function withCatalogue(
  options: ReadingOptions & { readonly catalogue?: string },
  file: string | undefined,
): AnyOptions {
  const { catalogue: _, ...others } = options;
  return file === undefined ? others : { ...others, catalogue: file };
}

/**
 * Reads whatever a user may name by one word: an embedded release ("10.2"), a live address
 * (`unix:PATH`, `tcp:HOST:PORT`), a reply of `query-qmp-schema` or the main file of a schema, told
 * apart by how the file begins. Ends the run when it cannot be read.
 */
export async function loadAny(
  text: string,
  target: Target,
  options: AnyOptions,
  io: Io,
): Promise<AnySource> {
  const { file, ...source } = sourceOf(text);
  const loaded = await load({ ...options, ...source, target }, io, file);
  const saysTarget = source.qemu !== undefined || target === 'qmp';
  const label = saysTarget ? loaded.label : `${loaded.label}, ${target}`;
  const masked = source.introspection !== undefined;
  const introspected = masked || (source.qemu !== undefined && showsLittle(loaded.schema));
  return { ...loaded, label, introspected, masked };
}

/** Whether embedded definitions were made of a reply: QEMU's own have since 3.0 what a reply lacks. */
function showsLittle({ definitions }: Schema): boolean {
  return definitions.every(({ since, condition }) => since === null && condition === null);
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
