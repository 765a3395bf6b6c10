import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { FakeMachine, serve } from './machine.js';

beforeAll(ensureBuilt);

interface Ended {
  readonly end: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command as users do. */
function start(args: readonly string[]) {
  const child = spawn(process.execPath, [LAUNCHER, 'qom', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    said.stdout += data;
  });
  child.stderr.on('data', (data) => {
    said.stderr += data;
  });
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code, signal) => done({ end: signal ?? code, ...said }));
  });
  return { child, ended };
}

describe('the process', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('dies of %s at once', async (signal) => {
    const { mock, path } = await serve(new FakeMachine());
    // The server never answers: only the signal ends it.
    const asked = new Promise<void>((resolve) => {
      mock.handle('qom-list', () => {
        resolve();
        return new Promise<never>(() => {});
      });
    });
    const { child, ended } = start(['tree', path]);
    try {
      await asked;
      child.kill(signal);
      expect(await ended).toEqual({ end: signal, stdout: '', stderr: '' });
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('ends quietly when nobody reads on', async () => {
    const objects = { '/': Object.fromEntries([...Array(20_000).keys()].map(wide)) };
    const { path } = await serve(new FakeMachine(objects));
    const { child, ended } = start(['list', path]);
    try {
      child.stdout.once('data', () => child.stdout.destroy());
      const { end, stderr } = await ended;
      expect({ end, stderr }).toEqual({ end: 0, stderr: '' });
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('prints all of a long list into a pipe, as it came', async () => {
    const objects = { '/': Object.fromEntries([...Array(20_000).keys()].map(wide)) };
    const { path } = await serve(new FakeMachine(objects));
    const { stdout, end } = await start(['list', path]).ended;
    expect(end).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(20_000);
  });
});

const wide = (n: number) => [`p${n}`, { type: 'string', value: 'x' }] as const;
