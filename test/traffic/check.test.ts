import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { createMock, type Mock } from '@qapi-ts/runtime/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { GREETING, recordingOf } from './recording-of.js';

/** A program that sends lines, each when something came to the one before, and ends with a status. */
function programSending(lines: readonly string[], status = 0): readonly string[] {
  const file = join(folderWith(), 'program.cjs');
  writeFileSync(
    file,
    `const lines = ${JSON.stringify(lines)};
const socket = require('node:net').connect(process.argv[2]);
socket.on('data', () => {
  const line = lines.shift();
  if (line === undefined) socket.end();
  else socket.write(line + '\\n');
});
socket.on('close', () => process.exit(${status}));
`,
  );
  return ['--', process.execPath, file, '{path}'];
}

const check = (file: string, program: readonly string[], ...more: string[]) =>
  qapiTs(['replay', file, '--speed', 'max', ...more, '--check', ...program]);

describe('a program', () => {
  const recording = () =>
    recordingOf(
      GREETING,
      'C {"execute":"a","arguments":{"x":1,"y":"\\u001b[31m"},"id":1}',
      'S {"return": "A", "id": 1}',
      'C {"execute":"b","id":2}',
      'S {"return": "B", "id": 2}',
      'C {"execute":"c","id":3}',
      'S {"return": "C", "id": 3}',
    );
  const A = '{"execute":"a","arguments":{"x":1,"y":"\\u001b[31m"}}';

  test('that does as recorded is right', async () => {
    const program = programSending([A, '{"execute":"b"}', '{"execute":"c"}']);
    expect(await check(recording(), program)).toEqual({
      ...{ code: 0, stdout: 'No differences; 3 as recorded\n', stderr: '' },
    });
  });

  test('that does not is told where', async () => {
    const file = recording();
    const differs =
      '{"execute":"a","arguments":{"x":18446744073709551615,"y":"\\u001b[0m","z":[]}}';
    const program = programSending([differs, '{"execute":"d"}', 'nonsense', '{"execute":"b"}']);
    expect(await check(file, program)).toEqual({
      code: 1,
      stdout: `${file}:3: a is not as recorded
    /arguments/x: 1 was recorded, 18446744073709551615 came
    /arguments/y: "\\u001b[31m" was recorded, "\\u001b[0m" came
    /arguments/z: [] came
client 1: d came, and was not recorded
    {"execute": "d"}
client 1: bytes nonsense\\u{a} came, and was not recorded
${file}:7: c was recorded, and did not come
4 differences; 1 as recorded
`,
      stderr: '',
    });
    const json = await check(file, program, '--json');
    expect(json.code).toBe(1);
    const lines = json.stdout.trimEnd().split('\n');
    expect(lines[0]).toContain('"now":18446744073709551615');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { problem: 'differs', about: 'command', name: 'a', line: 3, client: 1 },
      { problem: 'unexpected', about: 'command', name: 'd', client: 1 },
      { problem: 'unexpected', about: 'bytes' },
      { problem: 'missing', about: 'command', name: 'c', line: 7, differences: [] },
      { differences: 4, same: 1, notSent: 0 },
    ]);
  });

  test('that fails fails', async () => {
    const program = programSending([A, '{"execute":"b"}', '{"execute":"c"}'], 3);
    const { code, stdout, stderr } = await check(recording(), program);
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'No differences; 3 as recorded\n' });
    expect(stderr).toBe(`${process.execPath} exited with status 3\n`);
  });

  test('that connects too often, or not often enough', async () => {
    const two = recordingOf(`1:${GREETING}`, `2:${GREETING}`, '2:C {"execute":"a"}');
    const one = await check(two, programSending([]));
    expect(one.code).toBe(1);
    expect(one.stdout).toContain(':3: connection 2 was recorded, and did not come\n');
    const file = join(folderWith(), 'twice.cjs');
    writeFileSync(
      file,
      `const { connect } = require('node:net');
connect(process.env.QAPI_TS_ADDRESS.slice('unix:'.length)).once('data', function () {
  this.end();
  connect(process.argv[2].slice('unix:'.length)).on('error', () => {}).once('close', () => {});
});`,
    );
    const program = ['--', process.execPath, file, '{address}'];
    const twice = await check(recordingOf(GREETING), program);
    expect(twice.code).toBe(1);
    expect(twice.stdout).toContain('client 2: connection 2 came, and was not recorded\n');
  });

  test('that cannot be started, and one that is interrupted', async () => {
    const absent = await check(recording(), ['--', '/absent/program']);
    expect(absent).toMatchObject({ code: 2, stdout: '' });
    expect(absent.stderr).toContain('cannot run the program: spawn /absent/program ENOENT');
    const folder = folderWith();
    const started = join(folder, 'started');
    const script = `require('fs').writeFileSync(process.argv[1], ''); setInterval(() => {}, 1000)`;
    const abort = new AbortController();
    const run = qapiTs(
      ['replay', recording(), '--check', '--', process.execPath, '-e', script, started],
      { signal: abort.signal },
    );
    while (!existsSync(started)) await new Promise((done) => setTimeout(done, 5));
    abort.abort();
    expect(await run).toEqual({ code: 2, stdout: '', stderr: '' });
  });
});

describe('a server', () => {
  async function serverOf(setUp: (mock: Mock) => void = () => {}) {
    const mock: Mock = createMock({ schema });
    mock.handle('query-status', () => ({ running: false, status: 'paused' }));
    mock.handle('query-name', () => ({ name: 'x' }));
    mock.handle('stop', () => {
      mock.emit('STOP');
      return {};
    });
    setUp(mock);
    const server = await mock.listen(join(folderWith(), 'qmp'));
    onTestFinished(() => server.close());
    return { mock, address: `unix:${server.address}` };
  }

  /** A session with the server as it was. */
  async function recorded(): Promise<string> {
    const { address } = await serverOf();
    const folder = folderWith();
    const [file, path] = [join(folder, 'file'), join(folder, 'proxy')];
    const args = ['--listen', path, '--out', file, '--once'];
    const recording = qapiTs(['record', address, ...args]);
    while (!existsSync(path)) {
      await Promise.race([recording, new Promise((done) => setTimeout(done, 5))]);
    }
    const { connect } = await import('@qapi-ts/qemu/10.2/qmp');
    const vm = await connect(path);
    await vm.queryStatus();
    await vm.stop();
    await vm.queryName();
    await vm.executeUnknown('set_password', { protocol: 'vnc', password: 'hunter2' });
    await vm.executeUnknown('no-such-command').catch(() => {});
    await vm.close();
    const { code, stdout } = await recording;
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Clients of unix:${path} are recorded in ${file}\n14 messages of 1 client\n`,
    });
    return file;
  }

  const play = (file: string, address: string, ...more: string[]) =>
    qapiTs(['replay', file, ...more, '--check', address]);

  test('that answers as recorded', async () => {
    const file = await recorded();
    const { mock, address } = await serverOf();
    const passwords: unknown[] = [];
    mock.handle('set_password', (args) => {
      passwords.push(args);
      return {};
    });
    expect(await play(file, address, '--values')).toEqual({
      code: 0,
      stdout: 'No differences; 7 as recorded; 1 command with masked secrets not sent\n',
      stderr: '',
    });
    expect(passwords).toEqual([]);
  });

  test('that answers otherwise', async () => {
    const file = await recorded();
    const other = await serverOf((mock) => {
      mock.handle('query-status', () => ({ running: true, status: 'running' }));
      mock.handle('query-name', () => ({}));
      mock.handle('stop', () => ({}));
    });
    const { code, stdout } = await play(file, other.address, '--timeout', '0.2');
    expect(code).toBe(1);
    expect(stdout.replaceAll(`${file}:`, '').replace(/^\d+:/gm, 'N:')).toBe(`\
N: event STOP was recorded, and did not come
N: reply query-name is not as recorded
    /return/name: "x" was recorded, nothing came
2 differences; 5 as recorded; 1 command with masked secrets not sent
`);
    const values = await play(file, other.address, '--timeout', '0.2', '--values');
    expect(values.stdout).toContain('/return/status: "paused" was recorded, "running" came');
  });

  test('whose error is another one, and one that ends', async () => {
    const file = recordingOf(
      GREETING,
      'C {"execute":"qmp_capabilities"}',
      'S {"return": {}}',
      'C {"execute":"no-such-command"}',
      'S {"error": {"class": "GenericError", "desc": "?"}}',
      'C {"execute":"quit"}',
      'S {"return": {}}',
      'C {"execute":"query-status"}',
      'S {"return": {}}',
    );
    const { address } = await serverOf();
    const { code, stdout } = await play(file, address);
    expect(code).toBe(1);
    expect(stdout).toContain('/error/class: "GenericError" was recorded, "CommandNotFound" came');
    expect(stdout).toContain(':10: reply query-status was recorded, and did not come');
  });

  test('is not sent what was hidden, nor expected to answer it', async () => {
    const file = recordingOf(
      ...['C {"execute":"qmp_capabilities"}', 'S {"return": {}}', 'C hidden'],
      'S /error/desc {"error": {"class": "GenericError", "desc": "***"}}',
      ...['C nonsense\n', 'S {"error": {"class": "GenericError", "desc": "JSON parse error"}}'],
      ...['C {"execute":"query-name"}', 'S {"return": {"name": "y"}}'],
    );
    const { address } = await serverOf();
    expect(await play(file, address)).toEqual({
      code: 0,
      stdout: 'No differences; 3 as recorded; 1 command with masked secrets not sent\n',
      stderr: '',
    });
  });

  test('that is not there, and one that never answers', async () => {
    const file = recordingOf(GREETING, 'S end');
    const absent = await play(file, 'unix:/absent/server');
    expect(absent).toMatchObject({ code: 2, stdout: '' });
    expect(absent.stderr).toContain('cannot connect to unix:/absent/server');
    const path = join(folderWith(), 'mute');
    const server = createServer(() => {});
    onTestFinished(() => void server.close());
    await new Promise<void>((done) => server.listen(path, done));
    const mute = await play(file, path, '--timeout', '0.1');
    expect(mute.stdout).toContain(':2: greeting was recorded, and did not come\n');
    expect(mute.stdout).toContain(':3: end was recorded, and did not come\n');
    const abort = new AbortController();
    const waiting = qapiTs(['replay', file, '--check', path], { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    expect(await waiting).toEqual({ code: 2, stdout: '', stderr: '' });
  });
});

describe('wrong usage is said in one line', () => {
  const file = recordingOf(GREETING);

  test.each([
    [['replay', file], 'give --listen or --check'],
    [['replay', file, '--check'], '--check: give an address, or -- and a program'],
    [['replay', file, '--', 'program'], 'a program is given without --check'],
    [['replay', file, '--check', 'x:y'], "'x:y' is no address"],
    [['replay', file, '--check', '/s', '--', 'program'], '--check takes an address or a program'],
    [['replay', file, '--check', '/s', '--listen', '/t'], '--listen and --check ADDRESS: give one'],
    [['replay', file, '--listen', 'tcp:x'], 'PATH, unix:PATH or [tcp:]HOST:PORT is expected'],
    [['replay', file, '--listen', '/s', '--speed', '0'], 'A factor such as 0.5 or 10'],
    [['replay', file, '--check', '/s', '--timeout', '-1'], 'A number of seconds is expected'],
    [['replay', '/absent', '--listen', '/s'], 'cannot read /absent: ENOENT'],
    [['replay', file, '--listen', '/absent/folder/s'], 'cannot listen at unix:/absent/folder/s'],
    [['replay', 'package.json', '--listen', '/s'], 'package.json:1: this is no JSON object'],
    [['record', 'x:0', '--listen', '/s', '--out', 'f'], 'PATH, unix:PATH or [tcp:]HOST:PORT'],
    [['record', '/q', '--listen', '/s'], "required option '--out <file>' not specified"],
    [['record', '/q', '--listen', '/s', '--out', 'package.json'], 'package.json exists already'],
    [['record', '/q', '--listen', '/s', '--out', '/absent/f'], 'cannot write to /absent/f: ENOENT'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await qapiTs(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^qapi-ts: error: .*\n$/);
    expect(stderr).toContain(message);
  });

  test('and a recording of nobody', async () => {
    const empty = join(folderWith(), 'empty');
    writeFileSync(empty, `${readFileSync(file, 'utf8').split('\n')[0]}\n`);
    const { code, stderr } = await qapiTs(['replay', empty, '--listen', '/s']);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no connection in it');
  });
});
