import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { describeLive } from '../support/qemu.js';

const run = promisify(execFile);

/** Where the package that mounts lies, which is optional and native. */
const NODE_PATH = join(process.env.QAPI_TS_FUSE ?? process.cwd(), 'node_modules');
const ENV = { ...process.env, NODE_PATH };

/** What is missing to mount anything, or null. */
async function missing(): Promise<string | null> {
  if (!existsSync('/dev/fuse')) return 'no /dev/fuse';
  try {
    createRequire(join(NODE_PATH, 'x.js'))('fuse-native');
  } catch (error) {
    const [line] = String(error).split('\n');
    return `no fuse-native (QAPI_TS_FUSE names its project): ${line}`;
  }
  try {
    await run('fusermount', ['--version']);
  } catch {
    return 'no fusermount';
  }
  return null;
}

const MISSING = await missing();

beforeAll(ensureBuilt);

/** Looks until it is so; what is waited for is another process's. */
async function eventually(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within twenty seconds: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const isMounted = (folder: string) =>
  readFileSync('/proc/self/mounts', 'utf8').includes(` ${folder} fuse`);

interface Mount {
  readonly process: ChildProcess;
  readonly exit: Promise<number | string | null>;
  said(): string;
}

/** Mounts, and frees the folder after the body, whatever came of it. */
async function mounting(
  address: string,
  folder: string,
  body: (mount: Mount) => Promise<void>,
): Promise<void> {
  const child = spawn(process.execPath, [LAUNCHER, 'qom', 'mount', address, folder], {
    env: ENV,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      said += data;
    });
  }
  const exit = new Promise<number | string | null>((done) => {
    child.once('close', (code, signal) => done(signal ?? code));
  });
  try {
    await eventually(`mounted at ${folder}: ${said}`, () => {
      if (child.exitCode !== null) throw new Error(said);
      return said.includes('are mounted at');
    });
    await body({ process: child, exit, said: () => said });
  } finally {
    child.kill('SIGKILL');
    await exit;
    await eventually('the folder is free', () => !isMounted(folder));
  }
}

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  if (MISSING !== null) {
    test(`the objects are files: ${MISSING}`, (context) => {
      // A kernel without FUSE cannot be given it.
      if (process.env.QAPI_TS_REQUIRE_LIVE === '1' && existsSync('/dev/fuse'))
        throw new Error(MISSING);
      context.skip(MISSING);
    });
    return;
  }

  test('the objects are files, as long as they are wanted', async () => {
    await using qemu = await start.qemu(
      ...['-M', 'q35', '-m', '16', '-S', ...start.firmware],
      ...['-object', 'memory-backend-ram,id=m0,size=1M'],
    );
    const folder = join(qemu.folder, 'mnt');
    mkdirSync(folder);
    const at = (...path: string[]) => join(folder, ...path);
    const text = (path: string) => readFile(path, 'utf8');

    await mounting(qemu.path, folder, async (mount) => {
      expect((await readdir(folder)).sort()).toEqual(['chardevs', 'machine', 'objects', 'type']);
      expect(await text(at('objects/m0/type'))).toBe('memory-backend-ram\n');
      expect(await text(at('machine/unattached/system[0]/size'))).toBe('18446744073709551615\n');
      expect((await stat(at('objects/m0/size'))).size).toBe('1048576\n'.length);
      expect((await stat(at('objects/m0'))).isDirectory()).toBe(true);
      expect(await readlink(at('machine/memory-backend'))).toBe('../objects/pc.ram');
      expect(await text(at('machine/memory-backend/size'))).toBe('16777216\n');
      expect(await text(at('machine/boot'))).toBe('{"order":"cad"}\n');

      await writeFile(at('objects/m0/merge'), 'off\n');
      expect(await text(at('objects/m0/merge'))).toBe('false\n');
      await run('sh', ['-c', 'echo on > "$1"', 'sh', at('objects/m0/merge')]);
      expect(await text(at('objects/m0/merge'))).toBe('true\n');
      const refused = (path: string, value: string) =>
        writeFile(at(path), value).catch((error: NodeJS.ErrnoException) => error.code);
      expect(await refused('objects/m0/merge', 'perhaps')).toBe('EINVAL');
      expect(await refused('objects/m0/type', 'x')).toBe('EACCES');
      expect(await refused('objects/m0/none', 'x')).toBe('EPERM');
      expect(mount.said()).toContain('/objects/m0/merge: on or off is expected');
      await expect(text(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });

      // Many at once, as `grep -r` and its like have it.
      const names = await readdir(at('machine'), { withFileTypes: true });
      const files = names.filter((entry) => entry.isFile());
      const read = await Promise.all(files.map(({ name }) => text(at('machine', name))));
      expect(read.every((value) => value.endsWith('\n'))).toBe(true);

      mount.process.kill('SIGINT');
      expect(await mount.exit).toBe('SIGINT');
      expect(isMounted(folder)).toBe(false);
    });

    await mounting(qemu.path, folder, async (mount) => {
      await run('fusermount', ['-u', folder]);
      expect(await mount.exit).toBe(0);
    });

    // A process that is killed cannot clean up, and has not to.
    await mounting(qemu.path, folder, async (mount) => {
      mount.process.kill('SIGKILL');
      await eventually('the folder is free', () => !isMounted(folder));
    });

    await mounting(qemu.path, folder, async (mount) => {
      qemu.process.kill('SIGKILL');
      await mount.exit;
      expect(isMounted(folder)).toBe(false);
    });
  });
});
