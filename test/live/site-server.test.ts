import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { describeLive, listens } from '../support/qemu.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qapi-ts-docs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const docs = (...args: string[]) => qapiTs(['docs', '--out', join(folder, 'site'), ...args]);
const page = (name: string) => readFileSync(join(folder, 'site', name), 'utf8');

describeLive(['7.2'], ['qemu-storage-daemon'], (start) => {
  it('documents what a running server tells, beside the release it is of', async () => {
    await using running = start.run('qemu-storage-daemon', (own) => [
      ...['--chardev', `socket,id=m,path=${own}/qmp,server=on,wait=on`],
      ...['--monitor', 'chardev=m'],
    ]);
    const path = join(running.folder, 'qmp');
    await listens(path, running);
    const { code, stderr } = await docs('7.2', `running=unix:${path}`, '--target', 'qsd');
    expect([code, stderr]).toEqual([0, '']);
    // A build lacks what its conditions leave out, and has nothing more.
    expect(page('qsd/changes-running.html')).toMatch(/Since 7\.2: 0 new, \d+ gone/);
    expect(page('qsd/changes-running.html')).toContain('known from the reply of one server');
    const add = page('qsd/command-blockdev-add.html');
    expect(add).toContain('since 2.9');
    expect(add).toContain('>BlockdevOptions</a>');
  });

  it('ends when the server does', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((done) => server.listen(join(folder, 'sock'), done));
    try {
      const { code, stdout, stderr } = await docs(`unix:${join(folder, 'sock')}`);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^qapi-ts: error: /);
    } finally {
      server.close();
    }
  });
});
