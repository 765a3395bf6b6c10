import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { createMock } from '@qapi-ts/runtime/testing';
import { expect, it } from 'vitest';
import { folderWith } from '../support/files.js';

const caught = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

it.each([
  ['a Unix socket', () => `unix:${join(folderWith(), 'mock.sock')}`],
  ['a path', () => join(folderWith(), 'mock.sock')],
  ['TCP', () => 'tcp:127.0.0.1:0'],
  ['TCP on IPv6', () => 'tcp:[::1]:0'],
])('listens: %s', async (_title, address) => {
  const mock = createMock({ schema });
  await using server = await mock.listen(address());
  await using vm = await connect(server.address);
  const all = await Promise.all(Array.from({ length: 500 }, () => vm.queryBlock()));
  expect(new Set(all.map((one) => JSON.stringify(one, plain))).size).toBe(1);
  expect(await vm.queryBlock()).toEqual(mock.madeUpReturn('query-block'));
  await server.close();
  await vm.closed;
  expect(mock.connections).toBe(0);
});

const plain = (_name: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);

it.each(['tcp:127.0.0.1:0', 'unix'])('breaks connections: %s', async (where) => {
  const mock = createMock({ schema });
  const address = where === 'unix' ? join(folderWith(), 'mock.sock') : where;
  await using server = await mock.listen(address);
  await using vm = await connect(server.address);
  mock.inject({ kind: 'half' }, { name: 'query-block' });
  expect(await caught(vm.queryBlock())).toMatchObject({ outcome: 'unknown' });
  await using again = await connect(server.address);
  mock.inject({ kind: 'split', size: 50 });
  expect(await again.queryStatus()).toHaveProperty('status');
});

it('says why it cannot listen', async () => {
  const mock = createMock({ schema });
  await using server = await mock.listen('tcp:127.0.0.1:0');
  expect(await caught(mock.listen(server.address))).toMatchObject({ code: 'EADDRINUSE' });
  expect(await caught(mock.listen('tcp:nowhere'))).toBeInstanceOf(TypeError);
  expect(await caught(mock.listen('unix:'))).toBeInstanceOf(TypeError);
});

it('reads no more from a client that takes nothing', async () => {
  const mock = createMock({ schema });
  let executed = 0;
  mock.handle('human-monitor-command', () => {
    executed++;
    return 'x'.repeat(100_000);
  });
  await using server = await mock.listen(join(folderWith(), 'mock.sock'));
  const socket = connectSocket(server.address);
  socket.pause();
  socket.write('{"execute":"qmp_capabilities"}');
  const command = '{"execute":"human-monitor-command","arguments":{"command-line":"x"}}\n';
  socket.write(command.repeat(500));
  await new Promise((resolve) => setTimeout(resolve, 150));
  const before = executed;
  expect(before).toBeGreaterThan(5);
  expect(before).toBeLessThan(100);
  let received = 0;
  const whole = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      received += chunk.length;
      if (received > 500 * 100_000) resolve();
    });
  });
  socket.resume();
  await whole;
  expect(executed).toBe(500);
  socket.destroy();
});
