import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolders } from './folders.js';
import { isSafePath } from './paths.js';
import { look } from './plan.js';

/** Holds a run's new files until all of them are written; the run's process id follows. */
export const STAGING = '.qapi-ts-staging-';
/** A complete set of new files on its way into place. Whoever outlives its run finishes the job. */
export const READY = '.qapi-ts-ready-';
export const MANIFEST = 'manifest.json';

export interface Manifest {
  /** The staged file of each path is named by its index. */
  readonly files: readonly string[];
  readonly remove: readonly string[];
  /** Whether files that were edited are to go too. */
  readonly overwrite: boolean;
}

/** Moves the files of a complete set into place and removes what they replace. */
export function moveIntoPlace(target: string, ready: string, manifest: Manifest): void {
  manifest.files.forEach((path, index) => {
    makeFolders(dirname(join(target, path)));
    move(join(target, ready, String(index)), join(target, path));
  });
  for (const path of manifest.remove) {
    rmSync(join(target, path), { force: true });
    removeEmpty(target, dirname(path));
  }
  rmSync(join(target, ready), { recursive: true, force: true });
}

/**
 * Moves what interrupted runs had complete, and clears what they had not. `ended` is a process that
 * is known to be no more, although its id may still be taken.
 */
export function finishInterrupted(target: string, ended = process.pid): void {
  for (const name of namesIn(target)) {
    const owner = ownerOf(name, READY, '');
    if (owner !== null && hasEnded(owner, ended)) finish(target, name);
  }
  for (const parent of [target, dirname(target)]) {
    const suffix = parent === target ? '' : `-${basename(target)}`;
    for (const name of namesIn(parent)) {
      const owner = ownerOf(name, STAGING, suffix);
      if (owner === null || !hasEnded(owner, ended)) continue;
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

/** Finishes for a run that ended; what came to lie there since it began is not its to replace. */
function finish(target: string, ready: string): void {
  const manifest = readManifest(join(target, ready, MANIFEST));
  if (manifest === null) {
    rmSync(join(target, ready), { recursive: true, force: true });
    return;
  }
  const mayReplace = (path: string) => {
    const found = look(target, path, null);
    return found !== 'conflict' && (found !== 'edited' || manifest.overwrite);
  };
  manifest.files.forEach((path, index) => {
    if (!mayReplace(path)) rmSync(join(target, ready, String(index)), { force: true });
  });
  moveIntoPlace(target, ready, { ...manifest, remove: manifest.remove.filter(mayReplace) });
}

/** One that is gone is not to be moved, or was by another process that finishes the same job. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (existsSync(from)) throw error;
  }
}

/** Removes the folders that a file was in, up to one that holds something or cannot be removed. */
function removeEmpty(target: string, sub: string): void {
  if (sub === '.' || namesIn(join(target, sub)).length > 0) return;
  if (existsSync(join(target, sub))) rmdirSync(join(target, sub));
  removeEmpty(target, dirname(sub));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function ownerOf(name: string, prefix: string, suffix: string): number | null {
  if (!name.startsWith(prefix) || !name.endsWith(suffix)) return null;
  const id = name.slice(prefix.length, name.length - suffix.length);
  return /^\d{1,10}$/.test(id) ? Number(id) : null;
}

/** This process writes one output at a time: what it finds of its own, it left behind. */
function hasEnded(id: number, ended: number): boolean {
  if (id === ended || id === process.pid) return true;
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    // No permission to signal it means that it runs.
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}

/** Null for one that our own code cannot have written: it is then cleared, not followed. */
function readManifest(file: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { files, remove, overwrite } = value as { [K in keyof Manifest]?: unknown };
  return arePaths(files) && arePaths(remove)
    ? { files, remove, overwrite: overwrite === true }
    : null;
}

function arePaths(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((p) => typeof p === 'string' && isSafePath(p));
}
