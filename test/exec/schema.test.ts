import { Refusal } from '@qapi-ts/runtime/testing';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../generator/cli/io.js';
import type { Target } from '../../generator/ir/types.js';
import { nearestRelease, openLive } from '../../generator/shell/live/index.js';
import { folderWith } from '../support/files.js';
import { type Server, serve } from './server.js';

const io: Io = {
  stdout: { write: () => {} },
  stderr: { write: () => {} },
  env: {},
  interruption: () => new AbortController().signal,
};

const open = (server: Server, target: Target = 'qmp', schemaDir?: string) =>
  openLive(server.path, { target, ...(schemaDir === undefined ? {} : { schemaDir }) }, io);

describe('the schema of a server', () => {
  test('is its own word, with the names of the nearest release', async () => {
    await using server = await serve('qmp', { version: '8.2', spoken: '8.1' });
    await using live = await open(server);
    const [one, two] = await Promise.all([live.schema(), live.schema()]);
    expect(two).toBe(one);
    expect(server.introspected()).toBe(1);
    expect(one).toMatchObject({
      source: 'introspection',
      label: 'QEMU 7.2, qmp',
      documentation: null,
    });
    expect(one.schema.types.has('BlockdevOptions')).toBe(true);
    // Of 8.2, and not of 7.2.
    expect(one.schema.events.has('NETDEV_STREAM_DISCONNECTED')).toBe(true);
  });

  test('is that of the nearest release where it does not tell', async () => {
    await using server = await serve();
    server.mock.handle('query-qmp-schema', () => {
      throw new Refusal('no', 'CommandNotFound');
    });
    await using live = await open(server);
    expect(await live.schema()).toMatchObject({ source: 'embedded', label: 'QEMU 10.2, qmp' });
    server.mock.handle('query-qmp-schema', () => [{ nonsense: true }] as never);
    await using other = await open(server);
    expect(await other.schema()).toMatchObject({ source: 'embedded' });
  });

  test('of an agent is that of its release', async () => {
    await using server = await serve('qga', { version: '7.2' });
    await using live = await open(server, 'qga');
    const { label, schema } = await live.schema();
    expect(label).toBe('QEMU 7.2, qga');
    expect(schema.commands.has('guest-exec')).toBe(true);
  });

  test('has its documentation from a folder of QEMU', async () => {
    const text = `##
# @stop:
#
# Halts it.
##
{ 'command': 'stop' }
`;
    const folder = folderWith({ 'qapi/qapi-schema.json': text });
    await using server = await serve();
    await using live = await open(server, 'qmp', folder);
    const { source, documentation } = await live.schema();
    expect(source).toBe('introspection');
    expect(documentation?.commands.get('stop')?.doc).not.toBe(null);
    await using astray = await open(server, 'qmp', '/absent');
    await expect(astray.schema()).rejects.toThrow('/absent holds no schema of qmp');
  });
});

test.each([
  ['1.0', 'qmp', '1.6'],
  ['7.2.22', 'qmp', '7.2'],
  ['8.0.0', 'qmp', '7.2'],
  ['99.0', 'qga', '10.2'],
  [null, 'qsd', '11.1'],
] as const)('the release nearest to %s of %s is %s', (version, target, release) => {
  expect(nearestRelease(version, target)).toBe(release);
});
