import { accessSync, constants, statSync } from 'node:fs';
import { reasonOf } from '../../source/read.js';
import { refuse } from '../exit.js';

/** Ends the run when an input file that the user named cannot be read. */
export function requireFile(file: string): void {
  const reason = obstacle(file, (isFolder) => (isFolder ? 'is a folder' : null));
  if (reason !== null) refuse(`${file} ${reason}`);
}

/** Ends the run when an input folder that the user named cannot be read. */
export function requireFolder(folder: string): void {
  const reason = obstacle(folder, (isFolder) => (isFolder ? null : 'is no folder'));
  if (reason !== null) refuse(`${folder} ${reason}`);
}

function obstacle(path: string, judge: (isFolder: boolean) => string | null): string | null {
  try {
    accessSync(path, constants.R_OK);
    return judge(statSync(path).isDirectory());
  } catch (error) {
    return reasonOf(error);
  }
}
