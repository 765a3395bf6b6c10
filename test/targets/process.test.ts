import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { contentsOf, folderWith } from '../support/files.js';

beforeAll(ensureBuilt, 120_000);

const many = (count: number, type: string) =>
  Array.from({ length: count }, (_, i) => `{ 'command': 'do-${i}', 'data': { 'a': '${type}' } }`);

const CONFIG = `targets:
  - { name: a, source: { schema: a b.json }, output: out/a }
  - { name: b, source: { schema: b.json }, output: out/b }
  - { name: c, source: { qemu: 7.2 }, target: qga, output: out/c }
`;

function project() {
  const folder = folderWith({
    'qapi-ts.yaml': CONFIG,
    'a b.json': "{ 'include': 'in#c$.json' }\n{ 'command': 'stop', 'returns': 'Info' }\n",
    'in#c$.json': "{ 'struct': 'Info', 'data': { 'a': 'str' } }\n",
    'b.json': many(400, 'str').join('\n'),
  });
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [LAUNCHER, 'generate', ...args], { cwd: folder, encoding: 'utf8' });
  const start = (...args: string[]) =>
    spawn(process.execPath, [LAUNCHER, 'generate', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return { folder, at: (path: string) => join(folder, path), run, start };
}

const ended = (child: ChildProcess) =>
  new Promise<NodeJS.Signals | number | null>((done) =>
    child.once('close', (code, signal) => done(signal ?? code)),
  );

describe('worker threads', () => {
  test('give the same bytes as none', () => {
    const { at, run } = project();
    expect(run('--jobs', '1')).toMatchObject({ status: 0, stderr: '' });
    const alone = contentsOf(at('out'));
    rmSync(at('out'), { recursive: true });
    expect(run('--jobs', '3', '--force')).toMatchObject({ status: 0, stderr: '' });
    expect(contentsOf(at('out'))).toEqual(alone);
    expect(Object.keys(alone).length).toBeGreaterThan(20);
  }, 60_000);

  test('tell findings and failures of each target', () => {
    const { at, run } = project();
    writeFileSync(at('b.json'), "{ 'command': ");
    const { status, stderr } = run('--jobs', '2');
    expect(status).toBe(1);
    expect(stderr).toMatch(/b\.json:1:\d+: error: /);
    expect(stderr).toContain("target 'b': not made");
    expect(existsSync(at('out/c/index.ts'))).toBe(true);
  }, 60_000);
});

test('runs for one target each, at the same time, share a lock', async () => {
  const { at, run, start } = project();
  const children = ['a', 'b', 'c'].map((name) => start('--only', name));
  expect(await Promise.all(children.map(ended))).toEqual([0, 0, 0]);
  const { stdout } = run();
  // A record is lost only when two write within the same moment; the target is then made again.
  expect(stdout).toMatch(/unchanged/);
  expect(run().stdout.match(/unchanged/g)).toHaveLength(3);
  expect(readdirSync(at('.')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}, 60_000);

describe('--depfile', () => {
  test('lists what was read, in the way of make', () => {
    const { at, run } = project();
    const out = ['--schema', 'a b.json', '--out', 'out'];
    expect(run(...out, '--depfile', 'x.d', '--stamp', 'x.stamp').status).toBe(0);
    expect(readFileSync(at('x.d'), 'utf8')).toBe(
      'x.stamp: \\\n  a\\ b.json \\\n  in\\#c$$.json\n\na\\ b.json:\n\nin\\#c$$.json:\n',
    );
    expect(run(...out, '--depfile', 'y.d').status).toBe(0);
    expect(readFileSync(at('y.d'), 'utf8')).toMatch(/^out\/client\.ts \\\n {2}out\/commands\.ts/);
  }, 60_000);

  test('of a targets file has the file itself and the inputs of every target, made now or not', () => {
    const { at, run } = project();
    run();
    const { stdout } = run('--depfile', 'all.d', '--stamp', 'all.stamp');
    expect(stdout.match(/unchanged/g)).toHaveLength(3);
    const text = readFileSync(at('all.d'), 'utf8');
    for (const path of ['qapi-ts.yaml:', 'a\\ b.json:', 'b.json:', 'in\\#c$$.json:']) {
      expect(text).toContain(`\n${path}\n`);
    }
    expect(text).toContain('qapi/qemu-7.2/qga/qapi-schema.json:');
  }, 60_000);

  test.skipIf(spawnSync('make', ['--version']).error !== undefined)(
    'makes make run it when an included file changed, and only then',
    async () => {
      const { folder, at } = project();
      const command = `"${process.execPath}" "${LAUNCHER}" generate --schema 'a b.json' --out out`;
      writeFileSync(
        at('Makefile'),
        `qmp.stamp:\n\t${command} --depfile qmp.d --stamp $@\n-include qmp.d\n`,
      );
      const make = () => spawnSync('make', ['qmp.stamp'], { cwd: folder, encoding: 'utf8' });
      expect(make()).toMatchObject({ status: 0, stderr: '' });
      expect(make().stdout).toContain('up to date');
      const untouched = statSync(at('out/client.ts')).mtimeMs;
      await delay(20);
      writeFileSync(at('in#c$.json'), "{ 'struct': 'Info', 'data': { 'a': 'int' } }\n");
      expect(make().stdout).toMatch(/10 files, [1-9] written/);
      expect(statSync(at('out/client.ts')).mtimeMs).toBe(untouched);
      rmSync(at('in#c$.json'));
      writeFileSync(at('a b.json'), "{ 'command': 'stop' }\n");
      expect(make()).toMatchObject({ status: 0, stderr: '' });
    },
    60_000,
  );
  test.skipIf(spawnSync('ninja', ['--version']).error !== undefined)(
    'is read by ninja',
    async () => {
      const { folder, at } = project();
      const command = `"${process.execPath}" "${LAUNCHER}" generate --schema 'a b.json' --out out`;
      writeFileSync(
        at('build.ninja'),
        `rule sdk
  command = ${command} --depfile $out.d --stamp $out
  depfile = $out.d
  deps = gcc
build qmp.stamp: sdk a$ b.json
`,
      );
      const ninja = () => spawnSync('ninja', [], { cwd: folder, encoding: 'utf8' });
      expect(ninja()).toMatchObject({ status: 0, stderr: '' });
      expect(ninja().stdout).toContain('no work to do');
      await delay(20);
      writeFileSync(at('in#c$.json'), "{ 'struct': 'Info', 'data': { 'a': 'int' } }\n");
      expect(ninja().stdout).toMatch(/10 files, [1-9] written/);
      expect(ninja().stdout).toContain('no work to do');
    },
    60_000,
  );
});

test('--watch generates again on each change, lives through errors, and ends on Ctrl-C', async () => {
  const { at, start } = project();
  const child = start('--watch', '--only', 'a', '--jobs', '1');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const end = ended(child);
  const until = async (pattern: RegExp) => {
    for (let waited = 0; !pattern.test(said); waited += 20) {
      if (waited > 20_000) throw new Error(`no ${pattern} in ${JSON.stringify(said)}`);
      await delay(20);
    }
    said = '';
  };
  await until(/written.*watching/s);
  writeFileSync(at('in#c$.json'), "{ 'struct': 'Info', 'data': { 'a': 'int' } }\n");
  await until(/written.*watching/s);
  expect(readFileSync(at('out/a/types.ts'), 'utf8')).toContain('number');
  writeFileSync(at('in#c$.json'), "{ 'struct': \n");
  await until(/error: .*watching/s);
  writeFileSync(at('in#c$.json'), "{ 'struct': 'Info', 'data': { 'a': 'bool' } }\n");
  await until(/written.*watching/s);
  expect(readFileSync(at('out/a/types.ts'), 'utf8')).toContain('boolean');
  child.kill('SIGINT');
  expect(await end).toBe('SIGINT');
}, 90_000);

test('a run with threads ends on Ctrl-C at once, with whole outputs', async () => {
  const { at, start } = project();
  writeFileSync(
    at('qapi-ts.yaml'),
    `targets:\n${['5.2', '6.2', '7.2', '8.2', '9.2', '10.2']
      .map((v) => `  - { name: q${v}, source: { qemu: ${v} }, output: out/${v} }\n`)
      .join('')}`,
  );
  const child = start('--jobs', '2');
  const end = ended(child);
  await new Promise((done) => child.stdout.once('data', done));
  child.kill('SIGINT');
  const begun = Date.now();
  expect(await end).toBe('SIGINT');
  expect(Date.now() - begun).toBeLessThan(5_000);
  const folders = readdirSync(at('out'));
  expect(folders.length).toBeLessThan(6);
  for (const folder of folders)
    expect(Object.keys(contentsOf(at(`out/${folder}`)))).toHaveLength(10);
}, 60_000);
