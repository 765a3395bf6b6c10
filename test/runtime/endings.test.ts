import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AbortError, ConnectionError, connectSdk, TimeoutError } from '@qapi-ts/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AnyClient, connected, GREETING, Peer, SDK, tick } from './peer.js';

describe('a deadline or a signal of a command', () => {
  it('leaves the connection usable, and the late reply is swallowed', async () => {
    const { vm, peer } = await connected();
    const abort = new AbortController();
    const slow = vm.execute('slow', {}, { timeout: 10 }).catch((error) => error);
    const other = vm.execute('other', {}, { signal: abort.signal }).catch((error) => error);
    await peer.take();
    const late = await slow;
    expect(late).toBeInstanceOf(TimeoutError);
    expect(late).toMatchObject({ code: 'timeout', outcome: 'unknown', message: /^slow took/ });
    const reason = new Error('why');
    abort.abort(reason);
    const aborted = await other;
    expect(aborted).toBeInstanceOf(AbortError);
    expect(aborted).toMatchObject({ outcome: 'unknown', cause: reason });
    const good = vm.execute('good');
    const { id } = await peer.take();
    peer.send({ return: 'late', id: 2 });
    peer.send({ error: { desc: 'late' }, id });
    const { id: last } = await peer.take();
    peer.send({ return: 'right', id: last });
    expect(await good).toBe('right');
  });

  it('knows a command that was not sent', async () => {
    const { vm, peer } = await connected();
    for (let n = 0; n < 8; n++) vm.execute('fill').catch(() => {});
    const queued = vm.execute('queued', {}, { timeout: 5 });
    await expect(queued).rejects.toMatchObject({ name: 'TimeoutError', outcome: 'not-sent' });
    const signal = AbortSignal.abort();
    const never = vm.execute('never', {}, { signal });
    await expect(never).rejects.toMatchObject({ name: 'AbortError', outcome: 'not-sent' });
    for (let n = 0; n < 8; n++) expect(await peer.answer()).toMatchObject({ execute: 'fill' });
    await tick();
    expect(peer.pending).toBe(false);
    await vm.close();
  });

  it('comes from the connection’s options, or the command’s own', async () => {
    const { vm } = await connected({ commandTimeout: 5 });
    await expect(vm.execute('slow')).rejects.toBeInstanceOf(TimeoutError);
    const patient = vm.execute('slow', {}, { timeout: 60_000 });
    const outcome = await Promise.race([patient, tick(30).then(() => 'waiting')]);
    expect(outcome).toBe('waiting');
    patient.catch(() => {});
    await vm.close();
  });

  it('may be longer than timers go', async () => {
    const { vm, peer } = await connected();
    const result = vm.execute('x', {}, { timeout: Number.POSITIVE_INFINITY });
    const other = vm.execute('x', {}, { timeout: 2 ** 40 });
    await tick();
    await peer.answer();
    await peer.answer();
    await Promise.all([result, other]);
  });

  it('leaves no listener on the signal', async () => {
    const { vm, peer } = await connected();
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener: add, removeEventListener: remove } = signal;
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove.apply(signal, args);
    };
    for (let n = 0; n < 20; n++) {
      const result = vm.execute('x', {}, { signal, timeout: 1000 });
      await peer.answer();
      await result;
    }
    expect(listeners).toBe(0);
  });
});

describe('the end of a connection', () => {
  it('rejects everything at once, and says what is known', async () => {
    const { vm, peer } = await connected();
    const all = Array.from({ length: 10 }, (_, n) => vm.execute(`c${n}`));
    const settled = Promise.allSettled(all);
    await peer.take();
    peer.address.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    const outcomes = (await settled).map((result) =>
      result.status === 'rejected' ? result.reason : undefined,
    );
    for (const error of outcomes) expect(error).toBeInstanceOf(ConnectionError);
    expect(outcomes.map((error) => error.outcome)).toEqual([
      ...Array(8).fill('unknown'),
      'not-sent',
      'not-sent',
    ]);
    expect(outcomes[0]).toMatchObject({ code: 'connection-lost', message: /^c0: .*ECONNRESET/ });
    expect(await vm.closed).toMatchObject({ code: 'connection-lost' });
    await expect(vm.execute('x')).rejects.toMatchObject({ outcome: 'not-sent', message: /^x: / });
  });

  it('is clean when the server ends it, or the client', async () => {
    const one = await connected();
    one.peer.end();
    expect(await one.vm.closed).toBeUndefined();
    const two = await connected();
    const pending = two.vm.execute('x').catch((error) => error);
    await two.vm.close();
    await two.vm.close();
    await two.vm[Symbol.asyncDispose]();
    expect(await two.vm.closed).toBeUndefined();
    expect(await pending).toMatchObject({ code: 'connection-closed' });
  });

  it.each([true, false])(
    'is clean after quit, whatever it looks like (reply: %s)',
    async (reply) => {
      const { vm, peer } = await connected();
      const quit = vm.execute('quit');
      const { id } = await peer.take();
      if (reply) peer.send({ return: {}, id });
      await tick();
      peer.address.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
      expect(await quit).toEqual({});
      expect(await vm.closed).toBeUndefined();
    },
  );

  it('does not lose what was sent just before', async () => {
    const { vm, peer } = await connected();
    vm.execute('last').catch(() => {});
    await vm.close();
    expect((await peer.take()).execute).toBe('last');
  });
});

describe('connecting', () => {
  let folder: string;
  let path: string;
  let server: Server | undefined;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qapi-ts-'));
    path = join(folder, 'socket');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
    await rm(folder, { recursive: true });
  });

  const listen = (where: string | number, greet = true) =>
    new Promise<void>((resolve) => {
      server = createServer((socket) => {
        sockets.push(socket);
        socket.on('error', () => {});
        if (!greet) return;
        socket.write(GREETING);
        socket.on('data', (data) => {
          for (const line of data.toString().split('\n').filter(Boolean)) {
            socket.write(`${JSON.stringify({ return: {}, id: JSON.parse(line).id })}\r\n`);
          }
        });
      }).listen(where, () => resolve());
    });

  it.each([
    ['a path', () => path],
    ['unix:path', () => `unix:${path}`],
    ['an object', () => ({ path })],
  ])('reaches a Unix socket by %s', async (_name, address) => {
    await listen(path);
    const vm = await connectSdk<AnyClient>(SDK, address());
    expect(await vm.execute('x')).toEqual({});
    await vm.close();
  });

  it.each([
    (port: number) => `localhost:${port}`,
    (port: number) => `tcp:127.0.0.1:${port}`,
    (port: number) => `:${port}`,
    (port: number) => ({ host: 'localhost', port }),
    (port: number) => ({ port }),
    (port: number) => `[::1]:${port}`,
  ])('reaches a TCP port', async (address) => {
    await listen(0);
    const { port } = (server as Server).address() as AddressInfo;
    const vm = await connectSdk<AnyClient>(SDK, address(port)).catch((error) => error);
    // A machine without IPv6 has no [::1]; the address is still understood as one.
    if (vm instanceof Error) return expect(vm.message).toMatch(/::1.*EADDRNOTAVAIL/);
    expect(await vm.execute('x')).toEqual({});
    await vm.close();
  });

  it('refuses an address without a port', async () => {
    await expect(connectSdk(SDK, 'tcp:host')).rejects.toThrow(TypeError);
  });

  it('says what is not there', async () => {
    const failure = await connectSdk<Error>(SDK, path).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(ConnectionError);
    expect(failure).toMatchObject({ code: 'connect-failed', cause: { code: 'ENOENT' } });
    expect(failure.message).toContain(path);
  });

  it('has a signal and a deadline', async () => {
    await listen(path, false);
    const aborted = connectSdk(SDK, path, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toBeInstanceOf(AbortError);
    const abort = new AbortController();
    const later = connectSdk(SDK, path, { signal: abort.signal });
    setTimeout(() => abort.abort(), 10);
    await expect(later).rejects.toBeInstanceOf(AbortError);
    const late = connectSdk(SDK, path, { negotiationTimeout: 10 });
    await expect(late).rejects.toBeInstanceOf(TimeoutError);
    const stuck = { name: 'nowhere', open: () => new Promise<never>(() => {}) };
    const never = connectSdk(SDK, stuck, { connectTimeout: 10 });
    await expect(never).rejects.toMatchObject({ name: 'TimeoutError', message: /nowhere/ });
  });

  it('takes a stream that is open', async () => {
    const peer = new Peer();
    peer.send(GREETING);
    const connecting = connectSdk<AnyClient>(SDK, peer.address);
    await peer.answer();
    await (await connecting).close();
    await expect(connectSdk(SDK, peer.address)).rejects.toBeInstanceOf(ConnectionError);
  });

  it('leaves nothing that keeps the process alive', async () => {
    await listen(path);
    const kinds = () => process.getActiveResourcesInfo().filter((kind) => kind !== 'TTYWrap');
    const before = kinds().filter((kind) => kind === 'Timeout').length;
    const vm = await connectSdk<AnyClient>(SDK, path, { commandTimeout: 60_000 });
    await vm.execute('x');
    vm.waitFor('A', undefined, { timeout: 60_000 });
    await vm.close();
    await tick(20);
    expect(kinds().filter((kind) => kind === 'Timeout').length).toBeLessThanOrEqual(before);
  });
});
