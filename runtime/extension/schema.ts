import type { DefinitionData, ModuleData, SchemaData } from '../schema/index.js';

/** The lists of parts that definitions have, by kind. */
const PARTS = ['values', 'members', 'branches', 'alternatives'] as const;

/**
 * An SDK's schema with those of extensions' modules, which hold what these add or add to: for
 * `createMock`, or `compareSchema`.
 */
export function extendSchema(base: SchemaData, ...extensions: readonly SchemaData[]): SchemaData {
  const definitions = new Map(base.definitions.map((d) => [keyOf(d), d]));
  const touched = new Set<string>();
  const modules = new Map(
    base.modules.map((module): [string, ModuleData] => [module.name, module]),
  );
  for (const extension of extensions) {
    for (const module of extension.modules) {
      if (!modules.has(module.name)) modules.set(module.name, module);
    }
    for (const definition of extension.definitions) {
      const key = keyOf(definition);
      const present = definitions.get(key);
      const isShared = touched.has(key) && present !== undefined;
      definitions.set(key, isShared ? joined(present, definition) : definition);
      touched.add(key);
    }
  }
  return { ...base, modules: [...modules.values()], definitions: [...definitions.values()] };
}

const keyOf = ({ kind, name }: DefinitionData): string => `${kind} ${name}`;

/** What two extensions made of one definition of upstream's: the parts of both. */
function joined(a: DefinitionData, b: DefinitionData): DefinitionData {
  const result: Record<string, unknown> = { ...b };
  for (const key of PARTS) {
    const mine = partsOf(a, key);
    const names = new Set(mine.map(({ name }) => name));
    const all = [...mine, ...partsOf(b, key).filter(({ name }) => !names.has(name))];
    if (all.length > 0) result[key] = all;
  }
  return result as unknown as DefinitionData;
}

function partsOf(
  definition: DefinitionData,
  key: (typeof PARTS)[number],
): readonly { readonly name: string }[] {
  const parts = (definition as Partial<Record<typeof key, unknown>>)[key];
  return Array.isArray(parts) ? (parts as { readonly name: string }[]) : [];
}
