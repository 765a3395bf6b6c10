import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  compileTexts,
  precompileTexts,
  readTemplates,
  specsModule,
} from '../../emit/template-source.js';
import { type Built, browserFolder, siteTemplatesFolder } from './assets.js';

/** For the build, and when running from sources: esbuild is not there where the package is installed. */
const require = createRequire(import.meta.url);

/** Templates escape what they are given, unless it is markup made for the site. */
const ESCAPING = { noEscape: false } as const;
const LIBRARIES = {
  MiniSearch: ['minisearch', 'LICENSE.txt'],
  dagre: ['@dagrejs/dagre', 'LICENSE'],
  graphlib: ['@dagrejs/graphlib', 'LICENSE'],
} as const;

export async function buildAssets(): Promise<Built> {
  const specs = await compileTexts(readTemplates(siteTemplatesFolder()), undefined, ESCAPING);
  return { specs, files: await builtFiles() };
}

/** The module `built.js` that the build writes. */
export async function builtModule(): Promise<string> {
  const specs = precompileTexts(readTemplates(siteTemplatesFolder()), undefined, ESCAPING);
  return `${specsModule(specs)}export const files = ${JSON.stringify(await builtFiles())};\n`;
}

async function builtFiles(): Promise<Readonly<Record<string, string>>> {
  return {
    'theme.js': await bundled('theme'),
    'site.js': await bundled('site'),
    'graph.js': await bundled('graph'),
    'licenses.txt': licenses(),
  };
}

/** Classic scripts: browsers load no modules from `file:`. */
async function bundled(name: string): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(browserFolder(), `${name}.ts`)],
    ...{ bundle: true, write: false, minify: true, format: 'iife', target: 'es2022' },
    ...{ platform: 'browser', charset: 'ascii', legalComments: 'none', logLevel: 'silent' },
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error(`esbuild made nothing of ${name}`);
  return script.text;
}

function licenses(): string {
  const texts = Object.entries(LIBRARIES).map(([name, [module, file]]) => {
    const { folder, version } = packageOf(module);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `The scripts of this site contain these libraries.\n\n${texts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

/** Not all packages export their package.json: it is looked for above what they do. */
function packageOf(module: string): { readonly folder: string; readonly version: string } {
  for (let folder = dirname(require.resolve(module)); dirname(folder) !== folder; ) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const found = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
      if (found.name === module) return { folder, version: found.version ?? '' };
    }
    folder = dirname(folder);
  }
  throw new Error(`no package ${module}`);
}
