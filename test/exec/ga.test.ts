import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@qapi-ts/runtime/testing';
import { describe, expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { serve } from './server.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the power of a guest', () => {
  test.each([
    [['powerdown'], 'guest-shutdown', { mode: 'powerdown' }],
    [['halt'], 'guest-shutdown', { mode: 'halt' }],
    [['reboot'], 'guest-shutdown', { mode: 'reboot' }],
    [['suspend', 'disk'], 'guest-suspend-disk', {}],
    [['suspend', 'ram'], 'guest-suspend-ram', {}],
    [['suspend', 'hybrid'], 'guest-suspend-hybrid', {}],
  ])('%j', async (words, command, args) => {
    await using server = await serve('qga');
    const got: unknown[] = [];
    server.mock.handle(command, (given) => {
      got.push(given);
      return {};
    });
    const ran = await qapiTs(['ga', server.path, ...words]);
    expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(got).toEqual([args]);
  });

  test('is refused where the agent refuses', async () => {
    await using server = await serve('qga');
    server.mock.handle('guest-suspend-ram', () => {
      throw new Refusal('no such state');
    });
    expect(await qapiTs(['ga', server.path, 'suspend', 'ram'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'qapi-ts: error: GenericError: no such state\n',
    });
  });
});

describe('file systems', () => {
  test('are frozen and thawed', async () => {
    await using server = await serve('qga');
    let frozen: unknown = null;
    server.mock.handle('guest-fsfreeze-freeze', () => {
      frozen = 'all';
      return 3;
    });
    server.mock.handle('guest-fsfreeze-freeze-list', ({ mountpoints }) => {
      frozen = mountpoints;
      return 1;
    });
    server.mock.handle('guest-fsfreeze-thaw', () => 3);
    server.mock.handle('guest-fsfreeze-status', () => 'thawed');
    const said = async (...words: string[]) =>
      (await qapiTs(['ga', server.path, 'fsfreeze', ...words])).stdout;
    expect(await said('freeze')).toBe('3 file systems frozen\n');
    expect(frozen).toBe('all');
    expect(await said('freeze', '/a', '/b')).toBe('1 file systems frozen\n');
    expect(frozen).toEqual(['/a', '/b']);
    expect(await said('thaw')).toBe('3 file systems thawed\n');
    expect(await said('status')).toBe('thawed\n');
  });

  test('are trimmed', async () => {
    await using server = await serve('qga');
    let minimum: unknown;
    server.mock.handle('guest-fstrim', (args) => {
      minimum = args.minimum;
      return {
        paths: [
          { path: '/', trimmed: 4096, minimum: 0 },
          { path: '/b\n', error: 'not supported' },
          { path: 'C:\\' },
        ],
      };
    });
    expect(await qapiTs(['ga', server.path, 'fstrim', '9007199254740993'])).toEqual({
      code: 0,
      stdout: '/: 4096 bytes trimmed\n/b\\u{a}: not supported\nC:\\: trimmed\n',
      stderr: '',
    });
    expect(minimum).toBe(9007199254740993n);
    const json = await qapiTs(['ga', server.path, 'fstrim', '--json']);
    expect(JSON.parse(json.stdout).paths).toHaveLength(3);
  });
});

describe('cat', () => {
  /** An agent with one file, which it gives in pieces of this many bytes at most. */
  async function withFile(bytes: Buffer, most: number) {
    const server = await serve('qga');
    let at = 0;
    const log: string[] = [];
    server.mock.handle('guest-file-open', ({ path, mode }) => {
      log.push(`open ${path} ${mode}`);
      return 1000;
    });
    server.mock.handle('guest-file-read', ({ handle, count }) => {
      const piece = bytes.subarray(at, at + Math.min(most, Number(count)));
      at += piece.length;
      log.push(`read ${handle}`);
      return { count: piece.length, 'buf-b64': piece.toString('base64'), eof: at >= bytes.length };
    });
    server.mock.handle('guest-file-close', ({ handle }) => {
      log.push(`close ${handle}`);
      return {};
    });
    return { server, log };
  }

  test('gives a file whole, characters that are cut included', async () => {
    const text = 'é日\u{1F600}'.repeat(5);
    const { server, log } = await withFile(Buffer.from(text), 2);
    await using _server = server;
    const { code, stdout } = await qapiTs(['ga', server.path, 'cat', '/f']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: text });
    expect([log[0], log.at(-1)]).toEqual(['open /f r', 'close 1000']);
  });

  test('acts on no terminal', async () => {
    const { server } = await withFile(Buffer.from('a\tb\r\n\u001b[2J\u009b\n'), 100);
    await using _server = server;
    const { stdout } = await qapiTs(['ga', server.path, 'cat', '/f'], { terminal: true });
    expect(stdout).toBe('a\tb\n\\u{1b}[2J\\u{9b}\n');
  });

  test('closes the file when reading fails, and when it is interrupted', async () => {
    const { server, log } = await withFile(Buffer.from('abc'), 1);
    await using _server = server;
    server.mock.handle('guest-file-read', () => {
      throw new Refusal('is a folder');
    });
    expect((await qapiTs(['ga', server.path, 'cat', '/f'])).code).toBe(1);
    expect(log).toEqual(['open /f r', 'close 1000']);
    const abort = new AbortController();
    server.mock.handle('guest-file-read', () => {
      abort.abort();
      return { count: 1, 'buf-b64': 'YQ==', eof: false };
    });
    const { code } = await qapiTs(['ga', server.path, 'cat', '/f'], { signal: abort.signal });
    expect(code).toBe(2);
    expect(log.at(-1)).toBe('close 1000');
  });

  test('ends with a file that gives nothing and never ends', async () => {
    const { server } = await withFile(Buffer.alloc(0), 1);
    await using _server = server;
    server.mock.handle('guest-file-read', () => ({ count: 0, 'buf-b64': '', eof: false }));
    expect(await qapiTs(['ga', server.path, 'cat', '/f'])).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('exec', () => {
  async function withProgram(status: object, polls = 1) {
    const server = await serve('qga');
    let started: unknown;
    server.mock.handle('guest-exec', (args) => {
      started = args;
      return { pid: 42 };
    });
    let asked = 0;
    server.mock.handle('guest-exec-status', ({ pid }) => {
      expect(pid).toBe(42);
      asked += 1;
      return asked < polls ? { exited: false } : { exited: true, ...status };
    });
    return { server, started: () => started };
  }

  test("gives the program's output and status", async () => {
    const status = { exitcode: 3, 'out-data': base64('out\n'), 'err-data': base64('err\n') };
    const { server, started } = await withProgram(status, 3);
    await using _server = server;
    expect(await qapiTs(['ga', server.path, 'exec', '/bin/ls', '-l', '--all'])).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect(started()).toEqual({ path: '/bin/ls', arg: ['-l', '--all'], 'capture-output': true });
  });

  test('passes input and environment', async () => {
    const { server, started } = await withProgram({ exitcode: 0 });
    await using _server = server;
    const env = ['--env', 'A=1', '--env', 'B='];
    const words = ['exec', '--input', '-', ...env, 'wc'];
    const ran = await qapiTs(['ga', server.path, ...words], { stdin: 'é' });
    expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
    const input = { 'input-data': base64('é'), env: ['A=1', 'B='] };
    expect(started()).toEqual({ path: 'wc', ...input, 'capture-output': true });
    const file = join(folderWith(), 'in');
    writeFileSync(file, 'x');
    await qapiTs(['ga', server.path, 'exec', '--input', file, 'wc']);
    expect(started()).toMatchObject({ 'input-data': base64('x') });
  });

  test.each([
    [{ signal: 9 }, 137],
    [{ exitcode: 256 }, 255],
    [{ exitcode: -1073741819 }, 5],
    [{}, 0],
  ])('ends as %j says', async (status, code) => {
    const { server } = await withProgram(status);
    await using _server = server;
    expect((await qapiTs(['ga', server.path, 'exec', 'x'])).code).toBe(code);
  });

  test('says that output is cut, and that a program goes on', async () => {
    const { server } = await withProgram({ exitcode: 0, 'out-truncated': true });
    await using _server = server;
    const cut = await qapiTs(['ga', server.path, 'exec', 'x']);
    expect(cut.stderr).toBe('qapi-ts: the agent kept only the beginning of its stdout\n');
    server.mock.handle('guest-exec-status', () => ({ exited: false }));
    const long = await qapiTs(['ga', '--timeout', '3', server.path, 'exec', 'x']);
    expect(long).toEqual({
      code: 2,
      stdout: '',
      stderr: 'qapi-ts: error: The program still runs in the guest, as 42\n',
    });
    const abort = new AbortController();
    server.mock.handle('guest-exec-status', () => {
      abort.abort();
      return { exited: false };
    });
    const left = await qapiTs(['ga', server.path, 'exec', 'x'], { signal: abort.signal });
    expect(left).toEqual({
      code: 2,
      stdout: '',
      stderr: 'qapi-ts: the program goes on in the guest, as 42\n',
    });
    expect(await qapiTs(['ga', server.path, 'exec', '--no-wait', 'x'])).toEqual({
      code: 0,
      stdout: '42\n',
      stderr: '',
    });
  });
});

describe('what an agent tells', () => {
  test('of its interfaces', async () => {
    await using server = await serve('qga');
    server.mock.handle('guest-network-get-interfaces', () => [
      {
        name: 'lo',
        'ip-addresses': [
          { 'ip-address': '127.0.0.1', 'ip-address-type': 'ipv4', prefix: 8 },
          { 'ip-address': '::1', 'ip-address-type': 'ipv6', prefix: 128 },
        ],
      },
      { name: 'e\u001b0', 'hardware-address': '52:54:00:12:34:56' },
    ]);
    expect((await qapiTs(['ga', server.path, 'ifconfig'])).stdout).toBe(
      'lo\n  inet 127.0.0.1/8\n  inet6 ::1/128\ne\\u{1b}0  52:54:00:12:34:56\n',
    );
  });

  test('of itself', async () => {
    await using server = await serve('qga');
    server.mock.handle('guest-info', () => ({
      version: '7.2.0',
      supported_commands: [
        { name: 'guest-sync', enabled: true, 'success-response': true },
        { name: 'guest-exec', enabled: false, 'success-response': true },
        { name: 'guest-ping', enabled: true, 'success-response': true },
      ],
    }));
    expect((await qapiTs(['ga', server.path, 'info'])).stdout).toBe(
      'version 7.2.0\nenabled:\n  guest-ping\n  guest-sync\ndisabled:\n  guest-exec\n',
    );
  });

  test.each(['info', 'ifconfig', 'fstrim'])('may be nonsense: %s', async (action) => {
    await using server = await serve('qga');
    for (const command of ['guest-info', 'guest-network-get-interfaces', 'guest-fstrim']) {
      server.mock.handle(command, () => [null, 5, { name: [] }] as never);
    }
    const { code, stderr } = await qapiTs(['ga', server.path, action]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('and what has to be right is an error where it is not', async () => {
    await using server = await serve('qga');
    server.mock.handle('guest-exec', () => ({}) as never);
    const { code, stderr } = await qapiTs(['ga', server.path, 'exec', 'x']);
    expect(code).toBe(2);
    expect(stderr).toBe("qapi-ts: error: The agent answered guest-exec without a right 'pid'\n");
  });
});

describe('ping', () => {
  test('is answered', async () => {
    await using server = await serve('qga');
    const { code, stdout } = await qapiTs(['ga', server.path, 'ping']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^the agent answers \(\d+ ms\)\n$/);
  });

  test('is exit 1 where nobody answers, and 2 where nobody is', async () => {
    await using server = await serve('qmp');
    // A monitor does not answer as an agent does.
    const words = ['ga', '--timeout', '1.5', server.path, 'ping'];
    expect(await qapiTs(words)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'qapi-ts: error: the agent does not answer\n',
    });
    expect((await qapiTs(['ga', '/absent.sock', 'ping'])).code).toBe(2);
  });
});

describe('wrong usage', () => {
  test.each([
    [['pong'], "unknown command 'pong'"],
    [['cat'], "missing required argument 'files'"],
    [['suspend', 'often'], "'often' is invalid"],
    [['fsfreeze', 'thaw', '/a'], 'mount points are for freeze'],
    [['fstrim', 'much'], 'A number of bytes is expected'],
    [['exec', '--env', 'A', 'x'], 'NAME=value is expected'],
    [['exec', '--input', '/absent', 'x'], '/absent does not exist'],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await qapiTs(['ga', 'a.sock', ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('each action has its help', async () => {
    const { code, stdout } = await qapiTs(['ga', 'a.sock', 'exec', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: qapi-ts ga ADDRESS exec [options] <program> [args...]');
    expect((await qapiTs(['ga', 'a.sock', '--help'])).stdout).toContain('powerdown');
  });
});
