import { rmSync } from 'node:fs';
import { Refusal } from '@qapi-ts/runtime/testing';
import { describe, expect, test } from 'vitest';
import { lineOf } from '../../generator/cli/events/line.js';
import type { Io } from '../../generator/cli/io.js';
import { qapiTs } from '../support/cli.js';
import { type Server, serve } from './server.js';

interface Following {
  /** Settles when the run has ended by itself. */
  readonly ended: ReturnType<typeof qapiTs>;
  /** Waits until the output holds this. */
  until(text: string): Promise<void>;
  /** Interrupts, and gives what came. */
  end(): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
}

/** Follows events until they are ended; ready once an event has come through. */
async function following(
  server: Server,
  args: readonly string[],
  probe?: () => void,
  terminal = false,
): Promise<Following> {
  const abort = new AbortController();
  let all = '';
  let look = () => {};
  const onOutput = (text: string) => {
    all = text;
    look();
  };
  const run = qapiTs(['events', server.path, ...args], {
    signal: abort.signal,
    onOutput,
    terminal,
    env: { NO_COLOR: '1' },
  });
  const until = (text: string) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (all.includes(text)) resolve();
      };
      look();
    });
  if (probe !== undefined) {
    const timer = setInterval(probe, 20);
    await Promise.race([until('\n'), run]);
    clearInterval(timer);
  }
  return {
    ended: run,
    until,
    end: () => {
      abort.abort();
      return run;
    },
  };
}

const names = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((entry) => entry.event ?? entry.gap);

describe('events', () => {
  test('are lines of JSON until the run is interrupted', async () => {
    await using server = await serve();
    const { mock } = server;
    const run = await following(server, [], () => mock.emit('RESET', { guest: false }));
    mock.emit('DEVICE_DELETED', { path: '/a' });
    mock.emit('BALLOON_CHANGE', { actual: 2n ** 60n + 1n });
    await run.until('BALLOON_CHANGE');
    const { code, stdout, stderr } = await run.end();
    // The process dies by the signal; what the exit code would be otherwise is not done.
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(names(stdout).filter((name) => name !== 'RESET')).toEqual([
      'DEVICE_DELETED',
      'BALLOON_CHANGE',
    ]);
    expect(stdout).toContain('{"actual":1152921504606846977}');
  });

  test('are those that are named, and that meet all conditions', async () => {
    await using server = await serve();
    const { mock } = server;
    const where = ['--where', '/id=j', '--where', '/status=null', '--count', '3'];
    const timer = setInterval(() => {
      mock.emit('STOP');
      mock.emit('JOB_STATUS_CHANGE', { id: 'j', status: 'running' });
      mock.emit('JOB_STATUS_CHANGE', { id: 'k', status: 'null' });
      mock.emit('JOB_STATUS_CHANGE', { id: 'j', status: 'null' });
    }, 20);
    const { code, stdout } = await qapiTs(['events', server.path, 'JOB_STATUS_CHANGE', ...where]);
    clearInterval(timer);
    const data = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).data);
    expect({ code, data }).toEqual({ code: 0, data: Array(3).fill({ id: 'j', status: 'null' }) });
  });

  test('end after as many as were asked for', async () => {
    await using server = await serve();
    const timer = setInterval(() => server.mock.emit('STOP'), 20);
    const { code, stdout } = await qapiTs(['events', server.path, '--count', '3']);
    clearInterval(timer);
    expect({ code, names: names(stdout) }).toEqual({ code: 0, names: ['STOP', 'STOP', 'STOP'] });
  });

  test('go on when the server comes back, and the gap is marked', async () => {
    await using server = await serve();
    const { mock } = server;
    const run = await following(server, ['STOP'], () => mock.emit('STOP'));
    await server[Symbol.asyncDispose]();
    await run.until('"gap":"lost"');
    rmSync(server.path, { force: true });
    await using _again = await mock.listen(`unix:${server.path}`);
    await run.until('"gap":"restored"');
    const timer = setInterval(() => mock.emit('STOP'), 20);
    await run.until('"attempts"');
    clearInterval(timer);
    const { stdout } = await run.end();
    const all = names(stdout).filter((name) => name !== 'STOP');
    expect(all).toEqual(['lost', 'restored']);
  });

  test('that were not read in time are a gap', async () => {
    await using server = await serve('qmp', { spoken: '10.1' });
    const { mock } = server;
    // While the schema is asked for nobody reads: the newest 1,024 are kept.
    mock.handle('query-qmp-schema', () => {
      for (let at = 0; at < 2000; at += 1) mock.emit('BALLOON_CHANGE', { actual: at });
      throw new Refusal('unknown', 'CommandNotFound');
    });
    const args = ['events', server.path, 'BALLOON_CHANGE', '--count', '1024'];
    const { code, stdout } = await qapiTs(args);
    const [gap, first] = stdout.split('\n', 2).map((line) => JSON.parse(line));
    expect({ code, gap }).toEqual({ code: 0, gap: { gap: 'dropped', count: 976 } });
    expect(first.data).toEqual({ actual: 976 });
  });

  test('end with the connection where that is wanted', async () => {
    await using server = await serve();
    const run = await following(server, ['--no-reconnect'], () => server.mock.emit('STOP'));
    await server[Symbol.asyncDispose]();
    const { code, stdout } = await run.ended;
    // In order or not is the platform's to say: sockets that are cut give either.
    expect([0, 2]).toContain(code);
    expect(stdout).not.toContain('gap');
  });

  test.each([
    [['STOPP'], "the server has no event STOPP (did you mean 'STOP'?)"],
    [['--target', 'qga'], 'a guest agent sends no events'],
    [['--where', 'id=1'], '/pointer=value is expected'],
    [['--format', 'xml'], "argument 'xml' is invalid"],
  ])('are refused where they cannot come: %j', async (args, message) => {
    await using server = await serve();
    const { code, stdout, stderr } = await qapiTs(['events', server.path, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('of nobody are an error', async () => {
    const { code, stderr } = await qapiTs(['events', '/absent.sock']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^qapi-ts: error: Cannot connect to \/absent\.sock: .*ENOENT/);
  });
});

describe('a line of the pretty format', () => {
  const io: Io = {
    stdout: { write: () => {}, isTTY: true, columns: 60 },
    stderr: { write: () => {} },
    env: { NO_COLOR: '1' },
    interruption: () => new AbortController().signal,
  };
  const timestamp = { seconds: 0, microseconds: 5000 };
  const pretty = (event: object) => lineOf(event as never, 'pretty', io);

  test.each([
    [{ event: 'STOP', timestamp }, '1970-01-01T00:00:00.005Z STOP'],
    [{ event: 'A', timestamp, data: { id: 'j' } }, '1970-01-01T00:00:00.005Z A { "id": "j" }'],
    [
      { event: 'A', timestamp, data: { path: 'x'.repeat(40) } },
      `1970-01-01T00:00:00.005Z A\n  { "path": "${'x'.repeat(40)}" }`,
    ],
    // What a server should not send.
    [
      { event: 'A\u001b[2J', timestamp: { seconds: -1, microseconds: -1 } },
      `${'-'.repeat(24)} A\\u{1b}[2J`,
    ],
    [{ event: 'A', timestamp: { seconds: 2n ** 60n, microseconds: 0 } }, `${'-'.repeat(24)} A`],
    [{ event: 'A', timestamp: { seconds: 1e300, microseconds: 0 } }, `${'-'.repeat(24)} A`],
    [{ event: 'A', timestamp: null, data: '\u009b' }, `${'-'.repeat(24)} A "\\u009b"`],
    // Gaps.
    [{ gap: 'lost', reason: 'gone\n' }, '-- gone\\u{a}; events may be missing from here --'],
    [
      { gap: 'restored', attempts: 3 },
      '-- connected again (attempt 3); events may be missing up to here --',
    ],
    [{ gap: 'dropped', count: 2 }, '-- 2 events were not read in time and are missing here --'],
  ])('case %#', (event, text) => {
    expect(pretty(event)).toBe(text);
  });
});
