import type { Module, Schema } from '../ir/types.js';

/** What the main file of embedded definitions is called, and that of a source that has no files. */
const MAIN = 'qapi-schema.json';

/**
 * The schema with modules that can be schema files: one that stands for a reply or an event catalogue
 * gets a file's name, and those that nothing includes are included at the end of the main module.
 */
export function withFileModules(schema: Schema): Schema {
  const names = fileNames(schema.modules);
  const [main, ...others] = schema.modules;
  if (main === undefined) return schema;
  const included = new Set(schema.modules.flatMap(({ includes }) => includes.map((i) => i.module)));
  const loose = others.filter(({ name }) => !included.has(name));
  if (loose.length === 0 && [...names].every(([name, file]) => name === file)) return schema;

  const file = (name: string) => names.get(name) ?? name;
  const end = schema.definitions.filter(({ module }) => module === main.name).length;
  const modules = schema.modules.map((module) => ({
    name: file(module.name),
    includes: [
      ...module.includes.map((include) => ({ ...include, module: file(include.module) })),
      ...(module === main ? loose : []).map(({ name }) => ({ module: file(name), position: end })),
    ],
  }));
  const definitions = schema.definitions.map((d) => ({ ...d, module: file(d.module) }));
  return { ...schema, definitions, modules };
}

function fileNames(modules: readonly Module[]): ReadonlyMap<string, string> {
  const taken = new Set(modules.map(({ name }) => name).filter(isFile));
  const names = new Map<string, string>();
  for (const [at, { name }] of modules.entries()) {
    if (isFile(name)) {
      names.set(name, name);
      continue;
    }
    const stem = at === 0 ? MAIN.slice(0, -'.json'.length) : name.replace(/\.[^./]*$/, '');
    let file = `${stem}.json`;
    for (let count = 2; taken.has(file); count++) file = `${stem}-${count}.json`;
    taken.add(file);
    names.set(name, file);
  }
  return names;
}

function isFile(name: string): boolean {
  return name.endsWith('.json');
}
