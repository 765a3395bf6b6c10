import { type Commands, connect, type Events } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { ConnectionError, ProtocolError, TimeoutError } from '@qapi-ts/runtime';
import { createMock, type Mock } from '@qapi-ts/runtime/testing';
import { describe, expect, it, vi } from 'vitest';

const LONG = process.env.QAPI_TS_LONG === '1';
if (LONG) vi.setConfig({ testTimeout: 900_000 });
const SESSIONS = LONG ? 3000 : 150;

/** Errors that a connection may fail with. */
const FAMILY = [ConnectionError, ProtocolError, TimeoutError];

const monitor = (seed = 1): Mock<Commands, Events> =>
  createMock<Commands, Events>({ schema, seed });
const caught = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

describe('a fault', () => {
  it('delays what it befalls, and what comes after', async () => {
    const mock = monitor();
    await using vm = await connect(mock);
    mock.inject({ kind: 'delay', milliseconds: 40 }, { name: 'query-status', times: 1 });
    const began = performance.now();
    const order: string[] = [];
    await Promise.all([
      vm.queryStatus().then(() => order.push('status')),
      vm.queryName().then(() => order.push('name')),
    ]);
    expect(performance.now() - began).toBeGreaterThan(35);
    expect(order).toEqual(['status', 'name']);
    await expect(vm.queryStatus({}, { timeout: 30 })).resolves.toHaveProperty('status');
  });

  it('splits messages anywhere', async () => {
    const mock = monitor();
    mock.inject({ kind: 'split', size: 7 });
    await using vm = await connect(mock);
    expect(await vm.queryBlock()).toEqual(mock.madeUpReturn('query-block'));
  });

  it('drops a reply, so that only a deadline ends the wait', async () => {
    const mock = monitor();
    await using vm = await connect(mock);
    mock.inject({ kind: 'drop' }, { message: 'reply', name: 'query-status' });
    const error = await caught(vm.queryStatus({}, { timeout: 20 }));
    expect(error).toMatchObject({ code: 'timeout', outcome: 'unknown' });
    expect(await vm.queryName()).toBeTypeOf('object');
  });

  it('sends garbage, which ends the connection', async () => {
    const mock = monitor();
    await using vm = await connect(mock);
    mock.inject({ kind: 'garbage', bytes: 'no JSON\r\n' }, { message: 'event', name: 'POWERDOWN' });
    mock.emit('POWERDOWN');
    expect(await vm.closed).toMatchObject({ code: 'connection-lost' });
  });

  it.each(['half', 'kill'] as const)('breaks the connection: %s', async (kind) => {
    const mock = monitor();
    await using vm = await connect(mock);
    mock.inject({ kind }, { name: 'query-block' });
    const error = await caught(vm.queryBlock());
    expect(error).toMatchObject({ code: 'connection-lost', outcome: 'unknown' });
    expect(mock.connections).toBe(0);
  });

  it('befalls the greeting too', async () => {
    const mock = monitor();
    const takeBack = mock.inject({ kind: 'drop' }, { message: 'greeting' });
    const silent = await caught(connect(mock, { negotiationTimeout: 20 }));
    expect(silent).toMatchObject({ code: 'timeout' });
    takeBack();
    await using vm = await connect(mock);
    mock.inject({ kind: 'kill' });
    mock.clearFaults();
    expect(await vm.queryStatus()).toHaveProperty('status');
  });

  it('befalls the same messages for the same seed', async () => {
    const run = async (seed: number) => {
      const mock = monitor(seed);
      await using vm = await connect(mock);
      mock.inject({ kind: 'drop' }, { message: 'reply', chance: 0.5 });
      const all = Array.from({ length: 40 }, () => caught(vm.queryName({}, { timeout: 20 })));
      return (await Promise.all(all)).map((answer) => answer instanceof Error);
    };
    const [one, same, other] = await Promise.all([run(3), run(3), run(4)]);
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
    expect(new Set(one).size).toBe(2);
  });
});

describe('sessions with faults of all kinds', () => {
  it('settle every promise once, with the right answer or an error that has a code', async () => {
    const outcomes = { right: 0, failed: 0 };
    for (let seed = 1; seed <= SESSIONS; seed++) await session(seed, outcomes);
    expect(outcomes.right).toBeGreaterThan(SESSIONS * 3);
    expect(outcomes.failed).toBeGreaterThan(SESSIONS / 4);
  });

  async function session(seed: number, outcomes: { right: number; failed: number }) {
    const mock = monitor(seed);
    mock.handle('device_del', async ({ id }) => {
      if (id.endsWith('3')) await new Promise((resolve) => setTimeout(resolve, 1));
      throw new Error(`no device ${id}`);
    });
    mock.inject({ kind: 'split' }, { chance: 0.3 });
    mock.inject({ kind: 'delay', milliseconds: 1 }, { chance: 0.05 });
    mock.inject({ kind: 'drop' }, { chance: 0.02 });
    mock.inject({ kind: 'garbage' }, { chance: 0.01 });
    mock.inject({ kind: 'half' }, { chance: 0.01 });
    mock.inject({ kind: 'kill' }, { chance: 0.01 });
    const vm = await connect(mock, { negotiationTimeout: 50 }).catch((error: unknown) => {
      expect(FAMILY.some((kind) => error instanceof kind)).toBe(true);
    });
    if (!vm) return;
    const commands = Array.from({ length: 12 }, async (_, at) => {
      const id = `${seed}-${at}`;
      const error = await caught(vm.deviceDel({ id }, { timeout: 60 }));
      const code = (error as { code?: string }).code;
      expect(code).toBeTypeOf('string');
      if (code !== 'command-failed') return void outcomes.failed++;
      expect(error).toMatchObject({ desc: expect.stringMatching(new RegExp(`no device ${id}$`)) });
      outcomes.right++;
    });
    mock.emit('POWERDOWN');
    await Promise.all(commands);
    await vm.close();
  }
});
