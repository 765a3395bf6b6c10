import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineOf, engineOfCode, type TemplateCode, type TemplateEngine } from './engine.js';

/** The templates of this package, compiled by the build; from their texts when running from sources. */
async function ownEngine(): Promise<TemplateEngine> {
  const built = new URL('./built-templates.js', import.meta.url);
  const { code } = existsSync(built)
    ? ((await import(/* @vite-ignore */ built.href)) as { readonly code: TemplateCode })
    : await codeFromTexts();
  return engineOfCode(code);
}

async function codeFromTexts(): Promise<{ readonly code: TemplateCode }> {
  const { importText, readTemplates } = await import('./template-source.js');
  const { codeModule } = await import('./template-code.js');
  return importText(codeModule(readTemplates(templatesFolder())));
}

/** Where the texts of this package's templates are, from `generator/emit` and `dist/emit` alike. */
export function templatesFolder(): string {
  return fileURLToPath(new URL('../../templates', import.meta.url));
}

/**
 * The engine to render with. Templates in `overrideFolder` replace ours of the same name and add to
 * them; only then is Handlebars loaded. Throws TemplateError for one that does not compile.
 */
export async function loadTemplates(overrideFolder: string | null = null): Promise<TemplateEngine> {
  if (overrideFolder === null) return ownEngine();
  const { compileTexts, readTemplates } = await import('./template-source.js');
  const theirs = readTemplates(overrideFolder);
  const all = new Map([...readTemplates(templatesFolder()), ...theirs]);
  const fileOf = (name: string): string =>
    join(theirs.has(name) ? overrideFolder : templatesFolder(), `${name}.hbs`);
  return engineOf(await compileTexts(all, fileOf));
}
