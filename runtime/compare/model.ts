import type { TypeData } from '../schema/index.js';

/** A type by name, built-in ones among them, or `[T]`: an array of T. */
export type Ref = TypeData;

/** Where something is declared, as a reader of the schema calls it. */
export interface Site {
  readonly kind: 'command' | 'event' | 'type';
  readonly name: string;
}

/** What every part of a schema may have. */
export interface Traits {
  readonly features: readonly string[];
  /** The `if`, as text; null: always there. */
  readonly condition: string | null;
}

export interface MemberModel extends Traits {
  readonly name: string;
  readonly type: Ref;
  readonly optional: boolean;
  /** What declares it: the type itself or one of its bases. */
  readonly site: Site;
}

export interface EnumModel extends Traits {
  readonly kind: 'enum';
  readonly name: string;
  readonly site: Site;
  readonly values: ReadonlyMap<string, Traits>;
}

export interface ObjectModel extends Traits {
  readonly kind: 'object';
  readonly name: string;
  readonly site: Site;
  /** Those of the bases too; of a union: the common ones. */
  readonly members: ReadonlyMap<string, MemberModel>;
  /** Name of the discriminator; null: no union. */
  readonly tag: string | null;
  /** Value of the discriminator → name of the object type that goes with it. */
  readonly branches: ReadonlyMap<string, string>;
  /** Accepts further members. */
  readonly open: boolean;
}

export interface AlternateModel extends Traits {
  readonly kind: 'alternate';
  readonly name: string;
  readonly site: Site;
  readonly alternatives: readonly Ref[];
}

export type TypeModel = EnumModel | ObjectModel | AlternateModel;

export interface CommandModel extends Traits {
  readonly name: string;
  /** Name of an object type; null: takes none. */
  readonly arguments: string | null;
  /** null: an empty object. */
  readonly returns: Ref | null;
  readonly open: boolean;
  readonly oob: boolean;
  readonly preconfig: boolean;
  /** Answers only to fail. */
  readonly silent: boolean;
}

export interface EventModel extends Traits {
  readonly name: string;
  /** Name of an object type; null: carries none. */
  readonly data: string | null;
}

/** A schema, as far as it shows on the wire. */
export interface Model {
  readonly commands: ReadonlyMap<string, CommandModel>;
  readonly events: ReadonlyMap<string, EventModel>;
  /** By name; references resolve. */
  readonly types: ReadonlyMap<string, TypeModel>;
  /**
   * Made from a reply of `query-qmp-schema`, which shows no widths of integers, no conditions, and of
   * commands neither further arguments nor silence nor `allow-preconfig`. Type names may be masked.
   */
  readonly introspected: boolean;
}

export const NO_TRAITS: Traits = { features: [], condition: null };

/** The type of what takes or gives nothing. */
export function emptyObject(site: Site): ObjectModel {
  return {
    ...NO_TRAITS,
    ...{ kind: 'object', name: '', site, members: new Map(), tag: null, branches: new Map() },
    open: false,
  };
}

/** An object type by name; null is the empty one. */
export function objectIn(model: Model, name: string | null, site: Site): ObjectModel {
  const type = name === null ? undefined : model.types.get(name);
  return type?.kind === 'object' ? type : emptyObject(site);
}
