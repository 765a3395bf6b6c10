/**
 * What the site tells: every command, event and type that any version has, once.
 *
 * Accepts: schemas of several versions of a target, oldest first. Guarantees: each entity as the last
 * version that has it says, with a file name that no other has, its history, and who refers to whom;
 * the same for the same schemas. Leaves to `view/`: words and links.
 */
import { collectEntities, inOrder, keyOf } from './entities.js';
import { FileNames } from './files.js';
import { historiesOf } from './history.js';
import { References } from './references.js';
import type { Entity, SiteModel, SiteSource, SiteTarget } from './types.js';
import { edgesOf } from './uses.js';

export type * from './types.js';

/** `labels` are those of all versions of all targets, oldest first. */
export function siteModel(sources: readonly SiteSource[], labels: readonly string[]): SiteModel {
  return { targets: sources.map(targetModel), labels };
}

function targetModel({ target, versions, documentation }: SiteSource): SiteTarget {
  const found = collectEntities(versions);
  const edges = versions.map(({ schema }) => edgesOf(schema));
  const histories = historiesOf(versions, found, edges, target);
  const files = new FileNames();
  const byKey = new Map<string, Entity>();
  for (const [key, entity] of found) {
    const file = files.claim(entity.group, entity.name);
    byKey.set(key, { ...entity, file, history: histories.get(key) ?? [] });
  }
  const entities = [...byKey.values()].sort(inOrder);
  const references = new References(entities, edges, byKey);
  return {
    ...{ target, versions, documentation, entities },
    find: (group, name) => byKey.get(keyOf(group, name)),
    usersOf: (type) => references.users(type),
    usedBy: (entity) => references.used(entity),
    formerUsersOf: (type) => references.formerUsers.get(type) ?? [],
    formerlyUsedBy: (entity) => references.formerlyUsed.get(entity) ?? [],
  };
}
