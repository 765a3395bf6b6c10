import { loadTemplates, type OutputFiles } from '../../generator/emit/index.js';
import type { Schema, Target } from '../../generator/ir/types.js';
import { documentationSite, type SiteVersion } from '../../generator/site/index.js';
import { loadText } from '../support/schema-text.js';

/** A schema from QAPI text, which must have no errors. */
export function schemaOf(text: string): Schema {
  const { schema, codes } = loadText(text);
  if (schema === null) throw new Error(`the schema has errors: ${codes.join(', ')}`);
  return schema;
}

export interface Given {
  readonly target?: Target;
  readonly documentation?: readonly Schema[];
  /** Labels of versions that are known from a reply only. */
  readonly introspected?: readonly string[];
}

export function versionsOf(
  schemas: Readonly<Record<string, Schema>>,
  introspected: readonly string[] = [],
): readonly SiteVersion[] {
  return Object.entries(schemas).map(([label, schema]) => ({
    ...{ label, schema, introspected: introspected.includes(label) },
  }));
}

/** The site of versions by label, oldest first. */
export async function siteOf(
  schemas: Readonly<Record<string, Schema>>,
  { target = 'qmp', documentation = [], introspected = [] }: Given = {},
): Promise<OutputFiles> {
  const versions = versionsOf(schemas, introspected);
  return documentationSite([{ target, versions, documentation }], {
    labels: Object.keys(schemas),
    templates: await loadTemplates(),
  });
}

/** A page's text without markup; fails when there is no such page. */
export function textOf(files: OutputFiles, path: string): string {
  return page(files, path)
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<\/?(?:li|ul|ol|h[1-6]|p|d[tld]|div|figcaption|section)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&#x3D;/g, '=')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

export function page(files: OutputFiles, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`no ${path} among ${[...files.keys()].join(' ')}`);
  return text;
}
