/**
 * Schemas out of a QEMU release or source tree.
 *
 * Accepts: a downloaded or given tarball (plain, xz, gzip, bzip2), or a folder with QEMU's sources,
 * any of them with anything in it. Guarantees: the schema files and the event catalogue by their path
 * in QEMU's tree, each path safe to join to a folder, sizes bounded; or a FetchError that says why not.
 * Leaves to the caller: where to write them.
 */
export { type ArchiveOptions, readArchive } from './archive.js';
export { type DownloadOptions, download, sha256Of } from './download.js';
export { FetchError } from './error.js';
export type { SchemaFiles } from './select.js';
export { readTree } from './tree.js';
