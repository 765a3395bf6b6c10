import { constants } from 'node:os';
import { CommandError } from '@qapi-ts/runtime';

/** What a file operation fails with. */
export type FileErrorCode = 'EACCES' | 'EFBIG' | 'EINVAL' | 'EIO' | 'EISDIR' | 'ENOENT' | 'ENOTDIR';

/** Why a file operation failed: a code for the program, words for who mounted the tree. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;

  constructor(code: FileErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  /** As the kernel wants it. */
  get errno(): number {
    return -constants.errno[this.code];
  }
}

/** A server's refusal as a file's. Anything else is an error of the connection. */
export function fileError(error: unknown): FileError {
  if (error instanceof FileError) return error;
  if (!(error instanceof CommandError)) {
    return new FileError('EIO', error instanceof Error ? error.message : String(error));
  }
  const { desc } = error;
  if (error.class === 'DeviceNotFound') return new FileError('ENOENT', desc);
  // Servers have one class for all of these.
  const forbidden = /not (writable|readable)|permission/i.test(desc);
  return new FileError(forbidden ? 'EACCES' : 'EINVAL', desc);
}
