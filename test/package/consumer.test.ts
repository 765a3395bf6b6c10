import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../support/built.js';
import {
  makeConsumer,
  mustRunIn,
  nodeOf,
  PACKAGE_NAMES,
  type PackageName,
  packAll,
  ROOT,
  runIn,
} from '../support/packages.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-pack-'));
const consumer = join(folder, 'consumer');
let tarballs = {} as Readonly<Record<PackageName, string>>;

beforeAll(async () => {
  await ensureBuilt();
  tarballs = packAll(folder);
  makeConsumer(consumer, tarballs);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Talks to a server of its own that greets and answers as QEMU does. */
const PROGRAM = `import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Vm } from '@qapi-ts/qemu/10.2/qmp';
import { CommandError } from '@qapi-ts/runtime';

const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
const path = join(folder, 'qmp.sock');
const server = createServer((socket) => {
  const version = { qemu: { major: 10, minor: 2, micro: 0 }, package: '' };
  socket.write(JSON.stringify({ QMP: { version, capabilities: [] } }) + '\\r\\n');
  socket.setEncoding('utf8').on('data', (text) => {
    for (const line of String(text).split('\\n').filter((l) => l.trim() !== '')) {
      const { execute, id } = JSON.parse(line) as { execute: string; id: unknown };
      const status = { running: true, status: 'running' };
      const answer =
        execute === 'stop'
          ? { error: { class: 'GenericError', desc: 'no' } }
          : { return: execute === 'query-status' ? status : {} };
      socket.write(JSON.stringify({ ...answer, id }) + '\\r\\n');
    }
  });
});
await new Promise<void>((done) => server.listen(path, done));
const vm: Vm = await connect(path);
const { status } = await vm.queryStatus();
const refused = await vm.stop().catch((error: unknown) => error instanceof CommandError);
await vm.close();
server.close();
rmSync(folder, { recursive: true });
console.log(status, refused);
`;

const TYPES = `import { connect, type BlockdevOptions } from '@qapi-ts/qemu/11.1/qmp';
import * as schema from '@qapi-ts/qemu/10.2/qga/schema';
import * as validators from '@qapi-ts/qemu/7.2/qsd/validators';
import { connectSdk } from '@qapi-ts/runtime';
import { tls } from '@qapi-ts/runtime/tls';
import { loadSchema, Diagnostics } from 'qapi-ts';

export const options: BlockdevOptions = { driver: 'null-co', 'node-name': 'n' };
// @ts-expect-error 'filename' is missing
export const wrong: BlockdevOptions = { driver: 'file' };
export const all = [connect, connectSdk, tls, loadSchema, Diagnostics, schema, validators];
`;

describe('an installed package', () => {
  test.each([
    ['nodenext', { module: 'nodenext', moduleResolution: 'nodenext' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ])(
    'has its types under %s, checked to the last declaration',
    (name, resolution) => {
      writeFileSync(join(consumer, 'program.ts'), PROGRAM);
      writeFileSync(join(consumer, 'types.ts'), TYPES);
      const config = {
        compilerOptions: {
          ...resolution,
          target: 'es2022',
          lib: ['es2023', 'esnext.disposable'],
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          outDir: `out-${name}`,
          rootDir: '.',
        },
        files: ['program.ts', 'types.ts'],
      };
      writeFileSync(join(consumer, `tsconfig.${name}.json`), JSON.stringify(config));
      for (const compiler of ['typescript', 'typescript-5.4']) {
        const tsc = join(ROOT, 'node_modules', compiler, 'bin/tsc');
        const { output } = runIn(consumer, process.execPath, tsc, '-p', `tsconfig.${name}.json`);
        // Node's own declarations are not sound under these options, and not ours.
        const errors = output.match(/^\S.*error TS.*$/gm) ?? [];
        expect(errors.filter((line) => !line.startsWith('node_modules/@types/node/'))).toEqual([]);
        expect(existsSync(join(consumer, `out-${name}/program.js`))).toBe(true);
        rmSync(join(consumer, `out-${name}/types.js`));
      }
    },
    180_000,
  );

  test.for([20, 22, 24])('works on Node %i', { timeout: 180_000 }, (major, context) => {
    const node = nodeOf(major);
    if (node === null) {
      const missing = `Node ${major} cannot be had here`;
      if (process.env.QAPI_TS_REQUIRE_LIVE === '1') throw new Error(missing);
      context.skip(missing);
      return;
    }
    expect(mustRunIn(consumer, node, '--version')).toMatch(new RegExp(`^v${major}\\.`));
    const program = join(consumer, 'out-nodenext/program.js');
    expect(mustRunIn(consumer, node, program)).toBe('running true\n');

    const cli = join(consumer, 'node_modules/qapi-ts/generator/launcher.js');
    const project = mkdtempSync(join(folder, 'project-'));
    expect(mustRunIn(project, node, cli, 'init')).toContain('qapi-ts.yaml');
    expect(mustRunIn(project, node, cli, 'generate')).toMatch(/src\/qemu\/qmp: \d+ files/);
    expect(mustRunIn(project, node, cli, 'generate')).toContain('unchanged');
  });

  test('is bundled by esbuild, and the bundle runs', async () => {
    const bundle = join(consumer, 'bundle.mjs');
    await build({
      absWorkingDir: consumer,
      entryPoints: ['program.ts'],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    });
    expect(mustRunIn(folder, process.execPath, bundle)).toBe('running true\n');
    // Neither the definitions nor the validators come along when they are not asked for.
    expect(statSync(bundle).size).toBeLessThan(250_000);
    expect(readFileSync(bundle, 'utf8')).not.toContain('BlockdevOptionsQcow2');
  }, 60_000);
});

describe('a tarball', () => {
  test.each(PACKAGE_NAMES)(
    'of %s is clean to publint',
    (name) => {
      const publint = join(ROOT, 'node_modules/publint/src/cli.js');
      const { status, output } = runIn(
        folder,
        process.execPath,
        publint,
        tarballs[name],
        '--strict',
      );
      expect(status, output).toBe(0);
    },
    120_000,
  );

  test.each(PACKAGE_NAMES)(
    'of %s is clean to attw',
    (name) => {
      const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
      const args = [tarballs[name], '--profile', 'esm-only', '--no-emoji', '--no-definitely-typed'];
      const { status, output } = runIn(folder, process.execPath, attw, ...args);
      expect(status, output).toBe(0);
    },
    240_000,
  );

  test.each(PACKAGE_NAMES)('of %s holds what it should and nothing else', (name) => {
    const installed = join(consumer, 'node_modules', name);
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
      .filter((path) => !path.startsWith('node_modules/'));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    const left = files.filter(
      (path) =>
        !/^dist\/.*\.(js|d\.ts)$/.test(path) &&
        // What runs of the consumer left there.
        !path.startsWith('dist/cli/bundled/code/') &&
        !/^(qapi|templates)\//.test(path) &&
        !['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json'].includes(path),
    );
    expect(files.filter((path) => /targets\.(yaml|lock)$/.test(path))).toEqual([]);
    const program = ['dist/cli/bundled/main.cjs', 'generator/launcher.js'];
    expect(left.sort()).toEqual(name === 'qapi-ts' ? program : []);
  });
});
