import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formOfRelease, introspect } from '../../generator/introspection/write/index.js';
import { qapiTs } from '../support/cli.js';
import { schemaOf } from './site.js';

const TEXT = `
##
# @ping:
#
# Says pong.
#
# Since: 1.0
##
{ 'command': 'ping', 'returns': 'Pong' }

##
# @Pong:
#
# @at: when
#
# Since: 1.0
##
{ 'struct': 'Pong', 'data': { 'at': 'int' } }
`;

let folder: string;
const path = (name: string) => join(folder, name);
const write = (name: string, text: string): string => {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), text);
  return path(name);
};
const page = (name: string) => readFileSync(path(join('site', name)), 'utf8');
const docs = (...args: string[]) => qapiTs(['docs', '--out', path('site'), ...args]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qapi-ts-docs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('qapi-ts docs', () => {
  it('documents releases of a target, in order of age', async () => {
    const { code, stdout } = await docs('--target', 'qga', '10.2', '7.2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/site: \d+ files, \d+ written\n$/);
    expect(page('qga/command-guest-ping.html')).toContain('<li class="in">7.2');
    expect(page('qga/changes-10.2.html')).toContain('Since 7.2');
    expect(page('index.html')).not.toContain('qmp/');
  });

  it('takes text from a source tree, which may come first among the options', async () => {
    const tree = dirname(dirname(write('tree/qapi/qapi-schema.json', TEXT)));
    const plain = write('plain.json', TEXT.replace(/##[\s\S]*?##/g, ''));
    const { code } = await docs('--schema-dir', tree, `1.0=${plain}`);
    expect(code).toBe(0);
    expect(page('qmp/command-ping.html')).toContain('Says pong.');
    expect(page('qmp/type-Pong.html')).toContain('since 1.0');
    expect(page('search-data.js')).toContain('Says pong.');
  });

  it('compares whatever is named, in the order given, and gives names to masked types', async () => {
    const schema = write('ours.json', TEXT);
    const newer = schemaOf(
      "{ 'command': 'ping', 'returns': 'Pong' }\n{ 'struct': 'Pong', 'data': { 'at': 'int', 'by': 'str' } }",
    );
    const reply = write(
      'reply.json',
      JSON.stringify({
        return: introspect(newer, { form: formOfRelease(10, 2), mask: true }),
      }),
    );
    const { code, stderr } = await docs(`one=${schema}`, `two=${reply}`);
    expect([code, stderr]).toEqual([0, '']);
    expect(page('qmp/changes-two.html')).toContain('Since one: 0 new, 0 gone, 1 changed');
    expect(page('qmp/type-Pong.html')).toContain('<code>by</code>: now sent, str');
  });

  it('writes only what changed, deletes only what is ours, and keeps edited files', async () => {
    const schema = write('ours.json', TEXT);
    await docs(schema);
    expect((await docs(schema)).stdout).toContain(' 0 written\n');
    expect((await docs(schema, '--check')).code).toBe(0);
    write('site/qmp/mine.html', 'mine');
    write('ours.json', TEXT.replaceAll('ping', 'beep'));
    expect((await docs(schema, '--check')).code).toBe(1);
    expect((await docs(schema)).stdout).toContain('1 removed');
    expect(page('qmp/mine.html')).toBe('mine');
    write('site/index.html', page('index.html').replace('</h1>', '!</h1>'));
    write('ours.json', `${TEXT}{ 'event': 'E' }`);
    const refused = await docs(schema);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('edited by hand')]);
  });

  it.each([
    ['9.9', 'no embedded definitions of QEMU 9.9'],
    ['no-such-file', 'does not exist'],
    ['tcp:nowhere', 'is no address'],
  ])('refuses %s', async (version, said) => {
    const { code, stderr } = await docs(version);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it.each([
    [['10.2', '10.2.1'], 'two versions are called 10.2'],
    [['10.2', '--target', 'qsd', '--schema-dir', '/no/such'], '/no/such'],
    [['1.6', '--target', 'qsd'], 'none of these has a schema of qsd'],
    [['10.2', '--target', 'vnc'], 'Allowed are qmp, qga, qsd.'],
  ])('refuses %j', async (args, said) => {
    const { code, stderr } = await docs(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it('refuses a folder that is no source tree', async () => {
    const { code, stderr } = await docs('10.2', '--schema-dir', folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('has no QAPI schema')]);
  });
});
