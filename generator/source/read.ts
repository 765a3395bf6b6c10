import { readFileSync, statSync } from 'node:fs';

/** No released schema file comes near; a larger one is a mistake or an attack. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

export type ReadOutcome =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly code: 'file-unreadable' | 'file-too-large' | 'invalid-utf8';
      readonly reason: string;
    };

/**
 * Reads a text file whole; every way this can fail is a value. `regularOnly` refuses pipes and
 * devices, which may never end: right for files that the input names, not for those the user names.
 */
export function readText(
  path: string,
  options: { readonly regularOnly?: boolean } = {},
): ReadOutcome {
  let bytes: Buffer;
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return failed('file-unreadable', 'is a folder');
    if (options.regularOnly && !stat.isFile()) return failed('file-unreadable', 'is no plain file');
    if (stat.size > MAX_FILE_BYTES) return tooLarge(stat.size);
    bytes = readFileSync(path);
    // What has no size beforehand, such as a pipe, is measured now.
    if (bytes.length > MAX_FILE_BYTES) return tooLarge(bytes.length);
  } catch (error) {
    return failed('file-unreadable', reasonOf(error));
  }
  try {
    // Byte order marks are kept: offsets stay those of the file.
    return {
      ok: true,
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    };
  } catch {
    return failed('invalid-utf8', 'is not valid UTF-8');
  }
}

function tooLarge(size: number): ReadOutcome {
  const mebibytes = Math.round(size / 1024 / 1024);
  return failed('file-too-large', `holds ${mebibytes} MiB, more than the limit of 64`);
}

function failed(
  code: 'file-unreadable' | 'file-too-large' | 'invalid-utf8',
  reason: string,
): ReadOutcome {
  return { ok: false, code, reason };
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a folder',
  ENOTDIR: 'lies below something that is no folder',
  ELOOP: 'is a loop of links',
  ENAMETOOLONG: 'has too long a name',
};

/** What a file system error means, in words that follow the file's name. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? `cannot be read (${code === '' ? String(error) : code})`;
}
