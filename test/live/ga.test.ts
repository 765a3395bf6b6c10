import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { qapiTs } from '../support/cli.js';
import { launch } from '../support/launched.js';
import { describeLive, listens } from '../support/qemu.js';

/** The agent runs on the host itself: what would change it is blocked. */
const CHANGES_HOST = [
  ...['guest-shutdown', 'guest-suspend-disk', 'guest-suspend-ram', 'guest-suspend-hybrid'],
  ...['guest-fsfreeze-freeze', 'guest-fsfreeze-freeze-list', 'guest-fsfreeze-thaw', 'guest-fstrim'],
  ...['guest-set-time', 'guest-set-vcpus', 'guest-set-memory-blocks', 'guest-set-user-password'],
];

beforeAll(ensureBuilt);

describeLive(['7.2'], ['qemu-ga'], (start) => {
  const started = async () => {
    const running = start.run('qemu-ga', (folder) => [
      ...['--method=unix-listen', `--path=${join(folder, 'ga')}`],
      ...['-t', folder, '-f', join(folder, 'pid'), '-b', CHANGES_HOST.join(',')],
    ]);
    const path = join(running.folder, 'ga');
    await listens(path, running);
    return { running, path };
  };

  it('does what a real agent allows', async () => {
    const { running, path } = await started();
    await using _agent = running;
    const ga = (...words: string[]) => qapiTs(['ga', path, ...words]);
    expect((await ga('ping')).code).toBe(0);
    expect((await ga('info')).stdout).toMatch(
      /^version 7\.2.*\nenabled:\n(.*\n)*disabled:\n(.*\n)* {2}guest-fstrim\n/,
    );
    expect((await ga('ifconfig')).stdout).toContain('inet 127.0.0.1/8');
    expect((await ga('fsfreeze', 'status')).stdout).toBe('thawed\n');
    expect(await ga('fstrim')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'qapi-ts: error: CommandNotFound: Command guest-fstrim has been disabled\n',
    });
    expect((await ga('cat', '/absent')).stderr).toContain('No such file or directory');
    const exec = await ga('exec', '/bin/sh', '-c', 'echo out; echo err >&2; exit 7');
    expect(exec).toEqual({ code: 7, stdout: 'out\n', stderr: 'err\n' });
    const input = ['exec', '--env', 'A=é', '--input', '-', '/bin/sh', '-c', 'cat; printf $A'];
    expect((await qapiTs(['ga', path, ...input], { stdin: 'in ' })).stdout).toBe('in é');
    expect((await ga('exec', '/bin/sh', '-c', 'kill -9 $$')).code).toBe(137);
    expect((await ga('exec', '/absent')).code).toBe(1);
    const any = ['exec', path, 'guest-exec', 'path=/bin/true', '--target', 'qga'];
    expect((await qapiTs(any)).stdout).toMatch(/^\{"pid":\d+\}\n$/);
  });

  it('prints files of any size exactly, into pipes that end when they like', async () => {
    const { running, path } = await started();
    await using _agent = running;
    const bytes = Buffer.alloc(3_000_001, 'qapi\n\0\xff', 'latin1');
    const file = join(running.folder, 'file');
    writeFileSync(file, bytes);
    const args = [LAUNCHER, 'ga', path, 'cat', file];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { maxBuffer: 1 << 24 });
    expect({ status, stderr: `${stderr}` }).toEqual({ status: 0, stderr: '' });
    expect(stdout.equals(bytes)).toBe(true);
    // Without an end: the reader has what it wanted, and the file is closed in the guest.
    const endless = spawn(process.execPath, [LAUNCHER, 'ga', path, 'cat', '/dev/zero']);
    endless.stdout.once('data', () => endless.stdout.destroy());
    expect(await new Promise((done) => endless.once('close', done))).toBe(0);
    const opened = `/proc/${running.process.pid}/fd`;
    const { stdout: open } = await qapiTs(['ga', path, 'exec', '/bin/ls', '-l', opened]);
    expect(open).toContain('socket:');
    expect(open).not.toContain('/dev/zero');
  });

  it('ends cleanly when it is interrupted, and when the agent dies', async () => {
    const { running, path } = await started();
    await using _agent = running;
    const program = ['exec', '--no-wait', '/bin/sh', '-c'];
    const mark = join(running.folder, 'mark');
    // What runs in the guest says so by a file.
    for (const [end, how] of [
      [(child: ChildProcess) => child.kill('SIGINT'), 'SIGINT'],
      [() => running.process.kill('SIGKILL'), 2],
    ] as const) {
      const script = `touch ${mark}; sleep 2`;
      await using waiting = launch('ga', path, 'exec', '/bin/sh', '-c', script);
      while (!existsSync(mark)) await new Promise((done) => setTimeout(done, 20));
      rmSync(mark);
      end(waiting.process);
      const ending = await waiting.ending;
      expect(ending).toMatchObject({ how, stdout: '' });
      expect(ending.stderr).toMatch(
        how === 2 ? /^qapi-ts: error: / : /^qapi-ts: the program goes on/,
      );
    }
    expect((await qapiTs(['ga', path, ...program, 'true'])).code).toBe(2);
  });
});
