import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

export interface IncludePolicy {
  /** Real path of the folder that included files must lie in. */
  readonly root: string;
  readonly allowOutside: boolean;
}

/** By default two folders above the main schema: QEMU's storage daemon includes `../../qapi/…`. */
export function includePolicy(
  mainFile: string,
  options: { readonly root?: string; readonly allowOutside?: boolean },
): IncludePolicy {
  const root = options.root ?? resolve(dirname(realPath(mainFile)), '..', '..');
  return { root: realPath(root), allowOutside: options.allowOutside ?? false };
}

export type IncludeOutcome =
  | { readonly ok: true; readonly path: string; readonly identity: string }
  | {
      readonly ok: false;
      readonly code: 'include-outside-root' | 'include-not-found';
      readonly message: string;
    };

/** No file system takes a longer path. */
const MAX_PATH = 4096;

/** Where an include leads: as shown to the user, and as one identity however it is spelled. */
export function resolveInclude(
  policy: IncludePolicy,
  includingPath: string,
  include: string,
): IncludeOutcome {
  if (include.length > MAX_PATH) {
    const message = `the path of an include has at most ${MAX_PATH} characters`;
    return { ok: false, code: 'include-not-found', message };
  }
  const path = isAbsolute(include) ? include : join(dirname(includingPath), include);
  const identity = realPath(path);
  if (policy.allowOutside) return { ok: true, path, identity };
  if (isAbsolute(include)) {
    return outside(`include of the absolute path '${include}' is refused`);
  }
  if (!isWithin(policy.root, identity)) {
    return outside(`include of '${include}' leads outside '${policy.root}'`);
  }
  return { ok: true, path, identity };
}

function outside(message: string): IncludeOutcome {
  return {
    ok: false,
    code: 'include-outside-root',
    message: `${message} (--allow-outside permits it)`,
  };
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** With links resolved as far as the path exists. */
export function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    // Not in JavaScript, step by step.
    return realpathSync.native(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(realPath(parent), absolute.slice(parent.length));
  }
}

/** A module's name: its path from the main schema's folder, "/" separated, leading ".." left out. */
export function moduleName(mainFile: string, identity: string): string {
  const way = relative(dirname(realPath(mainFile)), identity).split(sep);
  while (way[0] === '..') way.shift();
  return way.join('/');
}
