import { Diagnostics } from '../diagnostics/diagnostics.js';
import { assembleSchema, type UnnamedDefinition } from '../ir/assemble.js';
import type { Definition, Schema } from '../ir/types.js';
import { buildDefinitions } from '../schema/index.js';
import { Expressions } from './apply.js';
import { factsOf, withProse } from './facts.js';
import { type ExtensionFile, moduleOf } from './model.js';
import { checkRules } from './rules/index.js';

/**
 * A schema with what an extension or overlay adds; null after reporting what is wrong. What is left
 * as it was keeps its name, order and prose.
 */
export function mergeExtension(
  base: Schema,
  extension: ExtensionFile,
  diagnostics: Diagnostics,
): Schema | null {
  const before = diagnostics.errors;
  const expressions = new Expressions(base, diagnostics);
  if (extension.kind === 'extension') checkRules(extension, base, diagnostics);
  expressions.apply(extension);
  if (diagnostics.errors > before) return null;

  const inner = new Diagnostics({ limit: diagnostics.limit });
  const built = buildDefinitions(expressions.list, inner);
  for (const { code, message, at, definition, related, severity } of inner.list) {
    // What the rules of style say of upstream's names is not for the extension's author.
    if (severity !== 'error' && at?.file !== extension.file) continue;
    diagnostics.report(code, message, at, { definition, related });
  }
  if (built === null) return null;
  const ours = { name: moduleOf(extension), includes: [] };
  const isUsed = built.some(({ module }) => module === ours.name);
  return assembleSchema(inOrder(base, built), isUsed ? [...base.modules, ours] : base.modules);
}

/** The built definitions in the base's order, new ones last; as they were where they say the same. */
function inOrder(base: Schema, built: readonly UnnamedDefinition[]): readonly UnnamedDefinition[] {
  const byName = new Map(built.map((definition) => [definition.name, definition]));
  const result: UnnamedDefinition[] = [];
  for (const old of base.definitions) {
    const now = byName.get(old.name);
    if (now === undefined) continue;
    byName.delete(old.name);
    result.push(unchanged(old, now) ?? renamed(withProse(now, old), old));
  }
  return [...result, ...byName.values()];
}

function unchanged(old: Definition, now: UnnamedDefinition): UnnamedDefinition | null {
  return factsOf(old) === factsOf(now) ? renamed(old, old) : null;
}

/** Types that no schema names keep the name they have in TypeScript. */
function renamed(definition: UnnamedDefinition, old: Definition): UnnamedDefinition {
  const isImplicit = 'implicit' in old && old.implicit !== null;
  return isImplicit ? { ...definition, wantedName: old.tsName } : definition;
}
