import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt, LAUNCHER, UNJOINED } from '../support/built.js';
import { folderWith } from '../support/files.js';

beforeAll(ensureBuilt);

const run = (
  args: readonly string[],
  nodeOptions: readonly string[] = [],
  program: string = LAUNCHER,
) => spawnSync(process.execPath, [...nodeOptions, program, ...args], { encoding: 'utf8' });

describe('the launcher', () => {
  test('reads the program as it is meant', () => {
    const text = readFileSync(join(dirname(LAUNCHER), '../dist/cli/bundled/main.cjs'), 'utf8');
    expect(/[^\0-\x7f]+/.exec(text)).toBe(null);
  });

  test('starts the built CLI', () => {
    const { status, stdout, stderr } = run(['--version']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('says what to do where nothing is built', () => {
    const folder = folderWith({ 'package.json': '{ "type": "module" }' });
    mkdirSync(join(folder, 'generator'));
    copyFileSync(LAUNCHER, join(folder, 'generator/launcher.js'));
    const bare = spawnSync(process.execPath, [join(folder, 'generator/launcher.js'), 'check']);
    expect(bare.status).toBe(2);
    expect(String(bare.stderr)).toBe('qapi-ts: not built yet (dist/ is missing): run npm ci\n');
  });
});

describe('compiled code', () => {
  const folder = folderWith();
  const bundled = join(folder, 'dist/cli/bundled');
  const version = () => {
    const program = join(folder, 'generator/launcher.js');
    const { status, stdout, stderr } = run(['--version'], [], program);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  };
  const kept = () => readdirSync(join(bundled, 'code')).map((name) => join(bundled, 'code', name));

  beforeAll(() => {
    const root = dirname(dirname(LAUNCHER));
    for (const path of ['package.json', 'generator/launcher.js', 'dist/cli/bundled/main.cjs']) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      copyFileSync(join(root, path), join(folder, path));
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });

  test('is kept beside the program by the first run, for those that follow', () => {
    version();
    const [file = '', ...others] = kept();
    expect(others).toEqual([]);
    const first = statSync(file);
    expect(first.size).toBeGreaterThan(10_000);
    version();
    expect(statSync(file)).toMatchObject({ mtimeMs: first.mtimeMs, ino: first.ino });
  });

  test('that is none, cut off or damaged is replaced', () => {
    const whole = readFileSync(kept()[0] ?? '');
    const middle = whole.length >> 1;
    const zeroed = Buffer.from(whole).fill(0, middle);
    const garbled = Buffer.from(whole).fill('A', middle, middle + 4096);
    const texts = ['', 'not compiled code'].map((text) => Buffer.from(text));
    for (const content of [...texts, whole.subarray(0, 5000), zeroed, garbled]) {
      for (const file of kept()) writeFileSync(file, content);
      version();
      const now = kept().map((file) => readFileSync(file));
      expect(now.some((code) => code.length > 10_000 && !code.equals(content))).toBe(true);
    }
  });

  test('of another program is not taken, not even of one as long and as old', () => {
    const help = () => run(['--help'], [], join(folder, 'generator/launcher.js')).stdout;
    const program = join(bundled, 'main.cjs');
    const { atime, mtime } = statSync(program);
    expect(help()).toContain('Typed TypeScript SDKs');
    const text = readFileSync(program, 'latin1');
    writeFileSync(program, text.replaceAll('Typed TypeScript', 'Other TypeScript'));
    utimesSync(program, atime, mtime);
    expect(help()).toContain('Other TypeScript SDKs');
  });

  test('is not missed where it cannot be kept', () => {
    rmSync(join(bundled, 'code'), { recursive: true });
    writeFileSync(join(bundled, 'code'), '');
    version();
    expect(readFileSync(join(bundled, 'code'), 'utf8')).toBe('');
  });
});

describe('the process', () => {
  test('ends quietly when nobody reads on', () => {
    const command = `"${process.execPath}" "${LAUNCHER}" introspect --qemu 10.2 | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '[\n', stderr: '' });
  });

  test('writes all of a long output into a pipe', () => {
    const stdout = execFileSync(process.execPath, [LAUNCHER, 'introspect', '--qemu', '10.2']);
    expect(stdout.length).toBeGreaterThan(200_000);
    expect(() => JSON.parse(String(stdout))).not.toThrow();
  });

  test.runIf(process.platform === 'linux')('ends where no folder can ever be made', () => {
    const args = [LAUNCHER, 'generate', '--qemu', '10.2', '--target', 'qga', '--out'];
    for (const out of ['/proc/none', '/proc/none/deep/er']) {
      const { status, stderr } = spawnSync(process.execPath, [...args, out], {
        encoding: 'utf8',
        timeout: 15_000,
        killSignal: 'SIGKILL',
      });
      expect(status).toBe(2);
      expect(stderr).toBe(`qapi-ts: error: cannot write to ${out}: no folder can be made there\n`);
    }
  });

  test('dies of Ctrl-C at once', async () => {
    // Nobody answers at this address: the run waits for the greeting.
    const server = spawn(process.execPath, [
      '-e',
      "require('net').createServer(() => {}).listen(0, function () { console.log(this.address().port) })",
    ]);
    const port = await new Promise<string>((done) =>
      server.stdout.once('data', (d) => done(`${d}`)),
    );
    const address = `tcp:127.0.0.1:${port.trim()}`;
    const out = join(folderWith(), 'sdk');
    const args = [LAUNCHER, 'generate', '--introspection', address, '--out', out];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
    });
    const ended = new Promise((done) => child.once('close', (code, by) => done(by ?? code)));
    // It has no sign of waiting to show; it needs far less than this to get there.
    await new Promise((done) => setTimeout(done, 500));
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(said).toBe('');
    server.kill();
  });
});

describe('a command loads no more than it needs', () => {
  // Writes the URL of each module to stderr as it is loaded, and of CommonJS ones at the end.
  const folder = folderWith({
    'hooks.mjs': `import { writeSync } from 'node:fs';
export function load(url, context, next) { writeSync(2, 'LOADED ' + url + '\\n'); return next(url, context); }
`,
    'preload.mjs': `import { register, createRequire } from 'node:module';
import { writeSync } from 'node:fs';
register('./hooks.mjs', import.meta.url);
const { cache } = createRequire(import.meta.url);
process.on('exit', () => { for (const file of Object.keys(cache)) writeSync(2, 'LOADED ' + file + '\\n'); });
`,
    'schema.json': "{ 'command': 'stop' }\n",
    // Before the build joins modules, so that folders tell what is loaded.
    'unjoined.mjs': `import { main } from ${JSON.stringify(pathToFileURL(UNJOINED).href)};
await main();
`,
  });
  const unjoined = join(folder, 'unjoined.mjs');
  const schema = join(folder, 'schema.json');
  const preload = pathToFileURL(join(folder, 'preload.mjs')).href;
  const modulesOf = (args: readonly string[], program?: string) => {
    const { status, stderr } = run(args, ['--import', preload], program);
    expect(status, stderr).toBe(0);
    return [...stderr.matchAll(/^LOADED (.+)$/gm)].map((match) => match[1] ?? '');
  };
  const HEAVY = [/ts-morph/, /handlebars\/(?!.*runtime)(?=.*compiler)/, /@qapi-ts|runtime\/dist/];

  test.each([
    ['--help', [], [...HEAVY, /handlebars/, /dist\/(schema|view|emit|syntax)\//]],
    ['check', [schema], [...HEAVY, /handlebars/, /dist\/(view|emit|introspection|print)\//]],
    ['introspect', [schema], [...HEAVY, /handlebars/, /dist\/(view|emit|print)\//]],
    [
      'generate',
      ['--schema', schema, '--out', join(folder, 'sdk')],
      [...HEAVY, /handlebars/, /node_modules\/(yaml|tar-stream)\//, /dist\/(targets|fetch)\//],
    ],
  ])('%s', (command, args, absent) => {
    const modules = modulesOf([command, ...args], unjoined);
    expect(modules.some((url) => url.includes('dist/cli/run.js'))).toBe(true);
    // What the launcher starts is one script: packages alone stay apart.
    const joined = modulesOf([command, ...args]);
    expect(joined.some((url) => url.endsWith('generator/launcher.js'))).toBe(true);
    expect(joined.filter((url) => url.includes('/dist/'))).toEqual([]);
    for (const pattern of absent) {
      expect([...modules, ...joined].filter((url) => pattern.test(url))).toEqual([]);
    }
  });

  test('and the hook that this relies on sees CommonJS modules too', () => {
    expect(
      modulesOf(['--help'], unjoined).some((file) => /commander\/lib\/command/.test(file)),
    ).toBe(true);
  });
});
