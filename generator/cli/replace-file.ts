import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { reasonOf } from '../source/read.js';
import { refuse } from './exit.js';

/** Writes a file whole or not at all, and not when it holds the text already. Ends the run when it cannot. */
export function replaceFile(file: string, text: string): void {
  if (present(file) === text) return;
  // Several runs may write it at once, each for a target of its own.
  const staged = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(staged, text);
    renameSync(staged, file);
  } catch (error) {
    rmSync(staged, { force: true });
    refuse(`cannot write ${file}: ${reasonOf(error)}`);
  }
}

function present(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Whatever keeps it from being read, writing it will tell.
    return null;
  }
}
