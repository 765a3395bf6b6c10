import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { engineOf, type TemplateEngine, type TemplateSpecs } from '../../emit/engine.js';

/** What a site is made with beside its views. */
export interface Assets {
  readonly templates: TemplateEngine;
  /** Scripts, and the licences of what is in them, by path in the site. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Built {
  readonly specs: TemplateSpecs;
  readonly files: Readonly<Record<string, string>>;
}

/** As the build made them; made now when running from sources. */
export async function loadAssets(): Promise<Assets> {
  const built = new URL('./built.js', import.meta.url);
  const { specs, files } = existsSync(built)
    ? ((await import(/* @vite-ignore */ built.href)) as Built)
    : await builtNow();
  return { templates: engineOf(specs), files: new Map(Object.entries(files)) };
}

let now: Promise<Built> | undefined;

/** Once a process: it takes a moment. */
function builtNow(): Promise<Built> {
  now ??= import('./build-assets.js').then(({ buildAssets }) => buildAssets());
  return now;
}

/** Where the texts of the site's templates are, from `generator/site/render` and `dist/site/render` alike. */
export function siteTemplatesFolder(): string {
  return fileURLToPath(new URL('../../../templates/site', import.meta.url));
}

/** Where the sources of its scripts are, in either case. */
export function browserFolder(): string {
  return fileURLToPath(new URL('../../../generator/site/browser', import.meta.url));
}
