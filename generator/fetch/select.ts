import { isSafePath } from '../emit/paths.js';
import { FetchError } from './error.js';

/** A schema's files by path in QEMU's source tree, as they are. */
export type SchemaFiles = ReadonlyMap<string, Buffer>;

/** Where QEMU's releases have had schemas and the catalogue of events, from 0.14 to today. */
const WANTED: readonly RegExp[] = [
  /^qapi-schema(-guest)?\.json$/,
  /^qapi\/(?:[^/]+\/)*[^/]+\.json$/,
  /^qga\/[^/]+\.json$/,
  /^storage-daemon\/qapi\/[^/]+\.json$/,
  /^(?:QMP\/|docs\/|docs\/qmp\/)?qmp-events\.txt$/,
];

const MAINS = /(^|\/)qapi-schema(-guest)?\.json$/;

/** All schemas of a release have less than 2 MiB. */
export const MAX_FILE = 8 * 1024 * 1024;
const MAX_TOTAL = 64 * 1024 * 1024;
const MAX_FILES = 10_000;

export function isWanted(path: string): boolean {
  return isSafePath(path) && WANTED.some((pattern) => pattern.test(path));
}

/** Collects the wanted files, within limits. Throws FetchError beyond them. */
export class Selection {
  readonly #files = new Map<string, Buffer>();
  #total = 0;

  /** Whether there is room for a file of this size, before it is read. */
  reserve(path: string, size: number): void {
    if (size > MAX_FILE) {
      throw new FetchError('input', `${path} has ${size} bytes, more than a schema file may have`);
    }
    this.#total += size;
    if (this.#total > MAX_TOTAL || this.#files.size >= MAX_FILES) {
      throw new FetchError('input', 'it holds more schema files than any QEMU');
    }
  }

  add(path: string, content: Buffer): void {
    if (this.#files.has(path)) throw new FetchError('input', `it holds ${path} twice`);
    this.#files.set(path, content);
  }

  /** Throws FetchError when no main schema file is among them. */
  finish(): SchemaFiles {
    if (![...this.#files.keys()].some((path) => MAINS.test(path))) {
      throw new FetchError('input', 'it holds no QAPI schema where QEMU has them');
    }
    return new Map([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
