import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { launch } from '../support/launched.js';
import { describeLive, listens, type Running, type Starter } from '../support/qemu.js';

beforeAll(ensureBuilt);

/** A QEMU at these two monitors. */
async function serveAt(start: Starter, paths: readonly string[]): Promise<Running> {
  const running = start.run('qemu-system-x86_64', () => [
    ...['-M', 'none', '-nodefaults', '-display', 'none', '-S'],
    ...paths.flatMap((path) => ['-qmp', `unix:${path},server=on,wait=off`]),
  ]);
  for (const path of paths) await listens(path, running);
  return running;
}

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  it('follows a server that goes and comes back', async () => {
    const folder = folderWith();
    const watched = join(folder, 'watched');
    const driven = join(folder, 'driven');
    const exec = (name: string) => qapiTs(['exec', driven, name]);
    let first: Running | undefined = await serveAt(start, [watched, driven]);
    const follower = spawn(process.execPath, [LAUNCHER, 'events', watched, 'RESUME', 'STOP']);
    let text = '';
    let look = () => {};
    follower.stdout.on('data', (data) => {
      text += data;
      look();
    });
    const until = (wanted: string, from = 0) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (text.indexOf(wanted, from) >= 0) resolve();
        };
        look();
      });
    /** Drives the machine until the follower, which takes a moment to connect, has seen it. */
    const seen = async (from = 0) => {
      const timer = setInterval(() => void exec('cont').then(() => exec('stop')), 300);
      await until('STOP', from);
      clearInterval(timer);
    };
    try {
      await seen();
      await first[Symbol.asyncDispose]();
      first = undefined;
      await until('"gap":"lost"');
      for (const path of [watched, driven]) rmSync(path, { force: true });
      await using _second = await serveAt(start, [watched, driven]);
      await until('"gap":"restored"');
      await seen(text.indexOf('restored'));
      const ended = new Promise((done) => follower.once('close', (code, by) => done(by ?? code)));
      follower.kill('SIGINT');
      expect(await ended).toBe('SIGINT');
      const entries = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(new Set(entries.map(({ event, gap }) => event ?? gap))).toEqual(
        new Set(['RESUME', 'STOP', 'lost', 'restored']),
      );
    } finally {
      follower.kill('SIGKILL');
      await first?.[Symbol.asyncDispose]();
    }
  });

  it('ends cleanly when nobody reads on, and when its terminal is closed', async () => {
    const folder = folderWith();
    const watched = join(folder, 'watched');
    const driven = join(folder, 'driven');
    await using _qemu = await serveAt(start, [watched, driven]);
    const timer = setInterval(
      () => void qapiTs(['exec', driven, 'cont']).then(() => qapiTs(['exec', driven, 'stop'])),
      300,
    );
    try {
      await using unread = launch('events', watched);
      await unread.spoke;
      unread.process.stdout?.destroy();
      expect(await unread.ending).toMatchObject({ how: 0, stderr: '' });
      await using closed = launch('events', watched);
      await closed.spoke;
      closed.process.kill('SIGHUP');
      expect(await closed.ending).toMatchObject({ how: 'SIGHUP', stderr: '' });
    } finally {
      clearInterval(timer);
    }
  });
});
