/**
 * What the package carries beside its code: the definitions of QEMU's releases in `qapi/`.
 * Accepts a release and a target. Guarantees the path of a main schema file that exists, or null.
 * Leaves reading it to the schema front end.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Target } from '../ir/types.js';

/** A file of the package by its path there, from `generator/embedded` and `dist/embedded` alike. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

const FOLDER = /^qemu-(\d+\.\d+)$/;

/** The releases with embedded definitions, oldest first, such as "7.2". */
export function embeddedVersions(): readonly string[] {
  const folder = packageFile('qapi');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => FOLDER.exec(name)?.[1])
    .filter((version) => version !== undefined)
    .sort(compareVersions);
}

/** The targets that a release has definitions of. */
export function embeddedTargets(version: string): readonly Target[] {
  return (['qmp', 'qga', 'qsd'] as const).filter((t) => embeddedSchema(version, t) !== null);
}

/** The main schema file of a release, such as "10.2" or "10.2.1"; null when it is not embedded. */
export function embeddedSchema(version: string, target: Target): string | null {
  const release = releaseOf(version);
  if (release === null) return null;
  const file = packageFile(join('qapi', `qemu-${release}`, target, 'qapi-schema.json'));
  return existsSync(file) ? file : null;
}

/** "10.2" of "10.2" and "10.2.1"; null for anything else. */
export function releaseOf(version: string): string | null {
  return /^(\d{1,4}\.\d{1,4})(\.\d{1,4})?$/.exec(version)?.[1] ?? null;
}

/** Orders releases by age. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
