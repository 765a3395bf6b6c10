import { accessSync, constants, statSync } from 'node:fs';
import { embeddedSchema, embeddedVersions } from '../../embedded/index.js';
import type { Target } from '../../ir/types.js';
import { reasonOf } from '../../source/read.js';
import { refuse } from '../exit.js';

/** The main file of embedded definitions. Ends the run when the release has none. */
export function embedded(version: string, target: Target): string {
  const file = embeddedSchema(version, target);
  if (file !== null) return file;
  const known = embeddedVersions();
  const there = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`;
  return refuse(`no embedded definitions of QEMU ${version}, ${target}: ${there}`);
}

/** Ends the run when an input file that the user named cannot be read. */
export function requireFile(file: string): void {
  let reason: string | null = null;
  try {
    accessSync(file, constants.R_OK);
    if (statSync(file).isDirectory()) reason = 'is a folder';
  } catch (error) {
    reason = reasonOf(error);
  }
  if (reason !== null) refuse(`${file} ${reason}`);
}
