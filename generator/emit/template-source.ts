import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileOptions, type TemplateSpecs } from './engine.js';

const EXTENSION = '.hbs';

/** A template that cannot be used, with the file that is at fault. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly file: string;

  constructor(file: string, message: string) {
    super(`${file}: ${message}`);
    this.file = file;
  }
}

/** The texts of a folder's `*.hbs` by template name (the file's name without `.hbs`). */
export function readTemplates(folder: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(EXTENSION))
    .map((entry) => entry.name)
    .sort();
  for (const file of files) {
    texts.set(file.slice(0, -EXTENSION.length), readFileSync(join(folder, file), 'utf8'));
  }
  return texts;
}

/** What may differ from `compileOptions`. */
export interface CompileChoice {
  readonly noEscape: boolean;
}

interface HandlebarsCompiler {
  /** JavaScript text of an object expression. */
  precompile(
    text: string,
    options: Omit<typeof compileOptions, 'noEscape'> & CompileChoice,
  ): string;
}

/** Compiles each text with full Handlebars to the JavaScript of its specification. */
export function precompileTexts(
  texts: ReadonlyMap<string, string>,
  fileOf: (name: string) => string = (name) => `${name}${EXTENSION}`,
  choice: CompileChoice = compileOptions,
): ReadonlyMap<string, string> {
  const handlebars = createRequire(import.meta.url)('handlebars') as HandlebarsCompiler;
  const compiled = new Map<string, string>();
  for (const [name, text] of texts) {
    try {
      compiled.set(name, handlebars.precompile(text, { ...compileOptions, ...choice }));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new TemplateError(fileOf(name), message.split('\n')[0] ?? message);
    }
  }
  return compiled;
}

/** A module of compiled templates. */
export function specsModule(compiled: ReadonlyMap<string, string>): string {
  const entries = [...compiled].map(([name, spec]) => `${JSON.stringify(name)}: ${spec}`);
  return `export const specs = {\n${entries.join(',\n')}\n};\n`;
}

/** Compiled templates from texts, in this process: for a user's templates, and when running from sources. */
export async function compileTexts(
  texts: ReadonlyMap<string, string>,
  fileOf?: (name: string) => string,
  choice?: CompileChoice,
): Promise<TemplateSpecs> {
  const module: { readonly specs: TemplateSpecs } = await importText(
    specsModule(precompileTexts(texts, fileOf, choice)),
  );
  return module.specs;
}

/** What a module of ours exports, from its text. */
export async function importText<T>(text: string): Promise<T> {
  const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)) as T;
}
