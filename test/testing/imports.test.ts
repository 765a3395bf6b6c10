import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { repositoryPath } from '../support/sdk.js';

const FOLDER = repositoryPath('runtime/testing');

it('needs Node for sockets only', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(15);
  const needing = sources.filter((file) =>
    /from 'node:|import\('node:/.test(readFileSync(join(FOLDER, file), 'utf8')),
  );
  expect(needing).toEqual(['socket.ts']);
});

it('loads that, and nothing of others, only when it listens', async () => {
  const { metafile } = await build({
    entryPoints: [join(FOLDER, 'index.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:net'],
    outdir: 'unused',
    write: false,
    metafile: true,
  });
  const entry = Object.values(metafile.outputs).find(({ entryPoint }) =>
    entryPoint?.endsWith('testing/index.ts'),
  );
  expect(entry?.imports.map(({ kind }) => kind)).toContain('dynamic-import');
  expect(entry?.imports.some(({ path }) => path.startsWith('node:'))).toBe(false);
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((file) => !file.includes('runtime/testing/'))).toEqual([]);
});
