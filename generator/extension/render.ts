import { withHeader } from '../emit/header.js';
import type { OutputFiles, TemplateEngine } from '../emit/index.js';
import { EXTENSIONS, isSafePath } from '../emit/paths.js';
import type { Schema } from '../ir/types.js';
import type { ExtensionFile } from './model.js';
import { type ExtensionViewOptions, extensionView } from './view.js';

/** Template → file of an extension's folder. */
const MODULES: readonly (readonly [template: string, file: string])[] = [
  ['extension-index', 'index.ts'],
  ['extension-types', 'types.ts'],
  ['extension-commands', 'commands.ts'],
  ['extension-events', 'events.ts'],
  ['extension-schema', 'schema.ts'],
  ['extension-validators', 'validators.ts'],
  ['validators-sent.ts', 'validators-sent.ts'],
  ['validators-received.ts', 'validators-received.ts'],
  ['converters.ts', 'converters.ts'],
];

export interface RenderExtensionOptions extends ExtensionViewOptions {
  readonly templates: TemplateEngine;
  /** As headers say it. */
  readonly source: string;
}

/**
 * The folder of an extension's files below the SDK's. A domain's labels hold nothing that leads out
 * of it; one may be what a system calls a device.
 */
export function folderOf(extension: ExtensionFile): string {
  const name = extension.name.toLowerCase();
  return `${EXTENSIONS}/${isSafePath(name) ? name : `_${name}`}`;
}

/** The files of an extension's module, by their path below its folder. */
export function renderExtension(
  plain: Schema,
  extended: Schema,
  extension: ExtensionFile,
  { templates, source, ...options }: RenderExtensionOptions,
): OutputFiles {
  const view = extensionView(plain, extended, extension, options);
  const files = new Map<string, string>();
  for (const [template, file] of MODULES) {
    const text = templates.render(template, view);
    if (text.trim() !== '') files.set(file, withHeader(file, source, text));
  }
  return files;
}
