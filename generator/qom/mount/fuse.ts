import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { type FileError, fileError } from './file-error.js';
import type { FileStatus, QomFiles } from './files.js';

const run = promisify(execFile);

type Answer = (result: number, value?: unknown) => void;

/** What of `fuse-native` and its forks is used. */
interface Fuse {
  mount(done: (error: Error | null) => void): void;
  unmount(done: (error: Error | null) => void): void;
}
interface FuseConstructor {
  new (where: string, operations: object, options: object): Fuse;
  unmount(where: string, done: (error: Error | null) => void): void;
}

/** The packages that can mount, the one that is kept first. */
const PACKAGES = ['@cocalc/fuse-native', 'fuse-native'] as const;

/** There is no way to mount, or it failed. */
export class MountError extends Error {
  override readonly name = 'MountError';
}

/** A tree that is mounted. */
export interface Mounted {
  /** Whether it still is: anybody may unmount it. */
  isThere(): Promise<boolean>;
  unmount(): Promise<void>;
}

/**
 * Mounts files at a folder. When this process ends, however it does, the folder is freed.
 * @param problem told of each operation that fails
 * @param require loads a package
 * @throws MountError
 */
export async function mountFiles(
  where: string,
  files: QomFiles,
  problem: (path: string, error: FileError) => void,
  require: (name: string) => unknown = createRequire(import.meta.url),
): Promise<Mounted> {
  const FuseClass = loadFuse(require);
  // The package's own puts the path into the command line of a shell.
  FuseClass.unmount = (path, done) => {
    unmountFolder(path).then(() => done(null), done);
  };
  const fuse = new FuseClass(where, operations(files, problem), {
    fsname: 'qom',
    // With a helper that outlives this process.
    autoUnmount: true,
    // As text: these are left out where they are 0. Nothing that a server has stays as it is.
    attrTimeout: '0',
    entryTimeout: '0',
  });
  await new Promise<void>((resolve, reject) => {
    fuse.mount((error) => {
      if (error === null || error === undefined) resolve();
      else reject(new MountError(`cannot mount at ${where}: ${error.message}`));
    });
  });
  return {
    isThere: () => isMounted(where),
    unmount: () =>
      new Promise((resolve, reject) => {
        fuse.unmount((error) => {
          if (error === null || error === undefined) resolve();
          else reject(new MountError(`cannot unmount ${where}: ${error.message}`));
        });
      }),
  };
}

/** Required and not imported: the packages are CommonJS, and may lie where NODE_PATH says. */
function loadFuse(require: (name: string) => unknown): FuseConstructor {
  const reasons: string[] = [];
  for (const name of PACKAGES) {
    try {
      return require(name) as FuseConstructor;
    } catch (error) {
      const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      const absent = line === `Cannot find module '${name}'`;
      reasons.push(absent ? `${name} is not installed` : `${name} does not load: ${line}`);
    }
  }
  throw new MountError(
    `mounting needs ${PACKAGES.join(' or ')}, and libfuse 2: ${reasons.join('; ')}`,
  );
}

async function isMounted(where: string): Promise<boolean> {
  const [here, above] = await Promise.all([stat(where), stat(dirname(where))]);
  return here.dev !== above.dev;
}

const UNMOUNTERS = [
  ['fusermount', '-u', '-z', '--'],
  ['fusermount3', '-u', '-z', '--'],
  ['umount', '-l', '--'],
] as const;

async function unmountFolder(where: string): Promise<void> {
  let failure: unknown = null;
  for (const [program, ...args] of UNMOUNTERS) {
    try {
      await run(program, [...args, where]);
      return;
    } catch (error) {
      if (!(await isMounted(where))) return;
      failure = error;
    }
  }
  throw failure;
}

/** The operations of a file system, each told its result exactly once. */
function operations(files: QomFiles, problem: (path: string, error: FileError) => void): object {
  const settle = <T>(
    path: string,
    action: Promise<T>,
    answer: Answer,
    give: (value: T) => void,
  ) => {
    action.then(give, (error: unknown) => {
      const failure = fileError(error);
      // Looking for what is not there is no news.
      if (failure.code !== 'ENOENT') problem(path, failure);
      answer(failure.errno);
    });
  };
  const done = (path: string, action: Promise<void>, answer: Answer) =>
    settle(path, action, answer, () => answer(0));
  return {
    ...Object.fromEntries(FORBIDDEN.map((name) => [name, forbid])),
    getattr: (path: string, answer: Answer) =>
      settle(path, files.status(path), answer, (status) => answer(0, attributes(status))),
    readdir: (path: string, answer: Answer) =>
      settle(path, files.list(path), answer, (names) => answer(0, ['.', '..', ...names])),
    readlink: (path: string, answer: Answer) =>
      settle(path, files.target(path), answer, (target) => answer(0, target)),
    open: (path: string, _flags: number, answer: Answer) =>
      settle(path, files.open(path), answer, (handle) => answer(0, handle)),
    read: (
      path: string,
      handle: number,
      into: Buffer,
      length: number,
      position: number,
      answer: Answer,
    ) =>
      settle(path, files.read(handle, length, position), answer, (bytes) =>
        answer(bytes.copy(into)),
      ),
    write: (
      path: string,
      handle: number,
      from: Buffer,
      length: number,
      position: number,
      answer: Answer,
    ) => {
      // The buffer is the kernel's again once this returns.
      const bytes = Buffer.from(from.subarray(0, length));
      settle(path, files.write(handle, bytes, position), answer, () => answer(length));
    },
    flush: (path: string, handle: number, answer: Answer) =>
      done(path, files.flush(handle), answer),
    release: (_path: string, handle: number, answer: Answer) => {
      files.close(handle);
      answer(0);
    },
    // A value's length is that of what is written next.
    truncate: (_path: string, _size: number, answer: Answer) => answer(0),
    ftruncate: (_path: string, _handle: number, _size: number, answer: Answer) => answer(0),
    // `touch` asks for no more than this.
    utimens: (_path: string, _accessed: number, _modified: number, answer: Answer) => answer(0),
  };
}

/** What makes or changes more than a value. */
const FORBIDDEN = [
  ...['create', 'mknod', 'mkdir', 'symlink', 'link', 'unlink', 'rmdir', 'rename'],
  ...['chmod', 'chown'],
];

/** Refuses any operation: its callback comes last. */
function forbid(...given: readonly unknown[]): void {
  (given.at(-1) as Answer)(-constants.errno.EPERM);
}

const FORMS = {
  folder: { mode: 0o040555, nlink: 2 },
  file: { mode: 0o100644, nlink: 1 },
  link: { mode: 0o120777, nlink: 1 },
} as const;

function attributes(status: FileStatus): object {
  const now = new Date();
  const size =
    status.kind === 'file' ? status.size : status.kind === 'link' ? status.target.length : 0;
  return {
    ...FORMS[status.kind],
    ...{ mtime: now, atime: now, ctime: now, size },
    ...{ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
  };
}
