import { relative } from 'node:path';
import type { Made } from './made.js';

/**
 * A rule in make's format that says what an output depends on, as compilers write them; make, ninja
 * and meson read it. Each input is a target of its own too, so that one that goes is no error.
 */
export function depfileText(targets: readonly string[], { inputs }: Pick<Made, 'inputs'>): string {
  const paths = [...new Set(inputs.map((path) => relative('.', path) || '.'))].sort();
  const list = (items: readonly string[]) => items.map(escaped).join(' \\\n  ');
  const rule = `${list(targets)}:${paths.map((path) => ` \\\n  ${escaped(path)}`).join('')}\n`;
  return `${rule}${paths.map((path) => `\n${escaped(path)}:\n`).join('')}`;
}

/** As GCC does: backslashes that stand before a space are doubled, nothing else is. */
function escaped(path: string): string {
  return path
    .replace(/\\*[ #]/g, (found) => `${'\\'.repeat(2 * (found.length - 1) + 1)}${found.slice(-1)}`)
    .replaceAll('$', '$$$$');
}
