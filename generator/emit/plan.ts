import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isEdited, isOurs } from './header.js';
import { EXTENSIONS, isSafePath, VENDOR } from './paths.js';

/** Relative path, "/" separated, to text. */
export type OutputFiles = ReadonlyMap<string, string>;

/** What has to happen in a folder so that it holds an output; paths are relative and sorted. */
export interface OutputPlan {
  readonly create: readonly string[];
  readonly change: readonly string[];
  /**
   * Files of ours that the output no longer has. Looked at are the folders that it has files in, and
   * those of extensions, which it may have had.
   */
  readonly remove: readonly string[];
  /** Files of ours in the same place, of which the output has none: another output's, then. */
  readonly others: readonly string[];
  readonly unchanged: readonly string[];
  /** In the way and not ours: a file without our header, a link, a folder where a file should be. */
  readonly conflicts: readonly string[];
  /** Of those to change or remove, and of another output's: ours, but changed by another hand since they were written. */
  readonly edited: readonly string[];
}

type Found = 'nothing' | 'ours' | 'edited' | 'same' | 'conflict';

/** Compares a folder with an output. Changes nothing. */
export function planOutput(folder: string, files: OutputFiles): OutputPlan {
  const plan = {
    create: [] as string[],
    change: [] as string[],
    remove: [] as string[],
    others: [] as string[],
    unchanged: [] as string[],
    conflicts: [] as string[],
    edited: [] as string[],
  };
  for (const [path, text] of files) {
    if (!isSafePath(path)) throw new Error(`unsafe output path ${JSON.stringify(path)}`);
    const found = look(folder, path, text);
    if (found === 'nothing') plan.create.push(path);
    else if (found === 'ours' || found === 'edited') plan.change.push(path);
    else if (found === 'same') plan.unchanged.push(path);
    else plan.conflicts.push(path);
    if (found === 'edited') plan.edited.push(path);
  }
  const used = new Set([...files.keys()].map(folderOf));
  for (const sub of new Set([...used, ...vendorFolders(folder)])) {
    const present = ourFiles(folder, sub);
    const surplus = present.filter((path) => !files.has(path));
    const isAnothers = sub === '' && surplus.length === present.length;
    (isAnothers ? plan.others : plan.remove).push(...surplus);
    plan.edited.push(
      ...surplus.filter((path) => isEdited(readFileSync(join(folder, path), 'utf8'))),
    );
  }
  for (const list of Object.values(plan)) list.sort();
  return plan;
}

/** Whether a plan has nothing to do. */
export function isUpToDate(plan: OutputPlan): boolean {
  return plan.create.length + plan.change.length + plan.remove.length + plan.conflicts.length === 0;
}

/** What lies at an output's path; `text` is what should. */
export function look(folder: string, path: string, text: string | null): Found {
  // A link on the way could lead out of the folder: what it leads to is not ours.
  const segments = path.split('/');
  for (let count = 1; count < segments.length; count++) {
    const kind = kindOf(join(folder, ...segments.slice(0, count)));
    if (kind === null) return 'nothing';
    if (kind !== 'folder') return 'conflict';
  }
  const full = join(folder, path);
  const kind = kindOf(full);
  if (kind === null) return 'nothing';
  if (kind !== 'file') return 'conflict';
  const present = readFileSync(full, 'utf8');
  if (present === text) return 'same';
  if (!isOurs(present)) return 'conflict';
  return isEdited(present) ? 'edited' : 'ours';
}

function folderOf(path: string): string {
  return path.includes('/') ? dirname(path) : '';
}

/** Folders of extensions' modules, made in this run or in one before. */
function vendorFolders(folder: string): string[] {
  const full = join(folder, EXTENSIONS);
  if (kindOf(full) !== 'folder') return [];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && VENDOR.test(entry.name))
    .map((entry) => `${EXTENSIONS}/${entry.name}`);
}

function ourFiles(folder: string, sub: string): string[] {
  const full = join(folder, sub);
  if (kindOf(full) !== 'folder' && !(sub === '' && kindOf(full) === 'link')) return [];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isOurs(beginning(join(full, entry.name))))
    .map((entry) => (sub === '' ? entry.name : `${sub}/${entry.name}`));
}

function beginning(file: string): string {
  const buffer = Buffer.alloc(512);
  const descriptor = openSync(file, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

function kindOf(path: string): 'file' | 'folder' | 'link' | 'other' | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}
