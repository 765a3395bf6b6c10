import type { Schema } from '../../ir/types.js';
import { reachOf } from '../reach.js';

/** Which types contain themselves, by whatever way. */
export interface Recursion {
  /** Whether values of a type can hold further values of it. */
  isRecursive(name: string): boolean;
  /** Whether two types can hold values of each other. */
  together(a: string, b: string): boolean;
}

/** Finds the groups of types that lead to each other (Tarjan's strongly connected components). */
export function recursionOf(schema: Schema): Recursion {
  const { uses } = reachOf(schema);
  const groups = new Map<string, number>();
  const selfish = new Set<string>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  let groupCount = 0;

  // An explicit stack: a schema may chain more types than the call stack holds.
  const walk = (root: string): void => {
    const frames: { name: string; next: Iterator<string> }[] = [];
    const enter = (name: string): void => {
      index.set(name, index.size);
      low.set(name, index.size - 1);
      open.push(name);
      frames.push({ name, next: (uses.get(name) ?? []).values() });
    };
    const lower = (name: string, to: number): void => {
      low.set(name, Math.min(low.get(name) ?? to, to));
    };
    enter(root);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const { name } = frame;
      const { value: used, done } = frame.next.next();
      if (done !== true) {
        if (used === name) selfish.add(name);
        if (!index.has(used)) enter(used);
        else if (!groups.has(used)) lower(name, index.get(used) ?? 0);
        continue;
      }
      frames.pop();
      const user = frames.at(-1);
      if (user !== undefined) lower(user.name, low.get(name) ?? 0);
      if (low.get(name) !== index.get(name)) continue;
      const members = open.splice(open.lastIndexOf(name));
      for (const member of members) groups.set(member, groupCount);
      if (members.length > 1) for (const member of members) selfish.add(member);
      groupCount += 1;
    }
  };
  for (const name of schema.types.keys()) if (!index.has(name)) walk(name);

  return {
    isRecursive: (name) => selfish.has(name),
    together: (a, b) => selfish.has(a) && groups.get(a) === groups.get(b),
  };
}
