/**
 * Emission: view models through templates to the files of an output.
 *
 * Accepts: a schema that passed its checks. Guarantees: `renderSdk` is pure and deterministic;
 * `writeOutput` touches only files of ours, inside the folder it is given.
 * Leaves to the caller: what to do about conflicts and differences.
 */
import type { Schema, Target } from '../ir/types.js';
import { type Int64Mapping, sdkView } from '../view/index.js';
import type { TemplateEngine } from './engine.js';
import { withHeader } from './header.js';
import type { OutputFiles } from './plan.js';

export type { TemplateEngine } from './engine.js';
export { isUpToDate, type OutputFiles, type OutputPlan, planOutput } from './plan.js';
export { loadTemplates } from './templates.js';
export { writeOutput } from './write.js';

export interface RenderOptions {
  readonly templates: TemplateEngine;
  readonly target: Target;
  /** Release that the schema belongs to, such as "10.2"; null when it is not known. */
  readonly version?: string | null;
  /** Where the schema comes from, as the header says it: "QEMU 10.2, qmp". */
  readonly source: string;
  readonly int64?: Int64Mapping;
}

/** The files of an SDK: one for each template whose name has a dot and that renders to something. */
export function renderSdk(schema: Schema, options: RenderOptions): OutputFiles {
  const { templates, target, source } = options;
  const view = sdkView(schema, {
    target,
    version: options.version ?? null,
    source,
    int64: options.int64 ?? 'exact',
  });
  const files = new Map<string, string>();
  for (const name of templates.names) {
    if (!name.includes('.')) continue;
    const text = templates.render(name, view);
    if (text.trim() !== '') files.set(name, withHeader(name, source, text));
  }
  return files;
}
