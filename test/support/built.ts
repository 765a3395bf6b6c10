import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What `bin` names. */
export const LAUNCHER = join(ROOT, 'generator/launcher.js');

/** The module of what it starts, as the compiler made it. */
export const UNJOINED = join(ROOT, 'dist/cli/main.js');

const LOCK = join(ROOT, 'node_modules/.qapi-ts-test-build');
const STEPS = ['dist/site/render/precompile.js', 'dist/emit/precompile.js', 'dist/cli/bundle.js'];
const SOURCES = ['generator', 'runtime', 'generated', 'templates'];

/** Builds what the launcher starts, where the sources are newer; for tests that run the built CLI. */
export async function ensureBuilt(): Promise<void> {
  if (isFresh()) return;
  if (!tryLock()) {
    while (existsSync(LOCK)) await delay(50);
    return ensureBuilt();
  }
  try {
    // The compiler writes its output in spite of type errors, which are the type-check's matter.
    node('node_modules/typescript/bin/tsc', '-b', 'runtime', 'generated', 'generator');
    for (const step of STEPS) {
      const status = node(step);
      if (status !== 0) throw new Error(`${step} failed (exit ${status})`);
    }
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function node(...args: string[]): number | null {
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'ignore' }).status;
}

function tryLock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // One that is a minute old was left by a run that was killed.
    const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > 60_000) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

/** The build writes what the launcher starts last. */
function isFresh(): boolean {
  const built = statSync(join(ROOT, 'dist/cli/bundled/main.cjs'), { throwIfNoEntry: false });
  if (built === undefined) return false;
  return SOURCES.every((folder) => newestIn(join(ROOT, folder)) <= built.mtimeMs);
}

function newestIn(folder: string): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) newest = Math.max(newest, newestIn(path));
    else if (/\.(ts|hbs|json)$/.test(entry.name)) newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}
