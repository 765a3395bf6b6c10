import { describe, expect, test } from 'vitest';
import { barOf } from '../../generator/cli/exec/bar.js';
import { qapiTs } from '../support/cli.js';
import { type Server, serve } from './server.js';

const STATUSES = ['created', 'running', 'waiting', 'pending', 'concluded', 'null'];

/** A server whose `blockdev-backup` runs a job: through these statuses, or until it is cancelled. */
async function withJobs({
  error,
  endless = false,
}: {
  error?: string;
  endless?: boolean;
} = {}): Promise<Server> {
  const server = await serve();
  const { mock } = server;
  let current = 0;
  const tell = (status: string) => mock.emit('JOB_STATUS_CHANGE', { id: 'j', status });
  mock.handle('blockdev-backup', () => {
    for (const status of endless ? STATUSES.slice(0, 2) : STATUSES) tell(status);
    return {};
  });
  mock.handle('job-cancel', () => {
    for (const status of ['aborting', 'concluded', 'null']) tell(status);
    return {};
  });
  mock.handle('query-jobs', () => {
    current += 25;
    const progress = { 'current-progress': current, 'total-progress': 100 };
    return [{ id: 'j', type: 'backup', status: 'concluded', ...progress, ...(error && { error }) }];
  });
  mock.handle('job-dismiss', () => ({}));
  return server;
}

const BACKUP = ['blockdev-backup', 'job-id=j', 'device=a', 'target=b', 'sync=full', '--job'];

describe('--job', () => {
  test('waits for the end of the job', async () => {
    await using server = await withJobs();
    expect(await qapiTs(['exec', server.path, ...BACKUP])).toEqual({
      code: 0,
      stdout: '{}\n',
      stderr: '',
    });
  });

  test("fails with the job's own error, exit 1", async () => {
    await using server = await withJobs({ error: 'No space left' });
    expect(await qapiTs(['exec', server.path, ...BACKUP])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'qapi-ts: error: GenericError: No space left\n',
    });
  });

  test('draws a bar on a terminal, and takes it away', async () => {
    await using server = await withJobs();
    const around = { terminal: true, env: { NO_COLOR: '1' } };
    const { stderr } = await qapiTs(['exec', server.path, ...BACKUP], around);
    const lines = stderr.split('\r\u001b[K');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines[1]).toMatch(/^\[#+-*\] +\d+%$/);
    expect(lines.at(-1)).toBe('');
  });

  test('cancels a job that takes too long, exit 2', async () => {
    await using server = await withJobs({ endless: true });
    const args = ['exec', server.path, ...BACKUP, '--timeout', '3'];
    expect(await qapiTs(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'qapi-ts: error: blockdev-backup: the job took longer than 3 s and was cancelled\n',
    });
  });

  test('cancels the job when it is interrupted', async () => {
    await using server = await withJobs({ endless: true });
    const abort = new AbortController();
    server.mock.handle('blockdev-backup', () => {
      server.mock.emit('JOB_STATUS_CHANGE', { id: 'j', status: 'running' });
      abort.abort();
      return {};
    });
    const ran = await qapiTs(['exec', server.path, ...BACKUP], { signal: abort.signal });
    expect(ran).toEqual({ code: 2, stdout: '', stderr: '' });
  });

  test('wants a name for the job', async () => {
    await using server = await withJobs();
    const args = ['exec', server.path, 'job-pause', 'id=j', '--job'];
    const { code, stderr } = await qapiTs(args);
    expect(code).toBe(2);
    expect(stderr).toContain('give the job a job-id');
  });
});

describe('the bar', () => {
  const bar = (current: unknown, total: unknown) =>
    barOf({ 'current-progress': current, 'total-progress': total } as never);

  test.each([
    [0, 100, `[${'-'.repeat(30)}]   0%`],
    [50, 100, `[${'#'.repeat(15)}${'-'.repeat(15)}]  50%`],
    [2n ** 62n, 2n ** 62n, `[${'#'.repeat(30)}] 100%`],
    // What no server should say.
    [300, 100, `[${'#'.repeat(30)}] 100%`],
    [-5, 100, `[${'-'.repeat(30)}]   0%`],
    [7, 0, '7 done'],
    ['\u001b', null, '0 done'],
  ])('of %s in %s', (current, total, text) => {
    expect(bar(current, total)).toBe(text);
  });
});
