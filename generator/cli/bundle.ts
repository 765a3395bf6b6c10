import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

/**
 * Build step: joins the modules of the command line into one script, which the launcher starts. Node
 * takes a quarter of a millisecond for each module that it loads, and `generate` has 150; and of a
 * script, unlike of a module, compiled code can be kept. The launcher gives it `address`, the
 * script's own URL, and `importModule`: a script has no `import` of its own.
 */
const folder = dirname(fileURLToPath(import.meta.url));
const target = join(folder, 'bundled');
/** What an earlier build left there is of no use any more. */
await rm(target, { recursive: true, force: true });

/** An import of what another build step made: of a module beside, where it is part of each run. */
const BUILT =
  /new URL\('(\.\/built-templates\.js)', import\.meta\.url\)[\s\S]*?(import\(\s*\/\* @vite-ignore \*\/ built\.href\))/;
const UNKNOWN = /\bimport\(\s*\/\* @vite-ignore \*\//g;

/** A module finds what lies beside it by its own address: it keeps that. */
const addresses: Plugin = {
  name: 'addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const [, beside, found] = BUILT.exec(text) ?? [];
      const way = JSON.stringify(relative(target, path).split(sep).join('/'));
      const contents = (found === undefined ? text : text.replace(found, `import('${beside}')`))
        .replaceAll(UNKNOWN, 'importModule(')
        .replaceAll('import.meta.url', `new URL(${way}, address).href`);
      return { contents, loader: 'js' };
    });
  },
};

/** Commander is part of the script, as each run loads it; but for what starts programs, it never does. */
const commander: Plugin = {
  name: 'commander',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (path === 'node:child_process' && importer.includes('commander')) {
        return { path, namespace: 'late' };
      }
      // By its own module, whose `import` of CommonJS would be one more.
      return path === 'commander' || kind === 'entry-point' ? null : { path, external: true };
    });
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `export const spawn = (...all) => require(${JSON.stringify(path)}).spawn(...all);`,
    }));
  },
};

/** Its license asks to be told with it. */
const license = await readFile(join(folder, '../../node_modules/commander/LICENSE'), 'utf8');

await build({
  entryPoints: [join(folder, 'main.js')],
  outfile: join(target, 'main.cjs'),
  ...{
    bundle: true,
    plugins: [commander, addresses],
    supported: { 'dynamic-import': false },
  },
  ...{ format: 'cjs', platform: 'node', target: 'node20', logLevel: 'warning', charset: 'ascii' },
  banner: { js: `/* Commander, which is part of this:\n\n${license}*/` },
  // Not ours, whose paths lead to the other packages' sources: a second copy of them.
  tsconfigRaw: {},
});
