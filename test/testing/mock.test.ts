import { connect as connectAgent, type Commands as GuestCommands } from '@qapi-ts/qemu/10.2/qga';
import { schema as agentSchema } from '@qapi-ts/qemu/10.2/qga/schema';
import { type Commands, connect, type Events } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { schema as daemonSchema } from '@qapi-ts/qemu/10.2/qsd/schema';
import { CommandError } from '@qapi-ts/runtime';
import { createMock, type Mock, type MockOptions, Refusal } from '@qapi-ts/runtime/testing';
import { describe, expect, it } from 'vitest';
import { RawClient, turn } from './client.js';

const monitor = (options: Partial<MockOptions> = {}): Mock<Commands, Events> =>
  createMock<Commands, Events>({ schema, ...options });

const caught = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

/** A promise that a test settles. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('a program on the mock', () => {
  it('is answered by type where nothing else is said', async () => {
    await using vm = await connect(monitor());
    expect(vm.greeting?.qemu).toEqual({ major: 10, minor: 2, micro: 0 });
    expect((await vm.queryVersion()).qemu).toEqual({ major: 10, minor: 2, micro: 0 });
    expect(await vm.queryBlock()).toEqual(await vm.queryBlock());
    expect((await vm.queryCommands()).length).toBeGreaterThan(200);
  });

  it('is answered by handlers, which see the arguments', async () => {
    const mock = monitor();
    const seen: unknown[] = [];
    const takeBack = mock.handle('block_resize', (args, { command, oob }) => {
      seen.push([command, args, oob]);
      return {};
    });
    await using vm = await connect(mock);
    await vm.blockResize({ 'node-name': 'a', size: 2 ** 50 });
    expect(seen).toEqual([['block_resize', { 'node-name': 'a', size: 2 ** 50 }, false]]);
    takeBack();
    await vm.blockResize({ 'node-name': 'a', size: 1 });
    expect(seen.length).toBe(1);
  });

  it('gets 64-bit integers exactly', async () => {
    const mock = monitor();
    const returned = { 'base-memory': 2n ** 64n - 1n, 'plugged-memory': 5 };
    mock.handle('query-memory-size-summary', () => returned);
    await using vm = await connect(mock);
    expect(await vm.queryMemorySizeSummary()).toEqual(returned);
  });

  it('sees the errors that handlers throw, of each kind', async () => {
    const mock = monitor();
    mock.handle('device_del', ({ id }) => {
      throw new Refusal(`Device '${id}' not found`, 'DeviceNotFound');
    });
    mock.handle('query-block', async () => {
      throw new Error('a bug in the test');
    });
    mock.handle('query-status', () => (() => {}) as never);
    await using vm = await connect(mock);
    const refusal = await caught(vm.deviceDel({ id: 'x' }));
    expect(refusal).toBeInstanceOf(CommandError);
    expect(refusal).toMatchObject({ class: 'DeviceNotFound', desc: "Device 'x' not found" });
    const bug = await caught(vm.queryBlock());
    expect(bug).toMatchObject({ desc: expect.stringContaining('a bug in the test') });
    const noJson = await caught(vm.queryStatus());
    expect(noJson).toMatchObject({ desc: expect.stringContaining('no form in JSON') });
    expect(await vm.queryVersion()).toHaveProperty('qemu');
  });

  it('sees events: its own, and those of commands', async () => {
    const mock = monitor({ clock: () => 1_500 });
    await using vm = await connect(mock);
    const stopped = vm.waitFor('STOP');
    await vm.stop();
    expect((await stopped).timestamp).toEqual({ seconds: 1, microseconds: 500_000 });
    expect((await vm.queryStatus()).status).toBe('paused');
    const reset = vm.waitFor('RESET');
    mock.emit('RESET', { guest: true, reason: 'guest-reset' }, { seconds: -1, microseconds: -1 });
    expect(await reset).toEqual({
      event: 'RESET',
      timestamp: { seconds: -1, microseconds: -1 },
      data: { guest: true, reason: 'guest-reset' },
    });
  });

  it('sees a clean end after quit, with SHUTDOWN before it', async () => {
    const mock = monitor();
    await using vm = await connect(mock);
    const last = vm.events();
    await vm.quit();
    expect(await vm.closed).toBeUndefined();
    const names: string[] = [];
    for await (const event of last) names.push(String(event.event));
    expect(names).toEqual(['SHUTDOWN']);
    await turn();
    expect(mock.connections).toBe(0);
  });

  it('sees a break, and can connect again', async () => {
    const mock = monitor();
    await using vm = await connect(mock);
    const asked = caught(vm.queryBlock());
    mock.handle('query-block', () => new Promise(() => {}));
    mock.kill();
    expect(await asked).toMatchObject({ code: 'connection-lost', outcome: 'unknown' });
    await using again = await connect(mock);
    expect(await again.queryStatus()).toHaveProperty('status', 'running');
  });

  it('may lay its messages out over lines', async () => {
    const mock = monitor({ pretty: true });
    const raw = await RawClient.to(mock);
    expect(raw.take()).toMatch(/^\{\r\n {4}"QMP": \{\r\n {8}"version": \{/);
    await using vm = await connect(mock);
    expect(await vm.queryBlock()).toEqual(monitor().madeUpReturn('query-block'));
  });

  it('is told which answer there would have been', async () => {
    const mock = monitor();
    mock.handle('query-status', async (_args, { fallback }) => ({
      ...(await fallback()),
      running: false,
    }));
    await using vm = await connect(mock);
    expect(await vm.queryStatus()).toMatchObject({ running: false, status: 'running' });
  });

  it('sees a refused negotiation', async () => {
    const mock = monitor();
    mock.handle('qmp_capabilities', () => {
      throw new Refusal('not today');
    });
    expect(await caught(connect(mock))).toMatchObject({ code: 'negotiation-refused' });
  });
});

describe('out of band', () => {
  const inBand = (count: number) =>
    Array.from({ length: count }, (_, at) => `{"execute":"query-name","id":${at}}\n`).join('');
  const overtaking = '{"exec-oob":"yank","arguments":{"instances":[]},"id":"oob"}\n';

  /** A client whose first command is not answered before the gate opens. */
  async function blocked(oob: boolean) {
    const mock = monitor();
    const { opened, open } = gate();
    mock.handle('query-name', async () => {
      await opened;
      return {};
    });
    const client = await RawClient.to(mock);
    await client.send(
      `{"execute":"qmp_capabilities"${oob ? ',"arguments":{"enable":["oob"]}' : ''}}`,
    );
    return { client, open };
  }

  const idsIn = (text: string) => [...text.matchAll(/"id": ("?\w+"?)/g)].map(([, id]) => id);

  it('overtakes what waits', async () => {
    const { client, open } = await blocked(true);
    expect(idsIn(await client.send(inBand(5) + overtaking))).toEqual(['"oob"']);
    open();
    await turn();
    expect(idsIn(client.take())).toEqual(['0', '1', '2', '3', '4']);
  });

  it('is not read while eight wait', async () => {
    const { client, open } = await blocked(true);
    expect(await client.send(inBand(20) + overtaking)).toBe('');
    open();
    await turn();
    const ids = idsIn(client.take());
    expect(ids.filter((id) => id !== '"oob"')).toEqual(
      Array.from({ length: 20 }, (_, at) => `${at}`),
    );
    expect(ids.indexOf('"oob"')).toBeGreaterThanOrEqual(11);
  });

  it('is off unless it was enabled', async () => {
    const { client, open } = await blocked(false);
    expect(await client.send(inBand(3) + overtaking)).toBe('');
    open();
    await turn();
    expect(client.take()).toContain("QMP input member 'exec-oob' is unexpected");
  });

  it('is executed one at a time', async () => {
    const mock = monitor();
    const { opened, open } = gate();
    let begun = 0;
    mock.handle('yank', async () => {
      begun++;
      await opened;
      return {};
    });
    const client = await RawClient.to(mock);
    await client.send('{"execute":"qmp_capabilities","arguments":{"enable":["oob"]}}');
    await client.send(overtaking.repeat(1000));
    expect(begun).toBe(1);
    open();
    await turn();
    expect(begun).toBe(1000);
  });

  it('is offered as the mock was told', async () => {
    const client = await RawClient.to(monitor({ oob: false }));
    expect(client.take()).toContain('"capabilities": []');
    const refused = await client.send(
      '{"execute":"qmp_capabilities","arguments":{"enable":["oob"]}}',
    );
    expect(refused).toContain('Capability oob not available');
  });
});

describe('the guest agent', () => {
  it('is spoken to without a greeting, and synchronized', async () => {
    const mock = createMock<GuestCommands>({ schema: agentSchema });
    mock.handle('guest-get-time', () => 62);
    await using agent = await connectAgent(mock);
    expect(await agent.guestGetTime()).toBe(62);
    expect((await agent.guestInfo()).version).toBe('10.2.0');
    // Answers only to fail.
    await agent.guestShutdown({ mode: 'powerdown' });
    expect(await agent.guestPing()).toEqual({});
  });

  it('puts the sentinel before the answer that has one', async () => {
    const client = await RawClient.to(createMock({ schema: agentSchema }));
    expect(client.take()).toBe('');
    const sync = '{"execute":"guest-sync-delimited","arguments":{"id":9007199254740993}}';
    expect(await client.send(sync)).toBe('\xff{"return": 9007199254740993}\n');
    expect(await client.send('{"execute":"guest-sync","arguments":{"id":5}}')).toBe(
      '{"return": 5}\n',
    );
  });
});

describe('the storage daemon', () => {
  it('quits without a word', async () => {
    const client = await RawClient.to(createMock({ schema: daemonSchema }));
    await client.send('{"execute":"qmp_capabilities"}');
    expect(await client.send('{"execute":"quit"}')).toBe('{"return": {}}\r\n');
    expect(client.end).toBeNull();
  });
});

describe('several clients', () => {
  it('all see events once they have negotiated', async () => {
    const mock = monitor();
    await using one = await connect(mock);
    const raw = await RawClient.to(mock);
    raw.take();
    const seen = one.waitFor('POWERDOWN');
    mock.emit('POWERDOWN');
    await seen;
    expect(raw.take()).toBe('');
  });

  it('wait for each other where there is one monitor', async () => {
    const mock = monitor({ exclusive: true });
    const first = await RawClient.to(mock);
    const second = await RawClient.to(mock);
    expect(first.take()).toContain('QMP');
    expect(await second.send('{"execute":"qmp_capabilities"}')).toBe('');
    first.close();
    await turn();
    expect(second.take()).toMatch(/QMP.*\r\n\{"return": \{\}\}\r\n$/);
  });
});

describe('a mock', () => {
  it('has no command or handler that the schema does not know', () => {
    const mock = createMock({ schema });
    expect(() => mock.handle('no-such', () => ({}))).toThrow(TypeError);
    expect(() => mock.handle('query-status', 5 as never)).toThrow(TypeError);
  });

  it('sends raw bytes where they are wanted', async () => {
    const mock = monitor();
    await using vm = await connect(mock);
    mock.sendRaw('{"return": {}, "id": "never sent"}\r\n');
    expect(await vm.queryStatus()).toHaveProperty('running');
    mock.sendRaw('nonsense\r\n');
    expect(await vm.closed).toMatchObject({ code: 'connection-lost' });
  });

  it('stops reading from a client that does not', async () => {
    const mock = monitor();
    let executed = 0;
    mock.handle('human-monitor-command', () => {
      executed++;
      return 'x'.repeat(100_000);
    });
    const link = await mock.open(new AbortController().signal);
    const bytes = (text: string) => link.send(text);
    bytes('{"execute":"qmp_capabilities"}');
    const command =
      '{"execute":"human-monitor-command","arguments":{"command-line":"info version"}}\n';
    bytes(command.repeat(1000));
    await turn();
    expect(executed).toBeGreaterThan(5);
    expect(executed).toBeLessThan(20);
    link.start(
      () => {},
      () => {},
    );
    await turn();
    expect(executed).toBe(1000);
  });

  it('breaks with a client that lets events pile up, or sends without an end', async () => {
    const mock = createMock({ schema });
    const ends: unknown[] = [];
    const silent = await mock.open(new AbortController().signal);
    silent.send('{"execute":"qmp_capabilities"}');
    await turn();
    const data = { text: 'x'.repeat(1024 * 1024) };
    for (let count = 0; count < 70; count++) mock.emit('PILE', data);
    await turn();
    expect(mock.connections).toBe(0);

    const { opened } = gate();
    mock.handle('query-name', () => opened);
    const endless = await mock.open(new AbortController().signal);
    endless.start(
      () => {},
      (reason) => ends.push(reason),
    );
    endless.send('{"execute":"qmp_capabilities"}');
    endless.send('{"execute":"query-name"}{"execute":"query-name"}');
    const chunk = new Uint8Array(8 * 1024 * 1024).fill(0x20);
    for (let count = 0; count < 9; count++) endless.send(chunk);
    await turn();
    expect(ends).toHaveLength(1);
  });
});
