import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { FetchError } from './error.js';

const require = createRequire(import.meta.url);

type Format = 'gz' | 'bz2' | 'xz' | 'tar';

const MAGIC: readonly (readonly [Format, number, string])[] = [
  ['gz', 0, '1f8b08'],
  ['bz2', 0, '425a68'],
  ['xz', 0, 'fd377a585a00'],
  ['tar', 257, '7573746172'],
];

/** The streams that make a tar archive of a file: it first, its decompressor, if any, behind. */
export async function tarStreams(
  file: string,
): Promise<readonly [Readable, ...NodeJS.ReadWriteStream[]]> {
  const format = await formatOf(file);
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 });
  if (format === 'tar') return [bytes];
  if (format === 'gz') return [bytes, createGunzip()];
  if (format === 'bz2') {
    const unbzip2 = require('unbzip2-stream') as typeof import('unbzip2-stream');
    return [bytes, unbzip2()];
  }
  const { XzReadableStream } = require('xz-decompress') as typeof import('xz-decompress');
  const compressed = Readable.toWeb(bytes) as unknown as globalThis.ReadableStream;
  const plain = new XzReadableStream(compressed) as unknown as ReadableStream<Uint8Array>;
  return [Readable.fromWeb(plain)];
}

async function formatOf(file: string): Promise<Format> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(512);
    await handle.read(head, 0, head.length, 0);
    for (const [format, offset, magic] of MAGIC) {
      const found = head.toString('hex', offset, offset + magic.length / 2);
      if (found === magic) return format;
    }
  } finally {
    await handle.close();
  }
  throw new FetchError('input', 'it is no tar archive, plain or compressed with xz, gzip or bzip2');
}
