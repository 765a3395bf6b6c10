import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolders } from './folders.js';
import { isSafePath } from './paths.js';
import { type OutputFiles, type OutputPlan, planOutput } from './plan.js';

/** Holds a run's new files until all of them are written; the process id follows. */
const STAGING = '.qapi-ts-staging-';
/** A complete set of new files on its way into place. Whoever finds it finishes the job. */
const READY = '.qapi-ts-ready';
const MANIFEST = 'manifest.json';

interface Manifest {
  /** The staged file of each path is named by its index. */
  readonly files: readonly string[];
  readonly remove: readonly string[];
}

/**
 * Brings a folder to hold an output: only files that differ are written, only files of ours are
 * replaced or removed. With a conflict nothing is touched, nor with files that were edited since,
 * unless `overwrite` says that this is meant. A folder that did not exist appears whole;
 * otherwise the new files are staged beside the old and moved into place once complete, and a run
 * that was killed while moving is finished by the next one.
 * Throws the file system's errors (no permission, disk full), leaving the old output.
 */
export function writeOutput(
  folder: string,
  files: OutputFiles,
  options: { readonly overwrite?: boolean } = {},
): OutputPlan {
  const target = resolve(folder);
  finishInterrupted(target);
  const plan = planOutput(target, files);
  const changed = [...plan.create, ...plan.change];
  if (plan.edited.length > 0 && options.overwrite !== true) return plan;
  if (plan.conflicts.length > 0 || changed.length + plan.remove.length === 0) return plan;
  if (existsSync(target)) replaceIn(target, files, { files: changed, remove: plan.remove });
  else createWhole(target, files);
  return plan;
}

function createWhole(target: string, files: OutputFiles): void {
  const staging = join(dirname(target), `${STAGING}${process.pid}-${basename(target)}`);
  try {
    for (const [path, text] of files) {
      const file = join(staging, path);
      makeFolders(dirname(file));
      writeFileSync(file, text);
    }
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
}

function replaceIn(target: string, files: OutputFiles, manifest: Manifest): void {
  const staging = join(target, `${STAGING}${process.pid}`);
  try {
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging);
    manifest.files.forEach((path, index) => {
      writeFileSync(join(staging, String(index)), files.get(path) ?? '');
    });
    writeFileSync(join(staging, MANIFEST), JSON.stringify(manifest));
    renameSync(staging, join(target, READY));
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
  moveIntoPlace(target);
}

function moveIntoPlace(target: string): void {
  const ready = join(target, READY);
  const manifest = readManifest(join(ready, MANIFEST));
  if (manifest !== null) {
    manifest.files.forEach((path, index) => {
      const staged = join(ready, String(index));
      if (!existsSync(staged)) return;
      makeFolders(dirname(join(target, path)));
      renameSync(staged, join(target, path));
    });
    for (const path of manifest.remove) rmSync(join(target, path), { force: true });
  }
  rmSync(ready, { recursive: true, force: true });
}

/** Moves what an interrupted run had complete, and clears what it had not. */
function finishInterrupted(target: string): void {
  if (existsSync(join(target, READY))) moveIntoPlace(target);
  for (const parent of [target, dirname(target)]) {
    if (!existsSync(parent)) continue;
    const suffix = parent === target ? '' : `-${basename(target)}`;
    for (const name of readdirSync(parent)) {
      const owner = stagingOwner(name, suffix);
      if (owner !== null && !isRunning(owner)) {
        rmSync(join(parent, name), { recursive: true, force: true });
      }
    }
  }
}

function stagingOwner(name: string, suffix: string): number | null {
  if (!name.startsWith(STAGING) || !name.endsWith(suffix)) return null;
  const id = name.slice(STAGING.length, name.length - suffix.length);
  return /^\d{1,10}$/.test(id) ? Number(id) : null;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // No permission to signal it means that it runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
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
  const { files, remove } = value as { files?: unknown; remove?: unknown };
  return arePaths(files) && arePaths(remove) ? { files, remove } : null;
}

function arePaths(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((p) => typeof p === 'string' && isSafePath(p));
}
