import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectAgent } from '@qapi-ts/qemu/7.2/qga';
import { connect } from '@qapi-ts/qemu/7.2/qmp';
import { beforeAll, expect, it } from 'vitest';
import { RecordingFile } from '../../generator/traffic/index.js';
import { ensureBuilt } from '../support/built.js';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { launch } from '../support/launched.js';
import { describeLive, listens } from '../support/qemu.js';
import { linesOf, recorderOf } from '../traffic/support.js';

/** The agent runs on the host itself: what would change it is blocked. */
const CHANGES_HOST = [
  ...['guest-shutdown', 'guest-suspend-disk', 'guest-suspend-ram', 'guest-suspend-hybrid'],
  ...['guest-fsfreeze-freeze', 'guest-fsfreeze-freeze-list', 'guest-fsfreeze-thaw', 'guest-fstrim'],
  ...['guest-set-time', 'guest-set-vcpus', 'guest-set-memory-blocks', 'guest-set-user-password'],
];

beforeAll(ensureBuilt);

type Vm = Awaited<ReturnType<typeof connect>>;

/** Commands, events, a job, a refusal, a secret, numbers of 64 bits, and a long reply. */
async function session(vm: Vm, image: string): Promise<unknown[]> {
  const stopped = vm.waitFor('STOP', undefined, { timeout: 10_000 });
  await vm.stop();
  await stopped;
  const status = await vm.queryStatus();
  await vm.execute('object-add', { 'qom-type': 'secret', id: 'key', data: 'hunter2' });
  await vm.runJob('blockdev-create', {
    'job-id': 'make',
    options: { driver: 'file', filename: image, size: 2 ** 20 },
  });
  const refused = await vm
    .executeUnknown('qom-get', { path: '/nowhere', property: 'p' })
    .catch(({ desc }) => desc);
  const seed = await vm
    .executeUnknown('object-add', { 'qom-type': 'x', id: 'y', size: 18446744073709551615n })
    .catch(({ desc }) => desc);
  const infos = await vm.queryQmpSchema();
  return [status, refused, seed, infos.length];
}

describeLive(['5.2', '7.2', '11.1'], ['qemu-system-x86_64'], (start) => {
  it('is recorded; its recording serves a client, and holds for another QEMU', async () => {
    const image = join(folderWith(), 'image');
    let answers: unknown[] = [];
    let file = '';
    {
      await using qemu = await start.qemu();
      const recorded = await recorderOf(qemu.path);
      file = recorded.file;
      const vm = await connect(recorded.path);
      answers = await session(vm, image);
      await vm.quit();
      await qemu.exit;
      await recorded.recorder.first;
      await recorded.recorder.close();
    }
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('hunter2');
    expect(text).toContain('18446744073709551615');
    expect(linesOf(file).length).toBeGreaterThan(20);

    const path = join(folderWith(), 'replay');
    const abort = new AbortController();
    const args = ['replay', file, '--listen', path, '--speed', 'max'];
    const serving = qapiTs(args, { signal: abort.signal });
    try {
      while (!existsSync(path)) {
        await Promise.race([serving, new Promise((done) => setTimeout(done, 5))]);
      }
      // Twice: a server outlives its clients.
      for (let n = 0; n < 2; n++) {
        const vm = await connect(path);
        expect(await session(vm, image)).toEqual(answers);
        await vm.quit();
        await vm.closed;
      }
    } finally {
      abort.abort();
    }
    expect(await serving).toMatchObject({ code: 0, stderr: '' });

    await using other = await start.qemu();
    const checked = await qapiTs(['replay', file, '--check', other.path]);
    expect(checked.stdout).toMatch(/^No differences; \d+ as recorded; 1 command with masked/);
    expect(checked.code).toBe(0);
  });

  it('may be killed: the file has whole lines, and the client hears of it', async () => {
    await using qemu = await start.qemu();
    const { recorder, path, file } = await recorderOf(qemu.path);
    const vm = await connect(path);
    const asked = vm.queryQmpSchema().catch(({ code }) => code);
    qemu.process.kill('SIGKILL');
    await vm.closed;
    await asked;
    await vm.close();
    await recorder.first;
    await recorder.close();
    const lines = linesOf(file);
    expect(lines.findLast(({ from }) => from === 'server')).toHaveProperty('end');
    await RecordingFile.open(file);
  });
});

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  it.each(['SIGINT', 'SIGKILL'] as const)('a recorder ended by %s', async (signal) => {
    await using qemu = await start.qemu();
    const folder = folderWith();
    const [file, path] = [join(folder, 'file'), join(folder, 'proxy')];
    await using recorder = launch('record', qemu.path, '--listen', path, '--out', file);
    await recorder.spoke;
    const vm = await connect(path);
    for (let n = 0; n < 3; n++) await vm.queryQmpSchema();
    // While there is much on its way.
    const asked = Array.from({ length: 20 }, () => vm.queryQmpSchema().catch(() => {}));
    await asked[0];
    recorder.process.kill(signal);
    expect(await recorder.ending).toMatchObject({ how: signal, stderr: '' });
    await Promise.all(asked);
    await vm.close();
    const { connections } = await RecordingFile.open(file);
    expect(connections[0]?.commands).toBeGreaterThan(4);
    if (signal === 'SIGKILL') return;
    expect(existsSync(path)).toBe(false);
    linesOf(file);
  });
});

describeLive(['7.2'], ['qemu-ga'], (start) => {
  it('is recorded with what is no message, and spoken again', async () => {
    await using agent = start.run('qemu-ga', (folder) => [
      ...['--method=unix-listen', `--path=${join(folder, 'ga')}`],
      ...['-t', folder, '-f', join(folder, 'pid'), '-b', CHANGES_HOST.join(',')],
    ]);
    const server = join(agent.folder, 'ga');
    await listens(server, agent);
    const { recorder, path, file } = await recorderOf(server);
    const session = async (at: string) => {
      await using ga = await connectAgent(at);
      await ga.guestPing();
      const answers = [await ga.guestInfo(), await ga.guestGetTime()];
      return [...answers, await ga.executeUnknown('no-such').catch(({ desc }) => desc)];
    };
    const answers = await session(path);
    const again = await session(path);
    await recorder.close();
    expect(linesOf(file)).toContainEqual(
      expect.objectContaining({ bytes: '\xff', from: 'client' }),
    );
    expect(linesOf(file)).toContainEqual(
      expect.objectContaining({ bytes: '\xff', from: 'server' }),
    );

    const socket = join(folderWith(), 'replay');
    const abort = new AbortController();
    const args = ['replay', file, '--listen', socket, '--speed', 'max'];
    const serving = qapiTs(args, { signal: abort.signal });
    try {
      while (!existsSync(socket)) {
        await Promise.race([serving, new Promise((done) => setTimeout(done, 5))]);
      }
      expect(await session(socket)).toEqual(answers);
      expect(await session(socket)).toEqual(again);
    } finally {
      abort.abort();
    }
    expect((await serving).code).toBe(0);
    const checked = await qapiTs(['replay', file, '--check', server]);
    expect(checked.stdout).toMatch(/^No differences; \d+ as recorded\n/);
  });
});
