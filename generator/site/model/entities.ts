import type { Definition, ImplicitOrigin } from '../../ir/types.js';
import type { Group, SiteVersion } from './types.js';

/** A type that is shown where it is used and nowhere else. */
const IN_PLACE: ReadonlySet<ImplicitOrigin | null> = new Set(['arguments', 'base', 'wrapper']);

export function isInPlace(definition: Definition): boolean {
  return 'implicit' in definition && IN_PLACE.has(definition.implicit);
}

export function groupOf({ kind }: Definition): Group {
  return kind === 'command' || kind === 'event' ? kind : 'type';
}

export const keyOf = (group: Group, name: string): string => `${group} ${name}`;

export interface Found {
  readonly group: Group;
  readonly name: string;
  readonly definition: Definition;
  readonly home: number;
  readonly present: readonly boolean[];
}

/** Everything that gets a page, by key, in the order in which the versions brought it. */
export function collectEntities(versions: readonly SiteVersion[]): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  versions.forEach(({ schema }, home) => {
    for (const definition of schema.definitions) {
      if (isInPlace(definition)) continue;
      const [group, { name }] = [groupOf(definition), definition];
      const key = keyOf(group, name);
      const before = found.get(key)?.present ?? versions.map(() => false);
      const present = before.map((was, at) => was || at === home);
      found.set(key, { group, name, definition, home, present });
    }
  });
  return found;
}

const GROUPS: Readonly<Record<Group, number>> = { command: 0, event: 1, type: 2 };

/** Commands, events, types; each by name in UTF-16 units, so that no locale has a say. */
export function inOrder(
  a: Pick<Found, 'group' | 'name'>,
  b: Pick<Found, 'group' | 'name'>,
): number {
  return GROUPS[a.group] - GROUPS[b.group] || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
