import type { DiagnosticCode } from '../../generator/diagnostics/catalogue.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { embeddedSchema } from '../../generator/embedded/index.js';
import { mergeExtension, readExtension } from '../../generator/extension/index.js';
import type { Schema } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import { SourceFile } from '../../generator/source/source-file.js';

const known = new Map<string, Schema>();

/** The embedded schema of a release, read once. */
export function releaseSchema(release: string): Schema {
  let schema = known.get(release);
  if (schema === undefined) {
    const file = embeddedSchema(release, 'qmp') ?? '';
    schema = loadSchema(file, { diagnostics: new Diagnostics() }).schema ?? undefined;
    if (schema === undefined) throw new Error(`no schema of ${release}`);
    known.set(release, schema);
  }
  return schema;
}

export interface Merged {
  readonly schema: Schema | null;
  /** `code line:column`. */
  readonly findings: readonly string[];
  readonly codes: readonly DiagnosticCode[];
  readonly messages: readonly string[];
}

/** Reads an extension and puts it on a schema. */
export function extended(base: Schema, text: string, path = 'ext.yaml'): Merged {
  const diagnostics = new Diagnostics();
  const file = readExtension(new SourceFile(path, text), diagnostics);
  const schema = file === null ? null : mergeExtension(base, file, diagnostics);
  return {
    schema,
    findings: diagnostics.list.map(({ code, at }) => {
      const place = at?.file.position(at.start);
      return `${code} ${at?.file.path === path ? '' : 'elsewhere '}${place?.line}:${place?.column}`;
    }),
    codes: diagnostics.list.map(({ code }) => code),
    messages: diagnostics.list.map(({ message }) => message),
  };
}
