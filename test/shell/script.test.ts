import { Refusal } from '@qapi-ts/runtime/testing';
import { describe, expect, it } from 'vitest';
import { type Server, serve } from '../exec/server.js';
import { qapiTs } from '../support/cli.js';

const shell = (server: Server, lines: readonly string[], ...options: string[]) =>
  qapiTs(['shell', server.path, '--target', 'qsd', ...options], {
    stdin: lines.map((line) => `${line}\n`).join(''),
  });

describe('a script', () => {
  it('prints what commands return, one line of JSON each, as typed by the schema', async () => {
    await using server = await serve('qsd');
    const seen: unknown[] = [];
    server.mock.handle('block_resize', (args) => {
      seen.push(args);
      return {};
    });
    server.mock.handle('query-commands', () => [{ name: 'vm\u0085' }]);
    const ran = await shell(server, [
      '# sets up',
      'block_resize node-name=12 size=9223372036854775807',
      '',
      '{"execute": "block_resize",',
      '  "arguments": {"device": "a", "size": 1}}',
      'query-commands',
    ]);
    expect(ran).toEqual({ code: 0, stdout: '{}\n{}\n[{"name":"vm\u0085"}]\n', stderr: '' });
    expect(seen).toEqual([
      { 'node-name': '12', size: 9223372036854775807n },
      { device: 'a', size: 1 },
    ]);
    expect(server.introspected()).toBe(1);
  });

  it('ends with the first line that fails, unless it is to go on', async () => {
    await using server = await serve('qsd');
    server.mock.handle('query-jobs', () => {
      throw new Refusal('no \u001b[2J');
    });
    server.mock.handle('query-commands', () => [{ name: 'vm' }]);
    const first = await shell(server, ['query-jobs', 'query-commands']);
    expect(first.code).toBe(1);
    expect(first.stdout).toBe('');
    expect(first.stderr).toBe('GenericError: no \\u{1b}[2J\nqapi-ts: line 1 failed\n');
    const all = await shell(server, ['query-jobs', 'query-commands', 'nonsense'], '--keep-going');
    expect(all.code).toBe(1);
    expect(all.stdout).toBe('[{"name":"vm"}]\n');
    expect(all.stderr).toContain('qapi-ts: line 3 failed\n');
  });

  it('is not sent what the schema forbids, with a caret under it, unless nothing is checked', async () => {
    await using server = await serve('qsd');
    const wrong = await shell(server, ['block_resize sise=1']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("'sise' is no argument of block_resize (did you mean 'size'?)");
    expect(wrong.stderr).toContain('    1 | block_resize sise=1\n      |              ^^^^\n');
    const sent = await shell(server, ['block_resize sise=1'], '--no-check');
    expect(sent.code).toBe(1);
    expect(sent.stderr).toMatch(/^GenericError: Parameter 'si[sz]e' is /);
  });

  it.each([
    [
      'object-add qom-typ=secret id=s {"data": "hush"} password=hush',
      "'qom-typ' is no argument of object-add",
    ],
    ['object-add qom-type=secret id=s data=a data=hush', "'data' is given twice"],
    ['object-add qom-type=secret data hush', ''],
    ['object-add {"qom-type": "secret", "data": "hush}', ''],
    ['{"execute": "object-add", "arguments": {"qom-type": "secret", "data": "hush}', ''],
  ])('has no secret repeated in what is said of it: %s', async (line, said) => {
    await using server = await serve('qsd');
    const { code, stderr } = await shell(server, [line]);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(stderr).toContain('*');
    expect(stderr).not.toContain('hush');
  });

  it('is told once that the schema of the server cannot be read', async () => {
    await using server = await serve('qsd');
    server.mock.handle('query-qmp-schema', () => [{ nonsense: true }] as never);
    server.mock.handle('query-commands', () => [{ name: 'vm' }]);
    const { code, stderr } = await shell(server, ['query-commands', 'query-commands']);
    expect(code).toBe(0);
    const said =
      /^the server's schema cannot be read \(.+\): that of QEMU 10\.2, qsd holds in its place\n$/;
    expect(stderr).toMatch(said);
  });

  it('groups actions in transactions', async () => {
    await using server = await serve('qsd');
    const groups: unknown[] = [];
    server.mock.handle('transaction', (args) => {
      groups.push(args);
      return {};
    });
    const ran = await shell(server, [
      '(',
      'blockdev-snapshot node=a overlay=b',
      'abort',
      ')',
      '( abort ) properties.completion-mode=grouped',
    ]);
    expect(ran).toEqual({ code: 0, stdout: '{}\n{}\n', stderr: '' });
    const abort = { type: 'abort', data: {} };
    expect(groups).toEqual([
      { actions: [{ type: 'blockdev-snapshot', data: { node: 'a', overlay: 'b' } }, abort] },
      { actions: [abort], properties: { 'completion-mode': 'grouped' } },
    ]);
  });

  it('may not end within JSON or a transaction', async () => {
    await using server = await serve('qsd');
    const json = await shell(server, ['{"execute":']);
    expect([json.code, json.stderr]).toEqual([1, 'qapi-ts: the input ends within JSON\n']);
    const group = await shell(server, ['(', 'abort']);
    expect([group.code, group.stderr]).toEqual([
      1,
      'qapi-ts: the input ends within a transaction\n',
    ]);
  });

  it('shows parts of the last reply, explains, and leaves', async () => {
    await using server = await serve('qsd');
    server.mock.handle('query-commands', () => [{ name: 'vm' }]);
    const ran = await shell(server, [
      'query-commands',
      'show /0/name',
      'help quit',
      'exit',
      'nonsense',
    ]);
    expect(ran).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: expect.stringMatching(/^\[\{"name":"vm"\}\]\n"vm"\nquit {2}command, since 0\.14\n/),
    });
    expect((await shell(server, ['show'])).stderr).toContain('there is no reply yet');
    expect((await shell(server, ['query-commands', 'show /x'])).code).toBe(1);
  });
});

describe('a server that ends', () => {
  it('on demand is no failure; what comes after it is', async () => {
    await using server = await serve('qsd');
    expect((await shell(server, ['quit'])).code).toBe(0);
    const late = await shell(server, ['quit', 'query-jobs']);
    expect([late.code, late.stdout]).toEqual([2, '{}\n']);
  });

  it('by itself ends the run with status 2', async () => {
    await using server = await serve('qsd');
    server.mock.handle('query-jobs', () => {
      server.mock.kill();
      return new Promise<never>(() => {});
    });
    const ran = await shell(server, ['query-jobs', 'query-jobs']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/^qapi-ts: error: query-jobs: The connection /);
  });

  it('is not there', async () => {
    const ran = await qapiTs(['shell', '/nowhere/sock']);
    expect([ran.code, ran.stderr]).toEqual([
      2,
      expect.stringMatching(/^qapi-ts: error: Cannot connect to \/nowhere\/sock/),
    ]);
    expect((await qapiTs(['shell', 'tcp:'])).code).toBe(2);
    expect((await qapiTs(['shell', 'x', '-H', '--target', 'qga'])).code).toBe(2);
  });
});

describe('a server that does not tell its schema', () => {
  it('is sent what another release would forbid, with the types that this has', async () => {
    await using server = await serve('qsd', { spoken: '9.0' });
    server.mock.handle('query-qmp-schema', () => {
      throw new Refusal('no', 'CommandNotFound');
    });
    const ran = await shell(server, ['block_resize size=1K node-name=12 new-one=7']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /^the server does not tell its schema: that of QEMU 8\.2, qsd is shown, nothing is checked\n/,
    );
    expect(ran.stderr).toContain("GenericError: Parameter 'new-one' is unexpected");
  });
});

describe('other languages', () => {
  it('are those of the guest agent', async () => {
    await using server = await serve('qga');
    server.mock.handle('guest-info', () => ({ version: '10.2.0', supported_commands: [] }));
    server.mock.handle('guest-get-osinfo', () => ({ id: 'debian' }));
    const ran = await shell(server, ['guest-ping', 'guest-get-osinfo'], '--target', 'qga');
    expect(ran).toEqual({ code: 0, stdout: '{}\n{"id":"debian"}\n', stderr: '' });
  });

  it('are those of the human monitor, which remembers its processor', async () => {
    await using server = await serve();
    const seen: unknown[] = [];
    server.mock.handle('human-monitor-command', (args) => {
      seen.push(args);
      return args['command-line'] === 'bad' ? "unknown command: 'bad'\r\n" : 'done\r\n';
    });
    const lines = ['info status', 'cpu 1', 'info registers', 'bad', 'stop'];
    const ran = await shell(server, lines, '-H', '--target', 'qmp');
    expect([ran.code, ran.stdout]).toEqual([1, "done\r\ndone\r\nunknown command: 'bad'\r\n"]);
    expect(ran.stderr).toBe('qapi-ts: line 4 failed\n');
    expect(seen).toEqual([
      { 'command-line': 'info status' },
      { 'command-line': 'info version', 'cpu-index': 1 },
      { 'command-line': 'info registers', 'cpu-index': 1 },
      { 'command-line': 'bad', 'cpu-index': 1 },
    ]);
  });
});
