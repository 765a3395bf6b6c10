import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';

const SCHEMA = "{ 'include': 'more.json' }\n{ 'command': 'stop', 'returns': 'Info' }\n";
const MORE = "{ 'struct': 'Info', 'data': { 'a': 'str' } }\n";

const CONFIG = `targets:
  - { name: one, source: { schema: schema.json }, output: out/one }
  - { name: two, source: { schema: other.json }, output: out/two, options: { int64: bigint } }
`;

function project(config = CONFIG) {
  const folder = folderWith({
    'qapi-ts.yaml': config,
    'schema.json': SCHEMA,
    'more.json': MORE,
    'other.json': "{ 'command': 'cont' }\n",
  });
  const at = (path: string) => join(folder, path);
  const shown = (path: string) => relative('.', at(path));
  return {
    at,
    shown,
    text: (path: string) => readFileSync(at(path), 'utf8'),
    generate: (...args: string[]) => qapiTs(['generate', '--config', at('qapi-ts.yaml'), ...args]),
  };
}

describe('generate without a source', () => {
  test('makes all targets, then none, then the one whose input changed', async () => {
    const { at, shown, text, generate } = project();
    const first = await generate();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/one: \d+ files, \d+ written\n.*two: \d+ files, \d+ written\n$/);
    expect(text('out/one/types.ts')).toContain('// Source: schema.json.');

    const lock = text('qapi-ts.lock');
    expect(lock).toContain('      "more.json": ');
    const unchanged = `${shown('out/one')}: unchanged\n${shown('out/two')}: unchanged\n`;
    expect((await generate()).stdout).toBe(unchanged);
    expect(text('qapi-ts.lock')).toBe(lock);

    const untouched = statSync(at('out/one/client.ts')).mtimeMs;
    writeFileSync(at('more.json'), MORE.replace("'str'", "'int'"));
    const third = await generate();
    expect(third.stdout).toContain(`${shown('out/two')}: unchanged\n`);
    expect(third.stdout).toMatch(/one: \d+ files, [1-9] written\n$/);
    expect(text('out/one/types.ts')).toContain('number');
    expect(statSync(at('out/one/client.ts')).mtimeMs).toBe(untouched);
  });

  test('makes a target anew whose settings or output changed', async () => {
    const { at, generate } = project();
    await generate();
    writeFileSync(at('qapi-ts.yaml'), CONFIG.replace('bigint', 'number'));
    rmSync(at('out/one/events.ts'));
    const { stdout } = await generate();
    expect(stdout).not.toContain('unchanged');
    expect(existsSync(at('out/one/events.ts'))).toBe(true);
  });

  test('makes only the targets that are asked for', async () => {
    const { at, generate } = project();
    expect(await generate('--only', 'two')).toMatchObject({ code: 0 });
    expect(existsSync(at('out/one'))).toBe(false);
    const wrong = await generate('--only', 'three');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain("has no target 'three' (it has one, two)");
  });

  test('compares with --check, whatever the lock says, and writes nothing', async () => {
    const { at, text, generate } = project();
    expect(await generate('--check')).toMatchObject({ code: 1 });
    expect(existsSync(at('qapi-ts.lock'))).toBe(false);
    await generate();
    expect(await generate('--check')).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(at('out/one/types.ts'), `${text('out/one/types.ts')}// mine\n`);
    const { code, stdout } = await generate('--check');
    expect(code).toBe(1);
    expect(stdout).toContain('edited   types.ts');
  });

  test('names a file that was edited by hand, and overwrites it with --force only', async () => {
    const { at, shown, text, generate } = project();
    await generate();
    const edited = `${text('out/one/types.ts')}export type Mine = 1;\n`;
    writeFileSync(at('out/one/types.ts'), edited);
    writeFileSync(at('out/one/mine.ts'), 'export {};\n');
    const refused = await generate();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`${shown('out/one')}/types.ts was edited by hand`);
    expect(text('out/one/types.ts')).toBe(edited);
    expect(await generate('--force')).toMatchObject({ code: 0 });
    expect(text('out/one/types.ts')).not.toContain('Mine');
    expect(text('out/one/mine.ts')).toBe('export {};\n');
  });

  test('names an edited file of JSON too', async () => {
    const { at, text, generate } = project(`targets:
  - { name: a, source: { schema: schema.json }, options: { emit: json-schema }, output: out }
`);
    await generate();
    const [file = ''] = readdirSync(at('out'));
    writeFileSync(at(`out/${file}`), `${text(`out/${file}`)} `);
    expect(await generate()).toMatchObject({ code: 1, stderr: expect.stringContaining(file) });
  });

  test('makes the others when one fails, and says which failed', async () => {
    const { at, generate } = project();
    writeFileSync(at('schema.json'), "{ 'command': \n");
    const { code, stderr } = await generate();
    expect(code).toBe(1);
    expect(stderr).toMatch(/schema\.json:1:14: error: /);
    expect(stderr).toContain("target 'one': not made");
    expect(existsSync(at('out/one'))).toBe(false);
    expect(existsSync(at('out/two/index.ts'))).toBe(true);
    writeFileSync(at('schema.json'), SCHEMA);
    expect(await generate()).toMatchObject({ code: 0 });
  });

  test('takes every kind of source', async () => {
    const { at, text, generate } = project(`targets:
  - { name: a, source: { qemu: 10.2 }, target: qga, output: out/a }
  - { name: b, source: { common: [7.2, 10.2] }, target: qga, output: out/b }
  - { name: c, source: { introspection: reply.json, names-from: schema.json }, output: out/c }
  - { name: d, source: { schema: schema.json, catalogue: events.txt }, output: out/d }
  - { name: e, source: { qemu: 7.2 }, extensions: [vendor.yaml], output: out/e }
  - { name: f, source: { schema: schema.json }, options: { emit: json-schema }, output: out/f }
`);
    const vendor = new URL('../../qapi/extensions/example-vendor.yaml', import.meta.url);
    writeFileSync(at('vendor.yaml'), readFileSync(vendor));
    const { stdout } = await qapiTs(['introspect', at('schema.json'), '--mask']);
    writeFileSync(at('reply.json'), stdout);
    writeFileSync(at('events.txt'), 'MOVED\n-----\n\nEmitted when moved.\n\nData: None.\n');
    const { code, stderr } = await generate();
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(text('out/a/index.ts')).toContain('QEMU 10.2, qga');
    expect(text('out/b/index.ts')).toContain('QEMU 7.2 and 10.2, qga');
    expect(text('out/c/types.ts')).toContain('interface Info');
    expect(text('out/d/events.ts')).toContain('MOVED');
    expect(text('qapi-ts.lock')).toContain('"qapi-ts:qapi/qemu-10.2/qga/qapi-schema.json"');
    expect(text('qapi-ts.lock')).toContain('"vendor.yaml": ');
    expect(text('qapi-ts.lock')).toContain('.json": ');
    expect((await generate()).stdout.match(/unchanged/g)).toHaveLength(6);
  });

  test('shows on a terminal how far it is, and leaves nothing of that', async () => {
    const { at } = project();
    const ran = await qapiTs(['generate', '--config', at('qapi-ts.yaml')], { terminal: true });
    expect(ran.stderr).toContain('[0/2] one');
    expect(ran.stderr.endsWith('\r\u001b[K')).toBe(true);
    expect(ran.stdout).not.toContain('\u001b');
  });

  test('without a targets file says how to get one', async () => {
    const missing = await qapiTs(['generate', '--config', '/nowhere/qapi-ts.yaml']);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('/nowhere/qapi-ts.yaml does not exist');
    const mixed = await qapiTs(['generate', '--qemu', '10.2', '--out', 'x', '--only', 'a']);
    expect(mixed).toMatchObject({ code: 2 });
  });
});

describe('init', () => {
  test('writes a targets file that generate takes', async () => {
    const folder = folderWith();
    const { code, stdout } = await qapiTs(['init', folder, '--target', 'qga']);
    expect(code).toBe(0);
    expect(stdout).toContain('Next: qapi-ts generate');
    const file = join(folder, 'qapi-ts.yaml');
    expect(await qapiTs(['generate', '--config', file])).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(folder, 'src/qemu/qga/index.ts'))).toBe(true);
    // The newest release with definitions of the agent is older than the newest release.
    expect(readFileSync(file, 'utf8')).toContain('qemu: 10.2');
  });

  test('overwrites nothing', async () => {
    const folder = folderWith({ 'qapi-ts.yaml': 'mine\n' });
    const { code, stderr } = await qapiTs(['init', folder]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('already') });
    expect(readFileSync(join(folder, 'qapi-ts.yaml'), 'utf8')).toBe('mine\n');
    expect(await qapiTs(['init', join(folder, 'no')])).toMatchObject({ code: 2 });
    expect(await qapiTs(['init', folderWith(), '--qemu', '11.0'])).toMatchObject({ code: 2 });
  });
});
