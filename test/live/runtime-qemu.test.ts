import { execFileSync } from 'node:child_process';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { AbortError, type CommandError, connectSdk, TimeoutError } from '@qapi-ts/runtime';
import { expect, it } from 'vitest';
import { type AnyClient, SDK, tick } from '../runtime/peer.js';
import { describeLive, findProgram, listens } from '../support/qemu.js';

const ALL = ['5.2', '7.2', '11.1'] as const;
/** What an agent that runs on the host itself must not be able to do. */
const CHANGES_HOST = [
  ...['guest-shutdown', 'guest-suspend-disk', 'guest-suspend-ram', 'guest-suspend-hybrid'],
  ...['guest-fsfreeze-freeze', 'guest-fsfreeze-freeze-list', 'guest-fstrim', 'guest-exec'],
  ...['guest-set-time', 'guest-set-vcpus', 'guest-set-memory-blocks', 'guest-set-user-password'],
];

const connect = (path: string, options = {}) => connectSdk<AnyClient>(SDK, path, options);

describeLive(ALL, ['qemu-system-x86_64'], (start, release) => {
  it('negotiates with and without out-of-band execution', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const [major, minor] = release.split('.').map(Number);
    expect(vm.greeting).toMatchObject({ qemu: { major, minor }, capabilities: ['oob'] });
    const urgent = vm.execute('migrate-pause', undefined, { oob: true });
    await expect(urgent).rejects.toMatchObject({ class: 'GenericError' });
    await vm.close();
    const plain = await connect(qemu.path, { oob: false });
    await expect(plain.execute('migrate-pause', undefined, { oob: true })).rejects.toMatchObject({
      code: 'oob-unavailable',
    });
    expect(await plain.execute('query-name')).toEqual({});
    await plain.close();
  });

  it('answers 2,000 commands at once, in order and each its own', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 2000 }, async (_, n) => {
        const path = n % 2 ? '/machine' : `/absent-${n}`;
        const args = { path, property: 'type' };
        const result = await vm.execute('qom-get', args).catch((error) => error);
        order.push(n);
        if (n % 2) expect(result).toMatch(/machine/);
        else expect(result).toMatchObject({ class: 'DeviceNotFound', message: RegExp(`-${n}'`) });
      }),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    await vm.close();
  });

  it('prints pretty', async () => {
    await using qemu = start.run('qemu-system-x86_64', (folder) => [
      ...['-M', 'none', '-nodefaults', '-display', 'none'],
      ...['-chardev', `socket,id=c,path=${join(folder, 'qmp')},server=on,wait=on`],
      ...['-mon', 'chardev=c,mode=control,pretty=on'],
    ]);
    const path = join(qemu.folder, 'qmp');
    await listens(path, qemu);
    const vm = await connect(path);
    const schema = (await vm.execute('query-qmp-schema')) as unknown[];
    expect(schema.length).toBeGreaterThan(400);
    const stopped = vm.waitFor('STOP');
    await vm.execute('stop');
    expect((await stopped).event).toBe('STOP');
    await vm.close();
  });

  it('sends STOP and RESUME, before the replies', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const events = vm.events('STOP', 'RESUME');
    const order: string[] = [];
    vm.on('STOP', () => order.push('STOP'));
    await vm.execute('stop').then(() => order.push('stop'));
    await vm.execute('cont');
    expect(order).toEqual(['STOP', 'stop']);
    expect((await events.next()).value?.event).toBe('STOP');
    expect((await events.next()).value?.event).toBe('RESUME');
    await vm.close();
  });

  it('runs jobs, and tells their errors', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const progress: unknown[] = [];
    const filename = join(qemu.folder, 'img');
    const options = { driver: 'file', filename, size: 65536 };
    await vm.runJob(
      'blockdev-create',
      { 'job-id': 'j', options },
      {
        onProgress: (job) => progress.push(job['total-progress']),
      },
    );
    expect(progress.length).toBeGreaterThan(0);
    expect(await vm.execute('query-jobs')).toEqual([]);
    const absent = { ...options, filename: join(qemu.folder, 'no', 'img') };
    await expect(
      vm.runJob('blockdev-create', { 'job-id': 'j', options: absent }),
    ).rejects.toMatchObject({ name: 'CommandError', desc: /No such file/ });
    expect(await vm.execute('query-jobs')).toEqual([]);

    for (const name of ['a', 'b']) {
      await vm.execute('blockdev-add', { driver: 'null-co', 'node-name': name, size: 1 << 20 });
    }
    const mirror = { 'job-id': 'm', device: 'a', target: 'b', sync: 'full' };
    await vm.runJob('blockdev-mirror', mirror);
    expect(await vm.execute('query-jobs')).toEqual([]);
    const manual = { ...mirror, 'auto-finalize': false, 'auto-dismiss': false };
    await vm.runJob('blockdev-mirror', manual);
    expect(await vm.execute('query-jobs')).toEqual([]);

    const abort = new AbortController();
    const slow = vm.runJob('blockdev-mirror', { ...mirror, speed: 1 }, { signal: abort.signal });
    setTimeout(() => abort.abort(), 30);
    await expect(slow).rejects.toBeInstanceOf(AbortError);
    expect(await vm.execute('query-jobs')).toEqual([]);
    await vm.close();
  });

  it('echoes object ids', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path, { oob: false });
    const ids = [{ a: 1, b: [true, null, { z: 'y' }], aa: {} }, 'é☃😀', [1, '2'], null, 2n ** 63n];
    const results = ids.map((id) => vm.execute('query-name', undefined, { id }));
    expect(await Promise.all(results)).toEqual(ids.map(() => ({})));
    await vm.close();
  });

  it('gives an error of each class', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const failure = (name: string, args?: object) =>
      vm.execute(name, args as object).catch((error: CommandError) => error.class);
    expect(await failure('no-such')).toBe('CommandNotFound');
    expect(await failure('blockdev-del', { 'node-name': 'none' })).toBe('GenericError');
    expect(await failure('qom-list', { path: '/none' })).toBe('DeviceNotFound');
    expect(await failure('block-job-cancel', { device: 'none' })).toBe('DeviceNotActive');
    await vm.close();
  });

  it('gives 64-bit integers whole', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const id = 'io';
    const max = 2n ** 63n - 1n;
    await vm.execute('object-add', { 'qom-type': 'iothread', id, 'poll-max-ns': max });
    const got = await vm.execute('qom-get', { path: '/objects/io', property: 'poll-max-ns' });
    expect(got).toBe(max);
    await vm.close();
  });

  it('gives a parse error to the command that caused it', async () => {
    await using qemu = await start.qemu();
    for (const oob of [true, false]) {
      const vm = await connect(qemu.path, { oob });
      // A lone surrogate is JSON to JavaScript, and none to QEMU.
      const settled = await Promise.allSettled([
        vm.execute('query-name'),
        vm.execute('qom-list', { path: '\ud800' }),
        vm.execute('query-status'),
      ]);
      expect(settled[0]).toMatchObject({ value: {} });
      expect(settled[1]).toMatchObject({ reason: { command: 'qom-list', class: 'GenericError' } });
      expect(settled[2]).toMatchObject({ value: { running: true } });
      expect(await vm.execute('query-name')).toEqual({});
      await vm.close();
    }
  });

  it('is killed in the middle of a command', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const all = Array.from({ length: 20 }, () => vm.execute('query-qmp-schema'));
    const settled = Promise.allSettled(all);
    await all[0];
    qemu.process.kill('SIGKILL');
    const outcomes = (await settled).map((result) =>
      result.status === 'rejected' ? result.reason.outcome : 'answered',
    );
    expect(outcomes[0]).toBe('answered');
    expect(outcomes.at(-1)).toBe('not-sent');
    expect(outcomes).toContain('unknown');
    expect(await qemu.exit).toBe('SIGKILL');
    await vm.closed;
  });

  it('quits, and that is a clean end', async () => {
    for (let n = 0; n < 10; n++) {
      await using qemu = await start.qemu();
      const vm = await connect(qemu.path);
      const shutdown = vm.waitFor('SHUTDOWN').catch(() => undefined);
      expect(await vm.execute('quit')).toEqual({});
      expect(await vm.closed).toBeUndefined();
      expect(await qemu.exit).toBe(0);
      await shutdown;
    }
  });

  it('makes a second client wait, no longer than its deadline', async () => {
    await using qemu = await start.qemu();
    const vm = await connect(qemu.path);
    const second = connect(qemu.path, { negotiationTimeout: 100 });
    await expect(second).rejects.toBeInstanceOf(TimeoutError);
    await vm.close();
    const third = await connect(qemu.path);
    expect(await third.execute('query-name')).toEqual({});
    await third.close();
  });

  it('is reconnected to when its monitor was taken away', async () => {
    await using qemu = await start.qemu();
    const sockets: Socket[] = [];
    const relay = createServer((near) => {
      const far = createConnection(qemu.path);
      sockets.push(near, far);
      near.pipe(far).on('error', () => {});
      far.pipe(near).on('error', () => {});
    });
    const path = join(qemu.folder, 'relay');
    await new Promise<void>((done) => relay.listen(path, done));
    const vm = await connect(path, { reconnect: { minDelay: 5 } });
    for (let n = 0; n < 3; n++) {
      const restored = vm.waitFor('CONNECTION_RESTORED', undefined, { timeout: 5000 });
      const pending = vm.execute('query-qmp-schema').catch((error) => error);
      for (const socket of sockets.splice(0)) socket.destroy();
      expect(await pending).toMatchObject({ name: 'ConnectionError', outcome: 'unknown' });
      await restored;
      expect(await vm.execute('query-name')).toEqual({});
    }
    await vm.close();
    relay.close();
  });
});

describeLive(ALL, ['qemu-storage-daemon', 'qemu-img'], (start, release) => {
  it('exports a disk from the storage daemon', async () => {
    await using daemon = start.run('qemu-storage-daemon', (folder) => [
      ...['--chardev', `socket,id=c,path=${join(folder, 'qmp')},server=on,wait=on`],
      ...['--monitor', 'chardev=c'],
    ]);
    const path = join(daemon.folder, 'qmp');
    await listens(path, daemon);
    const qsd = await connect(path);
    await qsd.execute('blockdev-add', { driver: 'null-co', 'node-name': 'n', size: 1 << 20 });
    const nbd = join(daemon.folder, 'nbd');
    const addr = { type: 'unix', data: { path: nbd } };
    await qsd.execute('nbd-server-start', { addr });
    const exported = { type: 'nbd', id: 'e', 'node-name': 'n', name: 'disk' };
    await qsd.execute('block-export-add', exported);
    const [tool = '', ...first] = findProgram(release, 'qemu-img') as readonly string[];
    const url = `nbd+unix:///disk?socket=${nbd}`;
    const info = execFileSync(tool, [...first, 'info', '--output=json', url], { encoding: 'utf8' });
    expect(JSON.parse(info)).toMatchObject({ 'virtual-size': 1 << 20 });
    const deleted = qsd.waitFor('BLOCK_EXPORT_DELETED', undefined, { timeout: 5000 });
    await qsd.execute('block-export-del', { id: 'e' });
    expect((await deleted).data).toEqual({ id: 'e' });
    await qsd.execute('quit');
    expect(await qsd.closed).toBeUndefined();
    expect(await daemon.exit).toBe(0);
  });
});

describeLive(ALL, ['qemu-ga'], (start) => {
  const agent = {
    protocol: 'qga',
    commands: 'guest-ping guest-info guest-sync guest-get-time',
  } as const;

  const started = async () => {
    const running = start.run('qemu-ga', (folder) => [
      ...['--method=unix-listen', `--path=${join(folder, 'ga')}`],
      ...['-t', folder, '-f', join(folder, 'pid'), '-b', CHANGES_HOST.join(',')],
    ]);
    const path = join(running.folder, 'ga');
    await listens(path, running);
    return { running, path };
  };

  it('speaks to an agent with the remains of an earlier session', async () => {
    const { running, path } = await started();
    await using _agent = running;
    // An earlier client leaves half a command behind.
    const stale = createConnection(path);
    stale.write('{"execute":"guest-ping"}\n{"execute":"guest-pi');
    await new Promise((done) => stale.once('data', done));
    stale.end();
    await tick(50);
    const ga = await connectSdk<AnyClient>(agent, path);
    expect(await ga.execute('guest-ping')).toEqual({});
    const info = (await ga.execute('guest-info')) as { version: string };
    expect(info.version).toMatch(/^\d+\.\d+/);
    await expect(ga.execute('no-such')).rejects.toMatchObject({ class: 'CommandNotFound' });
    expect(await ga.execute('guest-sync', { id: 2n ** 63n - 1n })).toBe(2n ** 63n - 1n);
    const all = await Promise.all(Array.from({ length: 200 }, () => ga.execute('guest-ping')));
    expect(all).toHaveLength(200);
    await ga.close();
  });

  it('synchronizes again after a deadline, and reconnects', async () => {
    const { running, path } = await started();
    await using _agent = running;
    const ga = await connectSdk<AnyClient>(agent, path, { reconnect: { minDelay: 5 } });
    for (let n = 0; n < 5; n++) {
      await ga.execute('guest-info', undefined, { timeout: 0 }).catch(() => {});
      expect(await ga.execute('guest-sync', { id: n })).toBe(n);
    }
    await ga.close();
  });
});
