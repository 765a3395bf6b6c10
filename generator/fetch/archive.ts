import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';
import { tarStreams } from './decompress.js';
import { FetchError } from './error.js';
import { isWanted, MAX_FILE, type SchemaFiles, Selection } from './select.js';

/** QEMU 10.2 unpacks to about 1 GiB, firmware sources included. */
const MAX_UNPACKED = 8 * 1024 * 1024 * 1024;

export interface ArchiveOptions {
  readonly signal?: AbortSignal;
  /** Bytes that the archive may unpack to. */
  readonly limit?: number;
}

/**
 * Takes the schemas out of a tarball, through memory: nothing is written. Links and devices are no
 * files, and what lies elsewhere than QEMU has schemas is passed over. Throws FetchError.
 */
export async function readArchive(
  file: string,
  options: ArchiveOptions = {},
): Promise<SchemaFiles> {
  const selection = new Selection();
  const sorter = new Sorter(selection);
  const tar = extract();
  tar.on('entry', (header, content, next) => {
    // The pipeline fails with the same error: it is told there.
    content.on('error', () => {});
    const path = sorter.take(header);
    if (path instanceof Error) {
      tar.destroy(path);
      return;
    }
    if (path === null) {
      content.on('end', next);
      content.resume();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    content.on('data', (data) => {
      const chunk = data as Buffer;
      size += chunk.length;
      if (size <= MAX_FILE) chunks.push(chunk);
    });
    content.on('end', () => {
      try {
        selection.add(path, Buffer.concat(chunks));
        next();
      } catch (error) {
        tar.destroy(error as Error);
      }
    });
  });
  try {
    const streams = await tarStreams(file);
    const sink = tar as unknown as Writable;
    const ways = [...streams, unpackLimit(options.limit ?? MAX_UNPACKED), sink];
    await pipeline(ways, options.signal === undefined ? {} : { signal: options.signal });
  } catch (error) {
    if (error instanceof FetchError || options.signal?.aborted) throw error;
    if (error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code))) {
      throw new FetchError('environment', `${file} cannot be read (${String(error.code)})`);
    }
    // What decompressors say of it helps nobody.
    throw new FetchError('input', 'it is truncated or damaged');
  }
  return selection.finish();
}

/** Decides about each entry, and keeps to the folder in which the first wanted one lies. */
class Sorter {
  readonly #selection: Selection;
  #root: string | null = null;

  constructor(selection: Selection) {
    this.#selection = selection;
  }

  /** The path in the source tree of an entry that is wanted; null for others. */
  take({ name, type, size }: Header): string | null | FetchError {
    if (type !== 'file' && type !== 'contiguous-file') return null;
    const path = name.replace(/^\.\//, '');
    const top = path.slice(0, path.indexOf('/') + 1);
    for (const root of this.#root === null ? ['', top] : [this.#root]) {
      if (!path.startsWith(root) || !isWanted(path.slice(root.length))) continue;
      try {
        this.#selection.reserve(path, size ?? 0);
      } catch (error) {
        return error as FetchError;
      }
      this.#root = root;
      return path.slice(root.length);
    }
    return null;
  }
}

/** Passes bytes through until there are too many: a small archive may unpack to any size. */
function unpackLimit(limit: number): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      if (total <= limit) done(null, chunk);
      else done(new FetchError('input', `it unpacks to more than ${limit} bytes`));
    },
  });
}
