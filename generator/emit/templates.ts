import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineOf, type TemplateEngine, type TemplateSpecs } from './engine.js';

/** The templates of this package, compiled by the build; from their texts when running from sources. */
async function ownSpecs(): Promise<TemplateSpecs> {
  const built = new URL('./template-specs.js', import.meta.url);
  if (existsSync(built)) {
    const module = (await import(/* @vite-ignore */ built.href)) as {
      readonly specs: TemplateSpecs;
    };
    return module.specs;
  }
  const { compileTexts, readTemplates } = await import('./template-source.js');
  return compileTexts(readTemplates(templatesFolder()));
}

/** Where the texts of this package's templates are, from `generator/emit` and `dist/emit` alike. */
export function templatesFolder(): string {
  return fileURLToPath(new URL('../../templates', import.meta.url));
}

/**
 * The engine to render with. Templates in `overrideFolder` replace ours of the same name and add to
 * them; only then is the template compiler loaded. Throws TemplateError for one that does not compile.
 */
export async function loadTemplates(overrideFolder: string | null = null): Promise<TemplateEngine> {
  const own = await ownSpecs();
  if (overrideFolder === null) return engineOf(own);
  const { compileTexts, readTemplates } = await import('./template-source.js');
  const texts = readTemplates(overrideFolder);
  const added = await compileTexts(texts, (name) => join(overrideFolder, `${name}.hbs`));
  return engineOf({ ...own, ...added });
}
