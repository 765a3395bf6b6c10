import type { Impact } from '@qapi-ts/runtime/compare';
import type { Definition, Schema, Target } from '../../ir/types.js';

/** One of the schemas that the site tells about. */
export interface SiteVersion {
  /** For readers: "10.2". One per target. */
  readonly label: string;
  readonly schema: Schema;
  /** It comes from a reply of `query-qmp-schema`, which shows less than a schema. */
  readonly introspected: boolean;
}

export interface SiteSource {
  readonly target: Target;
  /** Oldest first, at least one. */
  readonly versions: readonly SiteVersion[];
  /** Where documentation text is taken from, best first. */
  readonly documentation: readonly Schema[];
}

/** What has a page: commands, events and types are told apart by this on every page and in files' names. */
export type Group = 'command' | 'event' | 'type';

export interface Entity {
  readonly group: Group;
  readonly name: string;
  /** As the last version that has it says. */
  readonly definition: Definition;
  /** Index of that version. */
  readonly home: number;
  /** Name of its page in the target's folder. */
  readonly file: string;
  /** Whether each version has it. */
  readonly present: readonly boolean[];
  readonly history: History;
}

/** What happened to an entity, oldest first; index by version, null where nothing did. */
export type History = readonly (Stage | null)[];

export interface Stage {
  readonly kind: 'first' | 'added' | 'removed' | 'changed';
  readonly changes: readonly StageChange[];
  /**
   * Types that changed, in order of their names: of a command or event, all that it leads to; of a
   * type, those that it refers to directly.
   */
  readonly through: readonly string[];
  /** What seems to have taken its place, or the place that it seems to have taken. */
  readonly renamedTo: string | null;
  readonly renamedFrom: string | null;
}

/** Parts that changed alike. */
export interface StageChange {
  readonly impact: Impact;
  /** Names of members or values; empty: the entity as such. */
  readonly parts: readonly string[];
  /** "is now mandatory". */
  readonly text: string;
}

/** One way in which an entity refers to a type. */
export interface Use {
  readonly user: Entity;
  /** "arguments", "returns", "data", "base", or names of members, branches or alternatives. */
  readonly as: readonly string[];
}

export interface SiteTarget {
  readonly target: Target;
  readonly versions: readonly SiteVersion[];
  readonly documentation: readonly Schema[];
  /** In order of their names, commands first, then events, then types. */
  readonly entities: readonly Entity[];
  /** By group and name. */
  readonly find: (group: Group, name: string) => Entity | undefined;
  /** Who refers to a type directly. */
  readonly usersOf: (type: Entity) => readonly Use[];
  /** The types that an entity refers to directly. */
  readonly usedBy: (entity: Entity) => readonly Entity[];
  /** Who referred to a type, and was gone before it is shown. */
  readonly formerUsersOf: (type: Entity) => readonly Entity[];
  /** Types that an entity referred to, and that were gone before it is shown. */
  readonly formerlyUsedBy: (entity: Entity) => readonly Entity[];
}

export interface SiteModel {
  readonly targets: readonly SiteTarget[];
  /** Labels of all targets' versions, oldest first. */
  readonly labels: readonly string[];
}
