import { spawn } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { certificates } from '../support/certificates.js';
import { qapiTs } from '../support/cli.js';
import { launch } from '../support/launched.js';
import { describeLive, findProgram } from '../support/qemu.js';

const MACHINE = ['-M', 'none', '-nodefaults', '-display', 'none'];

beforeAll(ensureBuilt);

const exec = (...args: string[]) => qapiTs(['exec', ...args]);

/** Runs until it succeeds: a server may not listen yet. */
async function eventually(run: () => ReturnType<typeof qapiTs>): ReturnType<typeof qapiTs> {
  for (let attempt = 0; ; attempt++) {
    const ran = await run();
    if (ran.code === 0 || attempt > 200) return ran;
    await new Promise((done) => setTimeout(done, 20));
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

describeLive(['7.2'], ['qemu-system-x86_64', 'qemu-storage-daemon'], (start, release) => {
  it('executes commands with typed arguments', async () => {
    await using qemu = await start.qemu('-S');
    const nodes = ['driver=null-co', 'node-name=on', 'size=1.5G'];
    expect(await exec(qemu.path, 'blockdev-add', ...nodes)).toEqual({
      code: 0,
      stdout: '{}\n',
      stderr: '',
    });
    const { stdout } = await exec(qemu.path, 'query-named-block-nodes', 'flat=on');
    expect(JSON.parse(stdout)[0]).toMatchObject({
      'node-name': 'on',
      image: { 'virtual-size': 1610612736 },
    });
    const raw = ['blockdev-add', 'driver=raw', 'node-name=r', 'file=on', 'size=4k'];
    expect(await exec(qemu.path, ...raw)).toMatchObject({ code: 0 });
    expect(await exec(qemu.path, 'blockdev-del', '{"node-name":"none"}')).toEqual({
      code: 1,
      stdout: '',
      stderr: "qapi-ts: error: GenericError: Failed to find node with node-name='none'\n",
    });
    const wrong = await exec(qemu.path, 'blockdev-add', 'driver=raw', 'file.driver=null-coo');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain(
      "'null-coo' is no value of 'file.driver' (did you mean 'null-co'?)",
    );
    expect((await exec(qemu.path, 'human-monitor-command', 'command-line="info name"')).code).toBe(
      0,
    );
  });

  it('executes out of band', async () => {
    await using qemu = await start.qemu('-S');
    const oob = (name: string) => exec(qemu.path, name, '--oob');
    expect(await oob('query-yank')).toMatchObject({ code: 0, stderr: '' });
    expect(await oob('stop')).toMatchObject({ code: 1, stdout: '' });
  });

  it('waits for events, and runs jobs to their end', async () => {
    await using qemu = await start.qemu('-S');
    const wait = ['--wait-event', 'RESUME', '--timeout', '20'];
    const { stdout } = await exec(qemu.path, 'cont', ...wait);
    const [reply, event] = stdout.trimEnd().split('\n');
    expect(reply).toBe('{}');
    expect(JSON.parse(event ?? '')).toMatchObject({ event: 'RESUME' });
    for (const name of ['a', 'b']) {
      const node = ['driver=null-co', `node-name=${name}`, 'size=64M', 'read-zeroes=on'];
      expect((await exec(qemu.path, 'blockdev-add', ...node)).code).toBe(0);
    }
    const mirror = ['blockdev-mirror', 'job-id=j', 'device=a', 'target=b', 'sync=full', '--job'];
    expect(await exec(qemu.path, ...mirror)).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
    expect((await exec(qemu.path, 'query-jobs')).stdout).toBe('[]\n');
    const slow = [...mirror, 'speed=1', '--timeout', '3'];
    const cancelled = await exec(qemu.path, ...slow);
    expect(cancelled.code).toBe(2);
    expect(cancelled.stderr).toContain('took longer than 3 s and was cancelled');
    expect((await exec(qemu.path, 'query-jobs')).stdout).toBe('[]\n');
  });

  it('comes by every way', async () => {
    const [tcp, tls, ws] = [await freePort(), await freePort(), await freePort()];
    await using qemu = start.run('qemu-system-x86_64', (folder) => {
      certificates(join(folder, 'pki'));
      return [
        ...MACHINE,
        ...['-qmp', `tcp:127.0.0.1:${tcp},server=on,wait=off`],
        ...['-object', `tls-creds-x509,id=t,dir=${join(folder, 'pki')},endpoint=server`],
        ...['-chardev', `socket,id=s,host=127.0.0.1,port=${tls},server=on,wait=off,tls-creds=t`],
        ...['-mon', 'chardev=s,mode=control'],
        ...['-chardev', `socket,id=w,host=127.0.0.1,port=${ws},server=on,wait=off,websocket=on`],
        ...['-mon', 'chardev=w,mode=control'],
        ...['-chardev', `socket,id=o,path=${join(folder, 'out')},reconnect=1`],
        ...['-mon', 'chardev=o,mode=control'],
      ];
    });
    const done = { code: 0, stdout: '{}\n', stderr: '' };
    const pki = join(qemu.folder, 'pki');
    expect(await eventually(() => exec(`127.0.0.1:${tcp}`, 'query-name'))).toEqual(done);
    const secure = ['--tls-creds', pki, '--tls-hostname', 'localhost'];
    expect(await exec(`tls:127.0.0.1:${tls}`, 'query-name', ...secure)).toEqual(done);
    const stranger = await exec(`tls:127.0.0.1:${tls}`, 'query-name');
    expect(stranger).toMatchObject({ code: 2, stdout: '' });
    expect(stranger.stderr).toMatch(/self-signed certificate|unable to .* certificate/);
    expect(await exec(`listen:${join(qemu.folder, 'out')}`, 'query-name')).toEqual(done);
    // A socket that was inherited.
    const inherited = createServer({ pauseOnConnect: true }).listen(join(qemu.folder, 'out'));
    const socket = await new Promise<Socket>((resolve) => inherited.once('connection', resolve));
    const child = spawn(process.execPath, [LAUNCHER, 'exec', 'fd:3', 'query-name'], {
      stdio: ['ignore', 'pipe', 'inherit', socket],
    });
    inherited.close();
    socket.destroy();
    let said = '';
    for await (const chunk of child.stdout ?? []) said += chunk;
    expect(said).toBe('{}\n');
    // QEMU has to be woken for what a WebSocket brings: another monitor's traffic does it.
    const waking = setInterval(() => exec(`127.0.0.1:${tcp}`, 'query-name'), 100);
    try {
      expect(await exec(`ws://127.0.0.1:${ws}`, 'query-name')).toEqual(done);
    } finally {
      clearInterval(waking);
    }
    const program = findProgram(release, 'qemu-system-x86_64') as readonly string[];
    expect(await exec(`spawn:${[...program, ...MACHINE].join(' ')}`, 'query-name')).toEqual(done);
    const refused = await exec(`spawn:${[...program, '-M', 'nothing'].join(' ')}`, 'query-name');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/exited with status 1: .*unsupported machine type; Use/);
  });

  it('speaks to a storage daemon', async () => {
    await using daemon = start.run('qemu-storage-daemon', (folder) => [
      ...['--chardev', `socket,id=c,path=${join(folder, 'qmp')},server=on,wait=on`],
      ...['--monitor', 'chardev=c'],
    ]);
    const path = join(daemon.folder, 'qmp');
    const args = [path, 'blockdev-add', 'driver=null-co', 'node-name=n', '--target', 'qsd'];
    expect(await eventually(() => exec(...args))).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
  });

  it('ends cleanly as a process', async () => {
    await using qemu = await start.qemu('-S');
    // Nobody reads on.
    await using unread = launch('exec', qemu.path, 'query-qmp-schema');
    await unread.spoke;
    unread.process.stdout?.destroy();
    expect(await unread.ending).toMatchObject({ how: 0, stderr: '' });
    // Ctrl-C, and a closed terminal: it dies by the signal, and says nothing.
    for (const signal of ['SIGINT', 'SIGHUP'] as const) {
      await using waiting = launch('exec', qemu.path, 'stop', '--wait-event', 'SHUTDOWN');
      await waiting.spoke;
      waiting.process.kill(signal);
      expect(await waiting.ending).toEqual({ how: signal, stdout: '{}\n', stderr: '' });
    }
    // The server is killed in the middle.
    await using orphan = launch('exec', qemu.path, 'stop', '--wait-event', 'RESET');
    await orphan.spoke;
    qemu.process.kill('SIGKILL');
    const left = await orphan.ending;
    expect(left).toMatchObject({ how: 2, stdout: '{}\n' });
    expect(left.stderr).toMatch(/^qapi-ts: error: The connection ended before RESET\n$/);
  });
});
