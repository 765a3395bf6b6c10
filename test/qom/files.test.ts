import { ConnectionError } from '@qapi-ts/runtime';
import { describe, expect, test } from 'vitest';
import { jsonValue } from '../../generator/cli/qom/json-value.js';
import { Qom } from '../../generator/qom/index.js';
import { QomFiles } from '../../generator/qom/mount/index.js';
import { fileName, propertyName } from '../../generator/qom/mount/names.js';
import { FakeMachine } from './machine.js';

const mounted = (machine = new FakeMachine(), now?: () => number) =>
  new QomFiles(new Qom(machine), jsonValue, now);

async function read(files: QomFiles, path: string): Promise<string> {
  const handle = await files.open(path);
  const bytes = await files.read(handle, 4096, 0);
  files.close(handle);
  return bytes.toString();
}

async function write(files: QomFiles, path: string, text: string): Promise<void> {
  const handle = await files.open(path);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at === 0 || at < bytes.length; at += 4096) {
      await files.write(handle, bytes.subarray(at, at + 4096), at);
    }
    await files.flush(handle);
  } finally {
    files.close(handle);
  }
}

describe('the mounted tree', () => {
  test('has folders, files and links', async () => {
    const files = mounted();
    expect(await files.list('/')).toEqual(['type', 'machine', 'objects']);
    expect(await files.status('/')).toEqual({ kind: 'folder' });
    expect(await files.status('/machine/slot[10]/pci.0')).toEqual({ kind: 'folder' });
    expect(await files.status('/machine/usb')).toEqual({ kind: 'file', size: 5 });
    expect(await files.status('/machine/memory-backend')).toEqual({
      kind: 'link',
      target: '../objects/ram0',
    });
    expect(await files.target('/machine/memory-backend')).toBe('../objects/ram0');
    await expect(files.status('/machine/none')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.list('/machine/none')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.open('/machine')).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(files.target('/machine/usb')).rejects.toMatchObject({ code: 'EINVAL' });
  });

  test('gives a value on one line, integers exact', async () => {
    const files = mounted();
    expect(await read(files, '/machine/type')).toBe('toy-machine\n');
    expect(await read(files, '/machine/ram-size')).toBe('18446744073709551615\n');
    expect(await read(files, '/machine/boot')).toBe('{"order":"cad"}\n');
    expect(await read(files, '/machine/nothing')).toBe('\n');
  });

  test('takes a value as its property has it', async () => {
    const machine = new FakeMachine();
    const files = mounted(machine);
    await write(files, '/machine/usb', 'off\n');
    await write(files, '/machine/ram-size', '0xfffffffffffffffe');
    await write(files, '/machine/nothing', '/objects/ram0\n');
    await write(files, '/machine/boot', JSON.stringify({ order: 'n'.repeat(9000) }));
    expect(machine.objects['/machine']).toMatchObject({
      usb: { value: false },
      'ram-size': { value: 18446744073709551614n },
      nothing: { value: '/objects/ram0' },
      boot: { value: { order: 'n'.repeat(9000) } },
    });
    expect(machine.log.filter((name) => name === 'qom-set')).toHaveLength(4);
    expect(await files.status('/machine/nothing')).toMatchObject({ kind: 'link' });
  });

  test.each([
    ['/machine/usb', 'perhaps', 'EINVAL', /on or off/],
    ['/machine/type', 'x', 'EACCES', /not writable/],
    ['/machine/policy', 'x', 'EINVAL', /does not accept/],
    ['/machine/boot', 'x'.repeat(2 ** 21), 'EFBIG', /at most/],
  ])('refuses at %s what it cannot be', async (path, text, code, message) => {
    const files = mounted();
    await expect(write(files, path, text)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('takes no value from its middle on', async () => {
    const files = mounted();
    const handle = await files.open('/machine/usb');
    const appended = files.write(handle, Buffer.from('x'), 5);
    await expect(appended).rejects.toMatchObject({ code: 'EINVAL' });
    files.close(handle);
    await expect(files.flush(handle)).rejects.toMatchObject({ code: 'EINVAL' });
  });

  test('shows what cannot be read, and says why to who reads it', async () => {
    const files = mounted();
    expect(await files.status('/machine/broken')).toEqual({ kind: 'file', size: 0 });
    await expect(read(files, '/machine/broken')).rejects.toMatchObject({
      code: 'EINVAL',
      message: 'cannot read broken now',
    });
  });

  test('believes a listing for a moment, and none after a change', async () => {
    let now = 0;
    const machine = new FakeMachine();
    const files = mounted(machine, () => now);
    const lists = () => machine.log.filter((name) => name === 'qom-list').length;
    await Promise.all([files.status('/machine/usb'), files.status('/machine/boot')]);
    expect(lists()).toBe(1);
    now += 499;
    await files.status('/machine/usb');
    expect(lists()).toBe(1);
    await write(files, '/machine/usb', 'on');
    await files.status('/machine/usb');
    expect(lists()).toBe(2);
    now += 501;
    await files.status('/machine/usb');
    expect(lists()).toBe(3);
  });

  test('reads anew from the beginning, and one value to its end', async () => {
    const machine = new FakeMachine();
    const files = mounted(machine);
    const handle = await files.open('/machine/policy');
    expect(String(await files.read(handle, 3, 0))).toBe('def');
    await machine.execute('qom-set', { path: '/machine', property: 'policy', value: 'bind' });
    expect(String(await files.read(handle, 100, 3))).toBe('ault\n');
    expect(String(await files.read(handle, 100, 0))).toBe('bind\n');
    files.close(handle);
  });

  test('fails as a device does when the connection is gone', async () => {
    const gone = new Qom({
      executeUnknown: async () => {
        throw new ConnectionError('connection-lost', 'gone');
      },
    });
    const files = new QomFiles(gone, jsonValue);
    expect(await files.status('/')).toEqual({ kind: 'folder' });
    await expect(files.list('/')).rejects.toMatchObject({ code: 'EIO', message: 'gone' });
  });

  test.each([
    ['a/b', 'a%2Fb'],
    ['..', '%2E%2E'],
    ['.', '%2E'],
    ['...', '...'],
    ['pci.0', 'pci.0'],
    ['50%', '50%25'],
    ['', '%'],
    ['\0', '%00'],
  ])('has names that files can have: %j', (property, file) => {
    expect(fileName(property)).toBe(file);
    expect(propertyName(file)).toBe(property);
  });

  test('leads out of itself by no link', async () => {
    const machine = new FakeMachine({
      '/': { evil: { type: 'link<x>', value: '/../../../etc/passwd' } },
    });
    expect(await mounted(machine).target('/evil')).toBe('%2E%2E/%2E%2E/%2E%2E/etc/passwd');
  });
});
