import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commonSchema } from '../../generator/common/index.js';
import { Published } from '../support/published.js';
import { embedded, repositoryPath, schemaOf, sdkOf } from '../support/sdk.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-cost-'));
let published: Published;

beforeAll(async () => {
  const three = ['7.2', '9.2', '10.2'].map((version) => schemaOf(embedded(version, 'qmp')));
  published = new Published(folder, {
    '10.2/qmp': 'generated/qemu-10.2/qmp',
    'common/qmp': await sdkOf(commonSchema(three)),
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what an SDK costs to compile with TypeScript 6', () => {
  it('ten commands and five events: under 1,000 instantiations', () => {
    expect(published.diagnose('typical').get('Instantiations')).toBeLessThan(1000);
  });

  it('blockdev-add over three versions adds under a second', () => {
    const none = published.diagnose('types-only');
    const one = published.diagnose('blockdev');
    const added = (name: string) => (one.get(name) ?? Number.NaN) - (none.get(name) ?? Number.NaN);
    expect(added('Check time')).toBeLessThan(1);
    expect(added('Instantiations')).toBeLessThan(200);
  });
});

describe('what an SDK costs to run', () => {
  const size = async (program: string): Promise<{ bytes: number; text: string }> => {
    const { outputFiles } = await build({
      stdin: { contents: program, resolveDir: repositoryPath('.'), loader: 'ts' },
      ...{ bundle: true, write: false, minify: true, platform: 'node', format: 'esm' },
      tsconfigRaw: {},
      splitting: true,
      outdir: 'out',
      alias: {
        '@qapi-ts/qemu/10.2/qmp': repositoryPath('generated/qemu-10.2/qmp/index.ts'),
        '@qapi-ts/runtime/schema': repositoryPath('runtime/schema/index.ts'),
        '@qapi-ts/runtime': repositoryPath('runtime/index.ts'),
      },
    });
    // What is only loaded when asked for is in files of its own.
    const entry = outputFiles.find(({ path }) => path.endsWith('stdin.js'));
    const shared = outputFiles.filter((file) => entry?.text.includes(`"./${nameOf(file.path)}"`));
    const first = [entry, ...shared.filter((file) => isStatic(entry?.text ?? '', file.path))];
    const text = first.map((file) => file?.text ?? '').join('\n');
    return { bytes: gzipSync(text, { level: 9 }).length, text };
  };
  const nameOf = (path: string): string => path.split('/').at(-1) ?? '';
  const isStatic = (text: string, path: string): boolean =>
    new RegExp(`(from|import)\\s*"\\./${nameOf(path).replaceAll('.', '\\.')}"`).test(text);

  it('types: nothing', async () => {
    const { text } = await size(`
      import type { Vm, BlockdevOptions } from '@qapi-ts/qemu/10.2/qmp';
      export const run = (vm: Vm, options: BlockdevOptions) => vm.blockdevAdd(options);`);
    expect(text).not.toContain('query-status');
    expect(text.length).toBeLessThan(120);
  });

  it("the runtime's root entry: under 6 KB", async () => {
    const { bytes } = await size(`export * from './runtime/index.ts';`);
    console.log(`the root entry: ${bytes} bytes minified and gzipped`);
    expect(bytes).toBeLessThan(6 * 1024);
  });

  it('connect and one execute: under 7 KB, without the schema or validators', async () => {
    const { bytes, text } = await size(`
      import { connect } from '@qapi-ts/qemu/10.2/qmp';
      const vm = await connect('/run/vm.sock');
      console.log(await vm.execute('query-status'));`);
    console.log(`connect and one execute: ${bytes} bytes minified and gzipped`);
    expect(bytes).toBeLessThan(7 * 1024);
    expect(text).toContain('query-status');
    expect(text).not.toContain('BlockdevOptions');
  });
});
