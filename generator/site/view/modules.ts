import { slug } from '../model/files.js';

/** "block-core" of "block-core.json". */
export function moduleTitle(module: string): string {
  return module.replace(/\.json$/, '').replace(/^qapi-schema$/, 'main');
}

export function moduleId(module: string): string {
  return `module-${slug(moduleTitle(module))}`;
}
