import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const generated = new URL('../../generated/', import.meta.url);
const manifest = new URL('package.json', generated);

/** Modules that programs import; the others are reached through index. */
const PUBLIC = ['index', 'schema', 'sdk', 'validators'];

type Exports = Readonly<
  Record<string, string | { readonly types: string; readonly default: string }>
>;

function expectedExports(): Exports {
  const exports: Record<string, Exports[string]> = {};
  for (const folder of foldersIn(generated).filter((name) => name.startsWith('qemu-'))) {
    for (const target of foldersIn(new URL(`${folder}/`, generated))) {
      const files = readdirSync(new URL(`${folder}/${target}/`, generated));
      for (const module of PUBLIC.filter((name) => files.includes(`${name}.ts`))) {
        const path = `${folder.slice('qemu-'.length)}/${target}`;
        exports[module === 'index' ? `./${path}` : `./${path}/${module}`] = {
          types: `./dist/${folder}/${target}/${module}.d.ts`,
          default: `./dist/${folder}/${target}/${module}.js`,
        };
      }
    }
  }
  return { ...exports, './package.json': './package.json' };
}

function foldersIn(url: URL): readonly string[] {
  return readdirSync(url, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

test('the package exports every module of the committed SDKs by name (UPDATE_GOLDENS=1 writes it)', () => {
  const text = readFileSync(manifest, 'utf8');
  const parsed = JSON.parse(text) as { readonly exports: Exports };
  const exports = expectedExports();
  if (process.env.UPDATE_GOLDENS === '1') {
    writeFileSync(manifest, `${JSON.stringify({ ...parsed, exports }, null, 2)}\n`);
    return;
  }
  expect(parsed.exports).toEqual(exports);
  expect(Object.keys(exports).some((name) => name.includes('*'))).toBe(false);
});
