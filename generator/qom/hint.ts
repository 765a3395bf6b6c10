import { CommandError } from '@qapi-ts/runtime';
import { closest } from '../diagnostics/closest.js';
import { childPath } from './path.js';
import { childType } from './property-type.js';
import type { Qom } from './qom.js';

/** Longer paths than any machine has are not followed. */
const LONGEST = 32;

/**
 * " (did you mean '/machine/unattached'?)" for an absolute path that leads nowhere, by following it
 * as far as it goes; empty where nothing is near.
 */
export async function pathHint(qom: Qom, path: string): Promise<string> {
  const parts = path.split('/').filter((part) => part !== '');
  if (!path.startsWith('/') || parts.length > LONGEST) return '';
  let there = '/';
  for (const [index, part] of parts.entries()) {
    const children = await childrenOf(qom, there);
    if (children.includes(part)) {
      there = childPath(there, part);
      continue;
    }
    const near = closest(part, children);
    if (near === undefined) return '';
    const rest = [childPath(there, near), ...parts.slice(index + 1)].join('/');
    return ` (did you mean '${rest}'?)`;
  }
  return '';
}

/** The same for a property that an object may not have. */
export async function propertyHint(qom: Qom, path: string, property: string): Promise<string> {
  const names = (await listed(qom, path)).map(({ name }) => name);
  if (names.includes(property)) return '';
  const near = closest(property, names);
  return near === undefined ? '' : ` (did you mean '${near}'?)`;
}

async function childrenOf(qom: Qom, path: string): Promise<readonly string[]> {
  return (await listed(qom, path))
    .filter(({ type }) => childType(type) !== null)
    .map(({ name }) => name);
}

/** Nothing where the object is not there: a hint is no place to fail. */
async function listed(qom: Qom, path: string) {
  try {
    return await qom.list(path);
  } catch (error) {
    if (error instanceof CommandError) return [];
    throw error;
  }
}
