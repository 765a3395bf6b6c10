import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
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
const program = join(target, 'main.cjs');

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

const COMMANDER = /[\\/]node_modules[\\/]commander[\\/]/;

/** Commander is part of the script, as each run loads it; but for what starts programs, it never does. */
const commander: Plugin = {
  name: 'commander',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (path === 'node:child_process' && COMMANDER.test(importer)) {
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

const { outputFiles } = await build({
  write: false,
  entryPoints: [join(folder, 'main.js')],
  outfile: program,
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

await mkdir(target, { recursive: true });
// What an earlier build left there, its compiled code too, is of no use any more.
for (const name of await readdir(target)) {
  if (name !== basename(program)) await rm(join(target, name), { recursive: true, force: true });
}
// At once: what runs meanwhile finds the old or the new.
for (const { text } of outputFiles) await writeFile(`${program}.new`, ascii(text));
await rename(`${program}.new`, program);

/** The launcher reads no more. In regular expressions and templates with tags esbuild escapes nothing. */
function ascii(text: string): string {
  const escaped = /\\[^\0-\x7f]/.exec(text);
  if (escaped !== null) throw new Error(`in place of ${escaped[0]} there can be no \\u`);
  const code = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, '0');
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${code(unit)}`);
}
