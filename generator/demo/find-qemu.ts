import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const SYSTEM_EMULATOR = /^qemu-system-[a-z0-9_]+$/;
const PREFERRED = 'qemu-system-x86_64';

/** A system emulator on PATH; null when there is none. The demo's empty machine is in all of them. */
export function findQemu(path: string): string | null {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    if (isProgram(join(folder, PREFERRED))) return join(folder, PREFERRED);
  }
  for (const folder of folders) {
    const found = namesIn(folder)
      .filter((name) => SYSTEM_EMULATOR.test(name))
      .sort()
      .map((name) => join(folder, name))
      .find(isProgram);
    if (found !== undefined) return found;
  }
  return null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there or not for us: either way none that could be started.
    return false;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // PATH may name folders that do not exist.
    return [];
  }
}
