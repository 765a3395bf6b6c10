import { fileURLToPath } from 'node:url';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { loadTemplates, type OutputFiles, renderSdk } from '../../generator/emit/index.js';
import type { Schema, Target } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import type { Int64Mapping } from '../../generator/view/index.js';

/** A path inside the repository. */
export const repositoryPath = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The main file of embedded definitions. */
export const embedded = (version: string, target: Target): string =>
  repositoryPath(`qapi/qemu-${version}/${target}/qapi-schema.json`);

/** The main file of a schema in test/fixtures/schemas. */
export const fixture = (name: string): string =>
  repositoryPath(`test/fixtures/schemas/${name}.json`);

/** A schema that has to be without errors. */
export function schemaOf(file: string): Schema {
  const diagnostics = new Diagnostics();
  const { schema } = loadSchema(file, { diagnostics });
  if (schema === null) throw new Error(diagnostics.list.map((d) => d.message).join('\n'));
  return schema;
}

export interface SdkOptions {
  readonly target?: Target;
  readonly version?: string | null;
  readonly source?: string;
  readonly int64?: Int64Mapping;
}

/** The SDK of a schema, with the templates as they are in the sources. */
export async function sdkOf(schema: Schema, options: SdkOptions = {}): Promise<OutputFiles> {
  const { target = 'qmp', version = null, source = 'a test', int64 = 'exact' } = options;
  return renderSdk(schema, { templates: await loadTemplates(), target, version, source, int64 });
}
