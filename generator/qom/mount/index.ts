/**
 * The tree of objects as a file system.
 *
 * Accepts: an object model behind a connection, and what a kernel or a program asks of files.
 * Guarantees: names that files can have, values written as their property's type has them, a folder
 * that is free again when the process has ended. Leaves to the caller: until when it is mounted.
 * `fuse.ts` alone knows the package that mounts, which is loaded when it is asked for.
 */
export { FileError } from './file-error.js';
export { type FileStatus, QomFiles } from './files.js';
export { MountError, type Mounted, mountFiles } from './fuse.js';
