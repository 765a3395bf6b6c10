import { createHash } from 'node:crypto';
import type { Group } from './types.js';

const LONGEST = 80;

/**
 * Names pages so that they are distinct on file systems that ignore case, and safe on every one.
 * A name keeps its letters where it can; one that must lose some, or that another took before, ends
 * in a digest of itself. Who asks first has the plain name: what later versions add renames nothing.
 */
export class FileNames {
  readonly #taken = new Set<string>();

  claim(group: Group | 'changes', name: string): string {
    const safe = slug(name);
    const plain = `${group}-${safe}`;
    const isPlain = safe === name && !this.#taken.has(plain.toLowerCase());
    const stem = isPlain ? plain : `${plain}-${digest(name)}`;
    this.#taken.add(stem.toLowerCase());
    return `${stem}.html`;
  }
}

/** Letters, digits and a few marks that mean nothing to file systems and URLs. */
export function slug(name: string): string {
  return name
    .replace(/[^A-Za-z0-9_.-]+/g, '_')
    .replace(/\.+$/, '_')
    .slice(0, LONGEST);
}

function digest(name: string): string {
  // By UTF-16 units: names that differ in lone surrogates differ here too.
  return createHash('sha256').update(Buffer.from(name, 'utf16le')).digest('hex').slice(0, 8);
}
