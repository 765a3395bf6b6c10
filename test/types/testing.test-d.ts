import { type Commands, connect, type Empty, type Events } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { createMock, Refusal } from '@qapi-ts/runtime/testing';
import { expectTypeOf, test } from 'vitest';

test('a mock is typed by its SDK', () => {
  const mock = createMock<Commands, Events>({ schema });

  // It is an address like any other.
  expectTypeOf(connect).toBeCallableWith(mock);

  mock.handle('query-status', () => ({ running: true, status: 'running' }));
  mock.handle('query-status', async (_args, { fallback }) => ({
    ...(await fallback()),
    running: false,
  }));
  mock.handle('blockdev-add', (args) => {
    if (args.driver === 'qcow2') expectTypeOf(args.file).not.toBeAny();
    throw new Refusal('no', 'DeviceNotFound');
  });
  mock.handle('query-status', (args) => {
    expectTypeOf(args).toEqualTypeOf<Empty>();
    return { running: true, status: 'running' };
  });
  // @ts-expect-error: no such command
  mock.handle('query-stats-of-nothing', () => ({}));
  // @ts-expect-error: not what it returns
  mock.handle('query-status', () => ({ running: 'yes', status: 'running' }));

  mock.emit('STOP');
  mock.emit('SHUTDOWN', { guest: false, reason: 'host-qmp-quit' });
  mock.emit('STOP', undefined, { seconds: 1, microseconds: 2 });
  // @ts-expect-error: it carries data
  mock.emit('SHUTDOWN');
  // @ts-expect-error: not this data
  mock.emit('SHUTDOWN', { guest: 1, reason: 'host-qmp-quit' });
  // @ts-expect-error: no such event
  mock.emit('STOPPED');

  expectTypeOf(mock.madeUpReturn('query-status').running).toEqualTypeOf<boolean>();
  expectTypeOf(mock.madeUpData('SHUTDOWN').guest).toEqualTypeOf<boolean>();
  expectTypeOf(mock.madeUpArguments('job-pause').id).toEqualTypeOf<string>();
});

test('without an SDK any command and event passes', () => {
  const mock = createMock({ schema });
  mock.handle('anything', (args) => args.x);
  mock.emit('ANYTHING', { x: 1 });
});
