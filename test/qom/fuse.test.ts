import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonValue } from '../../generator/cli/qom/json-value.js';
import { Qom } from '../../generator/qom/index.js';
import { MountError, mountFiles, QomFiles } from '../../generator/qom/mount/index.js';
import { folderWith } from '../support/files.js';
import { FakeMachine } from './machine.js';

const { errno } = constants;

/** The operations that a package is given. */
type Operations = { readonly [name: string]: (...args: unknown[]) => void };

/** What stands in for the package: it keeps the operations, and mounts nothing. */
class FakeFuse {
  static made: FakeFuse;
  static unmount(_where: string, _done: (error: Error | null) => void): void {
    throw new Error('the path was put into a shell');
  }
  readonly where: string;
  readonly operations: Operations;
  readonly options: object;

  constructor(where: string, operations: Operations, options: object) {
    this.where = where;
    this.operations = operations;
    this.options = options;
    FakeFuse.made = this;
  }

  mount(done: (error: Error | null) => void): void {
    done(this.where.endsWith('bad') ? new Error('fuse failed') : null);
  }

  unmount(done: (error: Error | null) => void): void {
    FakeFuse.unmount(this.where, done);
  }
}

const files = () => new QomFiles(new Qom(new FakeMachine()), jsonValue);
const problems: string[] = [];
const mount = (where: string) =>
  mountFiles(
    where,
    files(),
    (path, error) => problems.push(`${path}: ${error.message}`),
    () => FakeFuse,
  );

/** What an operation answers. */
const ask = (name: string, ...args: unknown[]) =>
  new Promise<unknown[]>((done) =>
    FakeFuse.made.operations[name]?.(...args, (...answer: unknown[]) => done(answer)),
  );

describe('what the kernel asks', () => {
  test('is answered from the objects', async () => {
    await mount('/nowhere');
    expect(FakeFuse.made.options).toMatchObject({ autoUnmount: true, attrTimeout: '0' });
    expect(await ask('getattr', '/machine')).toEqual([
      0,
      expect.objectContaining({ mode: 0o040555 }),
    ]);
    expect(await ask('getattr', '/machine/usb')).toEqual([
      0,
      expect.objectContaining({ mode: 0o100644, size: 5 }),
    ]);
    expect(await ask('readdir', '/objects')).toEqual([0, ['.', '..', 'type', 'ram0']]);
    expect(await ask('readlink', '/machine/memory-backend')).toEqual([0, '../objects/ram0']);

    const [, handle] = await ask('open', '/machine/usb', 0);
    const into = Buffer.alloc(100);
    expect(await ask('read', '/machine/usb', handle, into, 100, 0)).toEqual([5]);
    expect(into.toString('utf8', 0, 5)).toBe('true\n');
    expect(await ask('ftruncate', '/machine/usb', handle, 0)).toEqual([0]);
    const from = Buffer.from('off\nand what else is in the buffer');
    expect(await ask('write', '/machine/usb', handle, from, 4, 0)).toEqual([4]);
    expect(await ask('flush', '/machine/usb', handle)).toEqual([0]);
    expect(await ask('read', '/machine/usb', handle, into, 100, 0)).toEqual([6]);
    expect(await ask('release', '/machine/usb', handle)).toEqual([0]);
    expect(await ask('utimens', '/machine/usb', 0, 0)).toEqual([0]);
    expect(problems).toEqual([]);
  });

  test('is refused with a number for it and words for who mounted', async () => {
    await mount('/nowhere');
    expect(await ask('getattr', '/none')).toEqual([-errno.ENOENT]);
    expect(problems).toEqual([]);
    const [, handle] = await ask('open', '/machine/usb', 0);
    const answer = await ask('write', '/machine/usb', handle, Buffer.from('x'), 1, 0);
    expect(answer).toEqual([-errno.EINVAL]);
    expect(problems).toEqual([expect.stringMatching(/^\/machine\/usb: on or off is expected/)]);
    for (const name of ['create', 'mkdir', 'unlink', 'rename', 'chmod']) {
      expect(await ask(name, '/x', 1, 2)).toEqual([-errno.EPERM]);
    }
  });
});

describe('mounting', () => {
  test('is undone without a shell, and whoever did it', async () => {
    const folder = join(folderWith(), "a'b $(touch x)");
    mkdirSync(folder);
    const mounted = await mount(folder);
    expect(await mounted.isThere()).toBe(false);
    await mounted.unmount();
  });

  test('fails with a reason', async () => {
    await expect(mount('/bad')).rejects.toThrow('cannot mount at /bad: fuse failed');
    const reasons = mountFiles(
      '/x',
      files(),
      () => {},
      (name) => {
        if (name === 'fuse-native') throw new Error('libfuse.so.2: cannot open\nStack: x');
        throw new Error(`Cannot find module '${name}'\nRequire stack: x`);
      },
    );
    await expect(reasons).rejects.toThrow(MountError);
    await expect(reasons).rejects.toThrow(
      'mounting needs @cocalc/fuse-native or fuse-native, and libfuse 2: ' +
        '@cocalc/fuse-native is not installed; fuse-native does not load: libfuse.so.2: cannot open',
    );
  });
});
