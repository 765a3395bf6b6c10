import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../embedded/index.js';
import type { Lock, LockEntry } from './lock.js';
import type { TargetSpec } from './model.js';

/** Half of a SHA-256: enough to tell contents apart, short enough to read. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

/** Parts of the generator that no file of an SDK comes from. */
const NOT_RENDERING = new Set(['cli', 'demo', 'verify']);

let generator: string | null = null;

/** The generator as it is: its version, and a hash of its code and templates. */
export function generatorHash(): string {
  if (generator !== null) return generator;
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
    readonly version: string;
  };
  const hash = createHash('sha256');
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_RENDERING.has(entry.name))
    .map((entry) => join(root, entry.name));
  for (const folder of [...folders.sort(), packageFile('templates')]) {
    for (const file of filesBelow(folder).filter((path) => /\.(js|ts|hbs)$/.test(path))) {
      if (!file.endsWith('.d.ts')) hash.update(hashOf(readFileSync(file)));
    }
  }
  generator = `${version}+${hash.digest('hex').slice(0, 12)}`;
  return generator;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

const EMBEDDED = 'qapi-ts:';

/** Paths as a lock file has them: those of the package apart, others relative to the lock's folder. */
export class LockPaths {
  readonly #folder: string;
  readonly #package: string;

  constructor(lockFile: string) {
    this.#folder = dirname(resolve(lockFile));
    this.#package = join(packageFile('qapi'), sep);
  }

  toLock(path: string): string {
    const absolute = resolve(path);
    const own = absolute.startsWith(this.#package);
    const base = own ? packageFile('.') : this.#folder;
    return `${own ? EMBEDDED : ''}${relative(base, absolute).split(sep).join('/')}`;
  }

  fromLock(path: string): string {
    if (path.startsWith(EMBEDDED)) return packageFile(path.slice(EMBEDDED.length));
    return resolve(this.#folder, path);
  }
}

/** Hash of what the targets file says of a target, and of which templates there are. */
export function settingsHash({ span: _span, ...spec }: TargetSpec, base: string): string {
  const { templates } = spec.options;
  const folder = templates === null ? null : resolve(base, templates);
  return hashOf(JSON.stringify({ ...spec, listed: folder === null ? [] : listing(folder) }));
}

function listing(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.hbs'))
    .sort();
}

/** Hash of a file's content; null when it cannot be read. */
export function hashOfFile(path: string): string | null {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return null;
  }
}

/** Whether making the target again would give what lies in `output` already. */
export function isUnchanged(
  lock: Lock | null,
  entry: LockEntry | undefined,
  settings: string,
  output: string,
  paths: LockPaths,
): boolean {
  if (lock === null || entry === undefined || entry.settings !== settings) return false;
  if (lock.generator !== generatorHash() || entry.outputs.size === 0) return false;
  const inputs = [...entry.inputs].map(([path, hash]) => [paths.fromLock(path), hash] as const);
  const outputs = [...entry.outputs].map(([path, hash]) => [join(output, path), hash] as const);
  return [...inputs, ...outputs].every(([path, hash]) => hashOfFile(path) === hash);
}
