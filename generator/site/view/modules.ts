import { slug } from '../model/files.js';

/** "block-core" of "qapi/block-core.json": of one target, the names of files tell modules apart. */
export function moduleTitle(module: string): string {
  const file = module.slice(module.lastIndexOf('/') + 1);
  return file.replace(/\.json$/, '').replace(/^qapi-schema$/, 'main');
}

export function moduleId(module: string): string {
  return `module-${slug(moduleTitle(module))}`;
}
