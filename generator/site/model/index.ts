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
import type { Entity, SiteModel, SiteSource, SiteTarget, Use } from './types.js';
import { type Edge, edgesOf } from './uses.js';

export type * from './types.js';

/** `labels` are those of all versions of all targets, oldest first. */
export function siteModel(sources: readonly SiteSource[], labels: readonly string[]): SiteModel {
  return { targets: sources.map(targetModel), labels };
}

function targetModel({ target, versions, documentation }: SiteSource): SiteTarget {
  const found = collectEntities(versions);
  const histories = historiesOf(versions, found, target);
  const files = new FileNames();
  const byKey = new Map<string, Entity>();
  for (const [key, entity] of found) {
    const file = files.claim(entity.group, entity.name);
    byKey.set(key, { ...entity, file, history: histories.get(key) ?? [] });
  }
  const edges = versions.map(({ schema }, home) => indexed(edgesOf(schema), home, byKey));
  return {
    target,
    versions,
    documentation,
    entities: [...byKey.values()].sort(inOrder),
    find: (group, name) => byKey.get(keyOf(group, name)),
    usersOf: (type) => edges[type.home]?.users.get(type.name) ?? [],
    usedBy: (entity) => edges[entity.home]?.used.get(keyOf(entity.group, entity.name)) ?? [],
  };
}

interface Indexed {
  /** By name of the type. */
  readonly users: ReadonlyMap<string, readonly Use[]>;
  /** By key of the user. */
  readonly used: ReadonlyMap<string, readonly Entity[]>;
}

function indexed(
  edges: readonly Edge[],
  home: number,
  byKey: ReadonlyMap<string, Entity>,
): Indexed {
  const users = new Map<string, Map<Entity, Set<string>>>();
  const used = new Map<string, Set<Entity>>();
  for (const { from, to, as } of edges) {
    const [user, type] = [byKey.get(from), byKey.get(keyOf('type', to))];
    if (user === undefined || type === undefined) throw new Error(`no page for ${from} or ${to}`);
    put(
      put(users, to, () => new Map<Entity, Set<string>>()),
      user,
      () => new Set<string>(),
    ).add(as);
    // What it refers to is shown as of the version that it is shown in.
    if (user.home === home) put(used, from, () => new Set<Entity>()).add(type);
  }
  return {
    users: new Map(
      [...users].map(([name, byUser]) => [
        name,
        [...byUser]
          .map(([user, as]): Use => ({ user, as: [...as] }))
          .sort((a, b) => inOrder(a.user, b.user)),
      ]),
    ),
    used: new Map([...used].map(([key, types]) => [key, [...types].sort(inOrder)])),
  };
}

function put<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
