import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

/**
 * Build step: joins the modules of the command line into few files, which the launcher starts. Node
 * takes a quarter of a millisecond for each module that it loads, and `generate` has 150.
 */
const folder = dirname(fileURLToPath(import.meta.url));
const target = join(folder, 'bundled');

/** A module finds what lies beside it by its own address: it keeps that. */
const addresses: Plugin = {
  name: 'addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const way = JSON.stringify(relative(target, path).split(sep).join('/'));
      const address = `new URL(${way}, import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', address), loader: 'js' };
    });
  },
};

const { metafile } = await build({
  entryPoints: [join(folder, 'main.js')],
  outdir: target,
  metafile: true,
  ...{ bundle: true, splitting: true, packages: 'external', plugins: [addresses] },
  ...{ format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning' },
  // Not ours, whose paths lead to the other packages' sources: a second copy of them.
  tsconfigRaw: {},
});

// Names hold a hash: what an earlier build left is of no use any more.
const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const name of await readdir(target)) if (!made.has(name)) await rm(join(target, name));
