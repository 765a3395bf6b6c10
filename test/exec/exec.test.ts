import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@qapi-ts/runtime/testing';
import { describe, expect, test } from 'vitest';
import { qapiTs, type Surroundings } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { type Server, serve } from './server.js';

/** Runs `exec` on a server, and gives the arguments that the command arrived with. */
async function arrived(server: Server, args: readonly string[], around: Surroundings = {}) {
  const name = args[0] ?? '';
  let got: unknown = 'nothing';
  const back = server.mock.handle(name, (given) => {
    got = given;
    return {};
  });
  const ran = await qapiTs(['exec', server.path, ...args], around);
  back();
  return { got, ran };
}

describe('arguments arrive with their types', () => {
  test.each([
    [['device_del', 'id=12'], { id: '12' }],
    [['device_del', '{"id":"12"}'], { id: '12' }],
    [['balloon', 'value=1G'], { value: 1073741824 }],
    [['balloon', '{"value":9007199254740993}'], { value: 9007199254740993n }],
    [
      ['blockdev-add', 'driver=qcow2', 'file.driver=file', 'file.filename=/a b'],
      { driver: 'qcow2', file: { driver: 'file', filename: '/a b' } },
    ],
    [['set_link', '{"name":"n"}', 'up=off'], { name: 'n', up: false }],
  ])('%j', async (args, value) => {
    await using server = await serve();
    const { got, ran } = await arrived(server, args);
    expect(ran).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
    expect(got).toEqual(value);
    // The definitions of its release are embedded: it need not be asked.
    expect(server.introspected()).toBe(0);
  });

  test('from a file and from the standard input', async () => {
    await using server = await serve();
    const file = join(folderWith({ 'a.json': '{ "id": "x" }\n' }), 'a.json');
    expect((await arrived(server, ['device_del', `@${file}`])).got).toEqual({ id: 'x' });
    const stdin = '{"value": 18446744073709551616}';
    const { ran } = await arrived(server, ['balloon', '-'], { stdin });
    // Too large for the server's type: JSON goes as it is, and the server says so.
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^qapi-ts: error: GenericError: .*value.*\n$/);
  });

  test('from the server where its release is not embedded', async () => {
    await using server = await serve('qmp', { spoken: '10.1' });
    expect((await arrived(server, ['device_del', 'id=1'])).got).toEqual({ id: '1' });
    expect(server.introspected()).toBe(1);
  });

  test('from a release near it where what the server tells cannot be read', async () => {
    await using server = await serve('qmp', { spoken: '10.1' });
    server.mock.handle('query-qmp-schema', () => [{ nonsense: true }] as never);
    const { got, ran } = await arrived(server, ['device_del', 'id=1']);
    expect(got).toEqual({ id: '1' });
    expect(ran.stderr).toContain("qapi-ts: the server's schema cannot be read (");
    expect(ran.stderr).toContain('): that of QEMU 9.2, qmp holds in its place\n');
  });

  test('from the server where what is embedded does not agree', async () => {
    await using server = await serve('qmp', { version: '8.2' });
    expect((await arrived(server, ['device_del', 'id=1'])).got).toEqual({ id: '1' });
    expect(server.introspected()).toBe(0);
    expect((await arrived(server, ['device_del', 'idd=1'])).ran.code).toBe(2);
    expect(server.introspected()).toBe(1);
  });

  test('as they look with --no-schema', async () => {
    await using server = await serve();
    const { got } = await arrived(server, ['balloon', 'value=5', '--no-schema']);
    expect(got).toEqual({ value: 5 });
    const { ran } = await arrived(server, ['device_del', 'id=5', '--no-schema']);
    expect(ran).toMatchObject({ code: 1 });
  });
});

describe('what is wrong', () => {
  test('with the arguments is shown with its place, and nothing is sent', async () => {
    await using server = await serve();
    const { got, ran } = await arrived(server, ['blockdev-add', 'driver=qcow2', 'file.drivr=a']);
    expect(got).toBe('nothing');
    expect(ran).toEqual({
      code: 2,
      stdout: '',
      stderr: `qapi-ts: error: 'drivr' is no member of 'file' (did you mean 'driver'?)
    1 | blockdev-add driver=qcow2 file.drivr=a
      |                                ^^^^^
`,
    });
  });

  test('is shown without passwords', async () => {
    await using server = await serve();
    const words = ['set_password', 'protocol=vnk', 'password=my secret'];
    const { got, ran } = await arrived(server, words);
    expect(got).toBe('nothing');
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toMatch(/my|secret/);
    expect(ran.stderr).toMatch(
      /^ +1 \| set_password protocol=vnk .*\*\* \*{6}.*\n +\| {23}\^\^\^$/m,
    );
  });

  test('is the error of the server: its class and description, exit 1', async () => {
    await using server = await serve();
    server.mock.handle('stop', () => {
      throw new Refusal('not \u001b[31mnow', 'DeviceNotActive');
    });
    expect(await qapiTs(['exec', server.path, 'stop'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'qapi-ts: error: DeviceNotActive: not \\u{1b}[31mnow\n',
    });
  });

  test('is a name that is nearly right', async () => {
    await using server = await serve();
    const { code, stderr } = await qapiTs(['exec', server.path, 'query-statu', 'a=1']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "qapi-ts: error: CommandNotFound: The command query-statu has not been found (did you mean 'query-status'?)\n",
    );
  });

  test.each([
    [['absent.sock', 'stop'], /Cannot connect to absent\.sock: .*ENOENT/],
    [['127.0.0.1:1', 'stop'], /Cannot connect to 127\.0\.0\.1:1: .*ECONNREFUSED/],
    [['nonsense:x', 'stop'], /'nonsense:x' is no address/],
    [['tcp:host', 'stop'], /'tcp:host' is no address/],
    [['fd:99', 'stop'], /fd:99|given stream/],
    [['spawn:/absent/qemu', 'stop'], /Cannot connect to \/absent\/qemu: .*ENOENT/],
    [['listen:/absent/folder/sock', 'stop'], /cannot listen: .*ENOENT|EACCES/],
    [['a', 'device_del', '@/absent.json'], /\/absent\.json does not exist/],
    [['a', 'device_del', '{"id":'], /a JSON value is expected|ends early/],
    [['a', 'device_del', '[1]'], /an argument is written as key=value/],
    [['a', 'device_del', 'id'], /an argument is written as key=value/],
    [['a', 'stop', '--wait-event', 'A:b=c'], /NAME or NAME:\/pointer=value is expected/],
    [['a', 'stop', '--timeout', '0'], /A number of seconds is expected/],
    [['a', 'stop', '--job', '--oob'], /--job and --oob exclude each other/],
  ])('is said in one line, exit 2: %j', async (args, message) => {
    const { code, stdout, stderr } = await qapiTs(['exec', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^qapi-ts: error: /);
  });

  test('is a server that dies', async () => {
    await using server = await serve();
    server.mock.handle('stop', (_args, { quit, fallback }) => {
      quit();
      return fallback();
    });
    // The reply still came.
    expect(await qapiTs(['exec', server.path, 'stop'])).toMatchObject({ code: 0 });
    server.mock.handle('stop', async () => {
      await server[Symbol.asyncDispose]();
      return {};
    });
    const { code, stdout, stderr } = await qapiTs(['exec', server.path, 'stop']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^qapi-ts: error: stop: The connection (broke|is closed)/);
  });

  test('is a file that is no JSON, shown where it is not', async () => {
    const file = join(folderWith(), 'a.json');
    writeFileSync(file, '{\n  "id": nothing\n}\n');
    const { code, stderr } = await qapiTs(['exec', 'a', 'device_del', `@${file}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('a JSON value is expected here\n    2 |   "id": nothing\n');
  });
});

describe('--wait-event', () => {
  test('prints the event that meets the condition, even one that comes before the reply', async () => {
    await using server = await serve();
    server.mock.handle('device_del', ({ id }) => {
      server.mock.emit('DEVICE_DELETED', { device: 'other', path: '/p' });
      server.mock.emit('DEVICE_DELETED', { device: id, path: '/p' });
      return {};
    });
    const wait = ['--wait-event', 'DEVICE_DELETED:/device=d'];
    const { code, stdout } = await qapiTs(['exec', server.path, 'device_del', 'id=d', ...wait]);
    const [reply, event] = stdout.trimEnd().split('\n');
    expect({ code, reply }).toEqual({ code: 0, reply: '{}' });
    expect(JSON.parse(event ?? '')).toMatchObject({
      event: 'DEVICE_DELETED',
      data: { device: 'd', path: '/p' },
    });
  });

  test('ends with the deadline, exit 2', async () => {
    await using server = await serve();
    const wait = ['--wait-event', 'RESUME', '--timeout', '3'];
    const { code, stdout, stderr } = await qapiTs(['exec', server.path, 'stop', ...wait]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '{}\n' });
    expect(stderr).toMatch(/RESUME took longer/);
  });

  test('refuses an event that the server does not have', async () => {
    await using server = await serve();
    const wait = ['--wait-event', 'RESUM'];
    const { code, stdout, stderr } = await qapiTs(['exec', server.path, 'stop', ...wait]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("no event RESUM (did you mean 'RESUME'?)");
  });

  test('an agent has none', async () => {
    await using server = await serve('qga');
    const args = ['exec', server.path, 'guest-ping', '--target', 'qga'];
    expect((await qapiTs([...args, '--wait-event', 'STOP'])).stderr).toContain('sends no events');
    expect(await qapiTs(args)).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
  });
});

describe('a terminal', () => {
  test('gets the reply laid out, and nothing that acts on it', async () => {
    await using server = await serve();
    const name = 'a\u001b]0;x\u0007\u009b2J\u202e';
    server.mock.handle('query-name', () => ({ name }));
    const terminal = { terminal: true, env: { NO_COLOR: '1' } };
    const { stdout } = await qapiTs(['exec', server.path, 'query-name'], terminal);
    expect(stdout).toBe('{ "name": "a\\u001b]0;x\\u0007\\u009b2J\\u202e" }\n');
    expect(JSON.parse(stdout)).toEqual({ name });
    const coloured = await qapiTs(['exec', server.path, 'query-name'], { terminal: true });
    expect(coloured.stdout).toContain('\u001b[36m"name": \u001b[39m');
  });

  test('elsewhere the reply is one line of exact JSON', async () => {
    await using server = await serve();
    server.mock.handle('query-name', () => ({ name: 'é\u2028' }));
    const { stdout } = await qapiTs(['exec', server.path, 'query-name']);
    expect(stdout).toBe('{"name":"é\u2028"}\n');
  });
});
