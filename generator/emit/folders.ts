import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own recursive mkdir never returns on a
 * file system that refuses a new folder as "no such file", as /proc does. Throws its errors.
 */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  let place = resolve(folder);
  while (!existsSync(place) && dirname(place) !== place) {
    missing.unshift(place);
    place = dirname(place);
  }
  for (const each of missing) makeOne(each);
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
