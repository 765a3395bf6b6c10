import {
  type Change,
  type CommandModel,
  compareModels,
  type Model,
} from '@qapi-ts/runtime/compare';
import { type DiffChange, diffSchemas, modelOf } from '../../diff/index.js';
import type { Target } from '../../ir/types.js';
import { closure, usesOf } from '../../view/reach.js';
import type { SiteVersion } from './types.js';
import { namedIn } from './uses.js';

/**
 * All changes from one version to the next: those that commands and events meet, and those of types
 * that none of them leads to, which a comparison from commands and events down does not see.
 */
export function changesBetween(
  before: SiteVersion,
  after: SiteVersion,
  target: Target,
): readonly DiffChange[] {
  const { changes } = diffSchemas(before, after, target);
  const [old, now] = [reached(before), reached(after)];
  const apart = [...before.schema.types.keys()].filter(
    (name) => after.schema.types.has(name) && !(old.has(name) && now.has(name)),
  );
  if (apart.length === 0) return changes;
  const more = compareModels(
    returning(modelOf(before, target), apart),
    returning(modelOf(after, target), apart),
  ).filter(({ site }) => site.kind === 'type');
  const known = new Set(changes.map(identity));
  const unknown = more
    .filter((change) => !known.has(identity(change)))
    .map((change) => ({ ...change, uses: [], place: null, renamedTo: null, touches: null }));
  return [...changes, ...unknown];
}

/** Names of the types that commands and events lead to. */
function reached({ schema }: SiteVersion): ReadonlySet<string> {
  const roots: string[] = [];
  for (const { arguments: args, returns } of schema.commands.values()) {
    if (args !== null) roots.push(args);
    const returned = returns === null ? null : namedIn(returns);
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
