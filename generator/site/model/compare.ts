import {
  type Change,
  type CommandModel,
  compareModels,
  type Model,
} from '@qapi-ts/runtime/compare';
import { modelOf } from '../../diff/index.js';
import { renamesIn } from '../../diff/renames.js';
import type { Target } from '../../ir/types.js';
import { innermost } from '../../ir/visit.js';
import { closure, usesOf } from '../../view/reach.js';
import type { SiteVersion } from './types.js';

/** A version, and what of it comparisons look at. */
export interface Compared {
  readonly version: SiteVersion;
  readonly model: Model;
  /** Names of the types that commands and events lead to. */
  readonly reached: ReadonlySet<string>;
}

export interface FoundChange extends Change {
  /** The name that what was removed seems to have now. */
  readonly renamedTo: string | null;
}

export function compared(version: SiteVersion, target: Target): Compared {
  return { version, model: modelOf(version, target), reached: reached(version) };
}

/**
 * All changes from one version to the next: those that commands and events meet, and those of types
 * that none of them leads to, which a comparison from commands and events down does not see.
 */
export function changesBetween(before: Compared, after: Compared): readonly FoundChange[] {
  const changes = compareModels(before.model, after.model);
  const renames = renamesIn(changes, before.model, after.model);
  const named = changes.map((change) => ({ ...change, renamedTo: renames.get(change) ?? null }));
  const apart = [...before.version.schema.types.keys()].filter(
    (name) =>
      after.version.schema.types.has(name) &&
      !(before.reached.has(name) && after.reached.has(name)),
  );
  if (apart.length === 0) return named;
  const known = new Set(changes.map(identity));
  const more = compareModels(returning(before.model, apart), returning(after.model, apart))
    .filter((change) => change.site.kind === 'type' && !known.has(identity(change)))
    .map((change) => ({ ...change, uses: [], renamedTo: null }));
  return [...named, ...more];
}

/** Names of the types that commands and events lead to. */
function reached({ schema }: SiteVersion): ReadonlySet<string> {
  const roots: string[] = [];
  for (const { arguments: args, returns } of schema.commands.values()) {
    if (args !== null) roots.push(args);
    const returned = returns === null ? null : innermost(returns);
    if (returned !== null) roots.push(returned);
  }
  for (const { data } of schema.events.values()) if (data !== null) roots.push(data);
  const edges = new Map([...schema.types.values()].map((type) => [type.name, usesOf(type)]));
  return closure(roots, edges);
}

/** The model with nothing but a command for each of these types, which returns it. */
function returning(model: Model, types: readonly string[]): Model {
  const commands = types.map((name): readonly [string, CommandModel] => [
    name,
    {
      ...{ name, arguments: null, returns: name, open: false, oob: false },
      ...{ preconfig: false, silent: false, features: [], condition: null },
    },
  ]);
  return { ...model, commands: new Map(commands), events: new Map() };
}

function identity({ code, site, part, before, after, condition }: Change): string {
  return JSON.stringify([code, site.kind, site.name, part, before, after, condition]);
}
