import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolders } from './folders.js';
import {
  finishInterrupted,
  MANIFEST,
  type Manifest,
  moveIntoPlace,
  READY,
  STAGING,
} from './journal.js';
import { type OutputFiles, type OutputPlan, planOutput } from './plan.js';

export interface WriteOptions {
  /** Take the place of files that were edited, and of another output of ours. */
  readonly overwrite?: boolean;
  /** Called with the folder's absolute path before anything in it changes. */
  readonly onWrite?: (folder: string) => void;
}

/**
 * Brings a folder to hold an output: only files that differ are written, only files of ours are
 * replaced or removed. With a conflict nothing is touched, nor with files that were edited since or
 * another output's, unless `overwrite` says that this is meant. A folder that did not exist appears
 * whole, by one rename; otherwise the new files are staged in the folder and moved into place once
 * complete, and a run that was killed while moving is finished by whoever calls `finishInterrupted`
 * next.
 * Throws the file system's errors (no permission, disk full), leaving the old output.
 */
export function writeOutput(
  folder: string,
  files: OutputFiles,
  { overwrite = false, onWrite }: WriteOptions = {},
): OutputPlan {
  const target = resolve(folder);
  finishInterrupted(target);
  const plan = planOutput(target, files);
  const changed = [...plan.create, ...plan.change];
  const remove = [...plan.remove, ...plan.others];
  if (plan.edited.length + plan.others.length > 0 && !overwrite) return plan;
  if (plan.conflicts.length > 0 || changed.length + remove.length === 0) return plan;
  if (existsSync(target)) {
    onWrite?.(target);
    replaceIn(target, files, { files: changed, remove, overwrite });
  } else if (!createWhole(target, files)) {
    // Another run was faster: its output is the old one then.
    return writeOutput(folder, files, { overwrite, ...(onWrite !== undefined && { onWrite }) });
  }
  return plan;
}

/** False: by the time that all is ready, somebody else has made the folder. */
function createWhole(target: string, files: OutputFiles): boolean {
  const staging = join(dirname(target), `${STAGING}${process.pid}-${basename(target)}`);
  try {
    for (const [path, text] of files) {
      const file = join(staging, path);
      makeFolders(dirname(file));
      writeFileSync(file, text);
    }
    renameSync(staging, target);
    return true;
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

function replaceIn(target: string, files: OutputFiles, manifest: Manifest): void {
  const staging = join(target, `${STAGING}${process.pid}`);
  const ready = `${READY}${process.pid}`;
  try {
    mkdirSync(staging);
    manifest.files.forEach((path, index) => {
      writeFileSync(join(staging, String(index)), files.get(path) ?? '');
    });
    writeFileSync(join(staging, MANIFEST), JSON.stringify(manifest));
    renameSync(staging, join(target, ready));
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
  moveIntoPlace(target, ready, manifest);
}
