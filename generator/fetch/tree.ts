import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isWanted, type SchemaFiles, Selection } from './select.js';

/** Folders that may hold wanted files, with how deep to look. */
const PLACES: readonly (readonly [string, number])[] = [
  ['', 0],
  ['QMP', 0],
  ['docs', 1],
  ['qapi', 8],
  ['qga', 0],
  ['storage-daemon/qapi', 0],
];

/** Takes the schemas out of a source tree. Links are not followed. Throws FetchError. */
export function readTree(root: string): SchemaFiles {
  const selection = new Selection();
  for (const [place, depth] of PLACES) collect(root, place, depth, selection);
  return selection.finish();
}

function collect(root: string, folder: string, depth: number, selection: Selection): void {
  const full = join(root, folder);
  if (!existsSync(full) || !statSync(full).isDirectory()) return;
  for (const entry of readdirSync(full, { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && depth > 0) collect(root, path, depth - 1, selection);
    else if (entry.isFile() && isWanted(path)) {
      selection.reserve(path, statSync(join(root, path)).size);
      selection.add(path, readFileSync(join(root, path)));
    }
  }
}
