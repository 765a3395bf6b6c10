import { inOrder, keyOf } from './entities.js';
import type { Entity, Use } from './types.js';
import type { Edge } from './uses.js';

/** Who refers to whom. Each entity is seen as of the version that it is shown in. */
export class References {
  readonly formerUsers: ReadonlyMap<Entity, readonly Entity[]>;
  readonly formerlyUsed: ReadonlyMap<Entity, readonly Entity[]>;
  readonly #users = new Map<Entity, Map<Entity, Set<string>>>();
  readonly #used = new Map<Entity, Set<Entity>>();

  /** `edges` by version. */
  constructor(
    entities: readonly Entity[],
    edges: readonly (readonly Edge[])[],
    byKey: ReadonlyMap<string, Entity>,
  ) {
    edges.forEach((ofVersion, at) => {
      for (const edge of ofVersion) this.#add(edge, at, byKey);
    });
    const formerUsers = new Map<Entity, Entity[]>();
    const formerlyUsed = new Map<Entity, Entity[]>();
    for (const entity of entities) {
      for (const type of this.used(entity)) {
        if (entity.home < type.home) put(formerUsers, type, () => []).push(entity);
      }
      for (const { user } of this.users(entity)) {
        if (entity.home < user.home) put(formerlyUsed, user, () => []).push(entity);
      }
    }
    this.formerUsers = formerUsers;
    this.formerlyUsed = formerlyUsed;
  }

  users(type: Entity): readonly Use[] {
    return [...(this.#users.get(type) ?? [])]
      .map(([user, as]): Use => ({ user, as: [...as] }))
      .sort((a, b) => inOrder(a.user, b.user));
  }

  used(entity: Entity): readonly Entity[] {
    return [...(this.#used.get(entity) ?? [])].sort(inOrder);
  }

  #add({ from, to, as }: Edge, version: number, byKey: ReadonlyMap<string, Entity>): void {
    const [user, type] = [byKey.get(from), byKey.get(keyOf('type', to))];
    if (user === undefined || type === undefined) throw new Error(`no page for ${from} or ${to}`);
    if (type.home === version) {
      const users = put(this.#users, type, () => new Map<Entity, Set<string>>());
      put(users, user, () => new Set<string>()).add(as);
    }
    if (user.home === version) put(this.#used, user, () => new Set<Entity>()).add(type);
  }
}

function put<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
