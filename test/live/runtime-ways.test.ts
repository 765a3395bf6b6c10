import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connectSdk } from '@qapi-ts/runtime';
import { listen } from '@qapi-ts/runtime/listen';
import { spawn } from '@qapi-ts/runtime/spawn';
import { tls } from '@qapi-ts/runtime/tls';
import { webSocket } from '@qapi-ts/runtime/websocket';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type AnyClient, SDK } from '../runtime/peer.js';
import { certificates } from '../support/certificates.js';
import { describeLive, findProgram } from '../support/qemu.js';

const ALL = ['5.2', '7.2', '11.1'] as const;
const MACHINE = ['-M', 'none', '-nodefaults', '-display', 'none'];

/** A port that nobody listens at. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Connects as soon as the server listens. */
async function eventually<T>(connect: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await connect();
    } catch (error) {
      if (attempt > 200) throw error;
      await new Promise((done) => setTimeout(done, 20));
    }
  }
}

describeLive(ALL, ['qemu-system-x86_64'], (start, release) => {
  it('is reached by TCP', async () => {
    const port = await freePort();
    await using _qemu = start.run('qemu-system-x86_64', () => [
      ...[...MACHINE, '-qmp', `tcp:127.0.0.1:${port},server=on,wait=on`],
    ]);
    const vm = await eventually(() => connectSdk<AnyClient>(SDK, `127.0.0.1:${port}`));
    expect(await vm.execute('query-name')).toEqual({});
    await vm.execute('quit');
    expect(await vm.closed).toBeUndefined();
  });

  it('connects out to a listener, again and again', async () => {
    await using qemu = start.run('qemu-system-x86_64', (folder) => [
      ...[...MACHINE, '-chardev', `socket,id=c,path=${join(folder, 'out')},${reconnects(release)}`],
      ...['-mon', 'chardev=c,mode=control'],
    ]);
    await using listener = await listen(join(qemu.folder, 'out'));
    const vm = await connectSdk<AnyClient>(SDK, listener);
    expect(await vm.execute('query-name')).toEqual({});
    await vm.close();
    const again = await connectSdk<AnyClient>(SDK, listener);
    expect(await again.execute('query-name')).toEqual({});
    await again.close();
    const late = connectSdk(SDK, listener, { connectTimeout: 1 });
    await expect(late).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is reached by TLS', async () => {
    const port = await freePort();
    await using qemu = start.run('qemu-system-x86_64', (folder) => {
      certificates(join(folder, 'pki'));
      const credentials = `dir=${join(folder, 'pki')},endpoint=server,verify-peer=on`;
      return [
        ...[...MACHINE, '-object', `tls-creds-x509,id=t,${credentials}`],
        '-chardev',
        `socket,id=c,host=127.0.0.1,port=${port},server=on,wait=on,tls-creds=t`,
        ...['-mon', 'chardev=c,mode=control'],
      ];
    });
    const pem = (name: string) => readFileSync(join(qemu.folder, 'pki', `${name}.pem`));
    const peer = { host: '127.0.0.1', port, servername: 'localhost', ca: pem('ca-cert') };
    const own = { cert: pem('client-cert'), key: pem('client-key') };
    const vm = await eventually(() => connectSdk<AnyClient>(SDK, tls({ ...peer, ...own })));
    expect(await vm.execute('query-name')).toEqual({});
    const schema = (await vm.execute('query-qmp-schema')) as unknown[];
    expect(schema.length).toBeGreaterThan(400);
    await vm.close();
    const stranger = connectSdk(SDK, tls({ ...peer, ca: [], ...own }));
    await expect(stranger).rejects.toMatchObject({ name: 'ConnectionError' });
    const anonymous = connectSdk(SDK, tls(peer), { negotiationTimeout: 2000 });
    await expect(anonymous).rejects.toThrow();
  });

  it('is reached by WebSocket', async () => {
    const port = await freePort();
    await using qemu = await start.qemu(
      '-chardev',
      `socket,id=c,host=127.0.0.1,port=${port},server=on,wait=off,websocket=on`,
      ...['-mon', 'chardev=c,mode=control'],
    );
    // QEMU forgets to wake the thread of its monitors for what a WebSocket brings; the traffic of
    // another monitor wakes it.
    const waker = await connectSdk<AnyClient>(SDK, qemu.path);
    const waking = setInterval(() => waker.execute('query-name').catch(() => {}), 5);
    try {
      const address = webSocket(`ws://127.0.0.1:${port}`, { WebSocket });
      const vm = await eventually(() => connectSdk<AnyClient>(SDK, address));
      const stopped = vm.waitFor('STOP');
      await vm.execute('stop');
      await stopped;
      const schema = (await vm.execute('query-qmp-schema')) as unknown[];
      expect(schema.length).toBeGreaterThan(400);
      await vm.close();
      const again = await eventually(() => connectSdk<AnyClient>(SDK, address));
      expect(await again.execute('quit')).toEqual({});
      expect(await again.closed).toBeUndefined();
    } finally {
      clearInterval(waking);
      await waker.close();
    }
  });

  it('is started with its monitor on a socket pair', async () => {
    const program = findProgram(release, 'qemu-system-x86_64') as [string, ...string[]];
    const qemu = spawn([...program, ...MACHINE]);
    const vm = await connectSdk<AnyClient>(SDK, qemu);
    expect(await vm.execute('query-name')).toEqual({});
    await expect(connectSdk(SDK, qemu)).rejects.toThrow(/once/);
    await vm.execute('quit');
    expect(await vm.closed).toBeUndefined();
    expect(await qemu.exit).toEqual({ code: 0, signal: null });
    expect(() => process.kill(qemu.process.pid ?? 0, 0)).toThrow();
  });

  it('that dies tells why', async () => {
    const program = findProgram(release, 'qemu-system-x86_64') as [string, ...string[]];
    const refused = spawn([...program, ...MACHINE, '-device', 'no-such-device']);
    await expect(connectSdk(SDK, refused)).rejects.toThrow(/exited with status 1.*no-such-device/s);
    const killed = spawn([...program, ...MACHINE]);
    const vm = await connectSdk<AnyClient>(SDK, killed);
    const pending = vm.waitFor('NEVER').catch((error) => error);
    killed.process.kill('SIGKILL');
    expect(await vm.closed).toMatchObject({ message: /was ended by SIGKILL/ });
    expect(await pending).toMatchObject({ name: 'ConnectionError' });
  });

  it('ends with its holder', async () => {
    const program = findProgram(release, 'qemu-system-x86_64') as [string, ...string[]];
    let pid = 0;
    {
      await using qemu = spawn([...program, ...MACHINE]);
      pid = qemu.process.pid ?? 0;
      const vm = await connectSdk<AnyClient>(SDK, qemu);
      await vm.close();
      expect(() => process.kill(pid, 0)).not.toThrow();
    }
    expect(() => process.kill(pid, 0)).toThrow();
  });
});

describeLive(ALL, ['qemu-storage-daemon'], (_start, release) => {
  it('is started with its monitor on a socket pair', async () => {
    const program = findProgram(release, 'qemu-storage-daemon') as [string, ...string[]];
    const chardev = ['--chardev', 'socket,id=m,fd=3', '--monitor', 'chardev=m'];
    const qsd = spawn(program, { monitor: chardev });
    const vm = await connectSdk<AnyClient>(SDK, qsd);
    expect(await vm.execute('query-block-exports')).toEqual([]);
    await vm.execute('quit');
    expect((await qsd.exit).code).toBe(0);
  });
});

describe('a program that is not there', () => {
  it('is told so', async () => {
    const qemu = spawn(['/no/such/qemu-system-none']);
    await expect(connectSdk(SDK, qemu)).rejects.toMatchObject({
      code: 'connect-failed',
      cause: { code: 'ENOENT' },
    });
    expect(await qemu.exit).toEqual({ code: -1, signal: null });
    await qemu[Symbol.asyncDispose]();
  });

  it('is not a WebSocket either', async () => {
    const port = await freePort();
    const address = webSocket(`ws://127.0.0.1:${port}`, { WebSocket });
    await expect(connectSdk(SDK, address)).rejects.toMatchObject({ code: 'connect-failed' });
  });
});

/** The option is in milliseconds from 9.2 on, and the older one is gone in 11. */
const reconnects = (release: string) => (release === '11.1' ? 'reconnect-ms=20' : 'reconnect=1');
