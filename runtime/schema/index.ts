/**
 * A schema as data: what `@qapi-ts/qemu/<version>/<target>/schema` exports and `qapi-ts ir` prints.
 *
 * Members whose value would be null, false or an empty list are left out. `format` grows when a
 * reader would have to change; members may be added without that.
 */
export interface SchemaData {
  readonly format: 1;
  readonly target: 'qmp' | 'qga' | 'qsd';
  /** QEMU release that it belongs to, such as "10.2"; absent when not known. */
  readonly version?: string;
  /** Files, in the order they were first included, the main one first. */
  readonly modules: readonly ModuleData[];
  /** Types, commands and events in the order of the source, those made for inline data included. */
  readonly definitions: readonly DefinitionData[];
}

export interface ModuleData {
  readonly name: string;
  /** What it includes, in order. */
  readonly includes?: readonly IncludeData[];
}

export interface IncludeData {
  readonly module: string;
  /** How many of the including module's own definitions stand before it. */
  readonly position: number;
}

/** A type by name, built-in ones among them (`str`, `int`, …), or `[T]`: an array of T. */
export type TypeData = string | readonly [TypeData];

/** An `if`: the name of a define, a combination, or (3.0 to 6.1) a C preprocessor expression. */
export type ConditionData =
  | string
  | { readonly all: readonly ConditionData[] }
  | { readonly any: readonly ConditionData[] }
  | { readonly not: ConditionData }
  | { readonly raw: string };

/** What every named thing has. */
export interface EntityData {
  /** On the wire; types have a name in the schema only. */
  readonly name: string;
  readonly if?: ConditionData;
  readonly features?: readonly FeatureData[];
  /** Release that introduced it, such as "2.11". */
  readonly since?: string;
}

export interface FeatureData {
  readonly name: string;
  readonly if?: ConditionData;
  readonly doc?: readonly BlockData[];
}

/** A part of a definition. */
export interface PartData extends EntityData {
  readonly doc?: readonly BlockData[];
}

export interface TypedPartData extends PartData {
  readonly type: TypeData;
}

export interface MemberData extends TypedPartData {
  readonly optional?: true;
}

/** What made a type that the schema does not name. */
export type OriginData =
  | 'arguments'
  | 'base'
  | 'wrapper'
  | 'kind'
  | 'inline'
  | 'builtin'
  | 'introspection'
  | 'catalogue';

export interface NamedData extends EntityData {
  /** Its name in the generated TypeScript. */
  readonly tsName: string;
  /** The module that defines it. */
  readonly module: string;
  readonly doc?: DocData;
}

export interface EnumData extends NamedData {
  readonly kind: 'enum';
  readonly implicit?: OriginData;
  readonly values?: readonly PartData[];
  readonly prefix?: string;
}

export interface StructData extends NamedData {
  readonly kind: 'struct';
  readonly implicit?: OriginData;
  /** The struct whose members go first. */
  readonly base?: string;
  /** Without those of the base. */
  readonly members?: readonly MemberData[];
  /** Accepts further members. */
  readonly open?: true;
}

export interface UnionData extends NamedData {
  readonly kind: 'union';
  readonly implicit?: OriginData;
  /** The struct of the common members, the discriminator among them. */
  readonly base: string;
  readonly discriminator: string;
  readonly branches?: readonly TypedPartData[];
  /** Of the old kind, `{ "type": …, "data": … }` on the wire. */
  readonly simple?: true;
}

export interface AlternateData extends NamedData {
  readonly kind: 'alternate';
  readonly implicit?: OriginData;
  readonly alternatives?: readonly TypedPartData[];
}

export interface CommandData extends NamedData {
  readonly kind: 'command';
  /** The struct or union of its arguments; absent: takes none. */
  readonly arguments?: string;
  /** Accepts further arguments. */
  readonly open?: true;
  /** Absent: an empty object. */
  readonly returns?: TypeData;
  readonly boxed?: true;
  /** True: QEMU's generator makes no marshalling code for it. */
  readonly ungenerated?: true;
  /** True: answers only to fail. */
  readonly silent?: true;
  readonly allowOob?: true;
  readonly allowPreconfig?: true;
  readonly coroutine?: true;
}

export interface EventData extends NamedData {
  readonly kind: 'event';
  /** The struct or union of its `data`; absent: carries none. */
  readonly data?: string;
  readonly boxed?: true;
}

export type DefinitionData =
  | EnumData
  | StructData
  | UnionData
  | AlternateData
  | CommandData
  | EventData;

/** Documentation; absent from the committed SDKs. */
export interface DocData {
  readonly summary?: readonly InlineData[];
  readonly body?: readonly BlockData[];
  readonly returns?: readonly BlockData[];
  readonly errors?: readonly BlockData[];
}

export type InlineData =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | {
      readonly kind: 'reference';
      readonly name: string;
      readonly role: 'any' | 'member' | 'type' | 'command' | 'event';
    };

export type BlockData =
  | { readonly kind: 'paragraph'; readonly inlines: readonly InlineData[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly BlockData[])[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | {
      readonly kind: 'example';
      readonly title: string | null;
      readonly blocks: readonly BlockData[];
    }
  | {
      readonly kind: 'admonition';
      readonly name: 'note' | 'warning' | 'caution' | 'important' | 'tip' | 'see-also';
      readonly blocks: readonly BlockData[];
    };
