import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { folderWith } from '../support/files.js';
import { SMALL } from './schemas.js';

interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built CLI as a process of its own. */
function start(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [LAUNCHER, ...args]);
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  return new Promise((done) => {
    child.once('close', (code, signal) => done({ code: code ?? signal, ...written }));
  });
}

const folder = folderWith({
  ...SMALL,
  'syntax.json': "{ 'struct': 'One', 'data': { 'a' 'int' } }\n",
  'include.json': "{ 'include': 'absent.json' }\n",
  'bytes.json': Buffer.from([0x23, 0xff, 0xfe, 0x0a]),
  'reply.json': '[ { "name": "a" } ]\n',
  'broken.hbs/types.ts.hbs': '{{#if}}\n',
  file: 'not a folder\n',
});
const at = (name: string) => join(folder, name);
const schema = at('schema.json');
const out = at('out');

beforeAll(ensureBuilt);

/** One line that says it, no stack, and nothing on stdout. */
function expectRefusal(ended: Ended, code: 1 | 2, message: RegExp): void {
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
  const [first = '', ...rest] = ended.stderr.split('\n');
  expect(first).toMatch(/error: /);
  expect(first).toMatch(message);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  // Findings have their place below the line; what is about the run is the line alone.
  if (code === 2) expect(rest).toEqual(['']);
}

describe.each(['check', 'introspect', 'import', 'generate'])('%s refuses', (command) => {
  const run = (file: string) => {
    const source = command === 'generate' ? ['--schema', file] : [file];
    const target = command === 'generate' || command === 'import' ? ['--out', out] : [];
    return start(command, ...source, ...target);
  };

  test.each([
    ['a schema that does not exist', 'absent.json', 2, /absent\.json does not exist$/],
    ['a folder in place of a schema', '', 2, /is a folder$/],
    ['a syntax error', 'syntax.json', 1, /^\S*syntax\.json:1:34: .* \[unexpected-token\]$/],
    ['an include that does not exist', 'include.json', 1, /include\.json:1:\d+: .*absent\.json/],
    ['bytes that are not UTF-8', 'bytes.json', 1, /bytes\.json.* UTF-8/],
  ] as const)('%s', async (_, file, code, message) => {
    expectRefusal(await run(at(file)), code, message);
    expect(existsSync(out)).toBe(false);
  });
});

describe('an output folder that cannot be written', () => {
  test.each(['generate', 'import'])('%s: below a file', async (command) => {
    const source = command === 'generate' ? ['--schema', schema] : [schema];
    const ended = await start(command, ...source, '--out', at('file/out'));
    expectRefusal(ended, 2, /cannot write to \S*file\/out: something on the way is no folder$/);
    expect(readFileSync(at('file'), 'utf8')).toBe('not a folder\n');
  });

  test('without permission', async () => {
    const closed = at('closed');
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    // To root nothing is forbidden but the kernel's own folders.
    const parent = process.getuid?.() === 0 ? '/sys' : closed;
    const ended = await start('generate', '--schema', schema, '--out', join(parent, 'sdk'));
    expectRefusal(
      ended,
      2,
      /cannot write to \S*\/sdk: (no permission|the file system is read-only)/,
    );
    expect(readdirSync(closed)).toEqual([]);
  });

  test('holding a file that is not ours', async () => {
    const taken = folderWith({ 'types.ts': 'export {};\n' });
    const ended = await start('generate', '--schema', schema, '--out', taken);
    expectRefusal(ended, 2, /types\.ts is not made by qapi-ts: nothing was written$/);
    expect(readdirSync(taken)).toEqual(['types.ts']);
  });
});

describe('an address', () => {
  let server: Server;
  const socket = at('socket');
  beforeAll(async () => {
    server = createServer((peer) => {
      peer.on('error', () => peer.destroy());
      peer.end('SSH-2.0-Other\r\n');
    });
    await new Promise<void>((done) => server.listen(socket, done));
  });
  afterAll(() => server.close());

  test.each([
    ['that does not exist', `unix:${at('absent')}`, /^qapi-ts: error: Cannot connect .*absent/],
    ['that is not QMP', `unix:${socket}`, /^qapi-ts: error: .+/],
    ['that is none', 'tcp:nowhere', /'tcp:nowhere' is no address: unix:PATH or tcp:HOST:PORT/],
  ])('%s', async (_, address, message) => {
    const ended = await start('generate', '--introspection', address, '--out', out);
    expectRefusal(ended, 2, message);
    expect(existsSync(out)).toBe(false);
  });
});

describe('other inputs', () => {
  test.each([
    [
      'a reply that is no introspection',
      ['--introspection', at('reply.json')],
      1,
      /reply\.json:1:/,
    ],
    ['a reply that does not exist', ['--introspection', at('absent')], 2, /absent does not exist$/],
    [
      'a catalogue that does not exist',
      ['--schema', schema, '--catalogue', at('absent')],
      2,
      /absent does not exist$/,
    ],
    [
      'a folder of templates that does not exist',
      ['--schema', schema, '--templates', at('absent')],
      2,
      /absent does not exist$/,
    ],
    [
      'a template that is wrong',
      ['--schema', schema, '--templates', at('broken.hbs')],
      1,
      /types\.ts\.hbs: /,
    ],
  ] as const)('%s', async (_, source, code, message) => {
    expectRefusal(await start('generate', ...source, '--out', out), code, message);
    expect(existsSync(out)).toBe(false);
  });
});
