import type { Span } from '../source/source-file.js';
import type { Condition } from './condition.js';
import type { Block, Doc } from './doc.js';

export const BUILTIN_TYPES = [
  'str',
  'number',
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'size',
  'bool',
  'null',
  'any',
] as const;
export type BuiltinName = (typeof BUILTIN_TYPES)[number];

/** Where a type stands. Named types are looked up in `Schema.types`, so that cycles are no matter. */
export type TypeRef =
  | { readonly kind: 'builtin'; readonly name: BuiltinName }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'array'; readonly element: TypeRef };

export interface Feature {
  readonly name: string;
  readonly condition: Condition | null;
  readonly doc: readonly Block[];
  readonly span: Span | null;
}

/** What every named thing of a schema has. */
export interface Entity {
  /** On the wire. For types: in the schema (types have no name on the wire). */
  readonly name: string;
  readonly condition: Condition | null;
  readonly features: readonly Feature[];
  /** Release that introduced it, such as "2.11"; null when the source does not say. */
  readonly since: string | null;
  readonly span: Span | null;
}

/** A part of a definition, with its description. */
export interface Part extends Entity {
  readonly doc: readonly Block[];
}

export interface Member extends Part {
  readonly kind: 'member';
  readonly type: TypeRef;
  readonly optional: boolean;
}

export interface EnumValue extends Part {
  readonly kind: 'enum-value';
}

/** What a union holds beside its base when the discriminator has the branch's name. */
export interface Branch extends Part {
  readonly kind: 'branch';
  /** Always names a struct or union. */
  readonly type: TypeRef;
}

export interface Alternative extends Part {
  readonly kind: 'alternative';
  readonly type: TypeRef;
}

export interface DefinitionBase extends Entity {
  /** The one name it has in generated TypeScript. */
  readonly tsName: string;
  /** File that defines it, relative to the main schema's folder, "/" separated, no "..". */
  readonly module: string;
  readonly doc: Doc | null;
}

/**
 * What made a type that no definition of the schema names:
 * the inline `data` of a command or event, the inline `base` of a union,
 * the `{ 'data': … }` wrapper and the implicit enum of a simple union,
 * an inline struct of 1.x, the enum QType that every schema has, or a source that has no names to
 * give: introspection, or the catalogue of events.
 */
export type ImplicitOrigin =
  | 'arguments'
  | 'base'
  | 'wrapper'
  | 'kind'
  | 'inline'
  | 'builtin'
  | 'introspection'
  | 'catalogue';

export interface EnumType extends DefinitionBase {
  readonly kind: 'enum';
  readonly implicit: ImplicitOrigin | null;
  readonly values: readonly EnumValue[];
  /** C prefix; kept because the schema says it. */
  readonly prefix: string | null;
}

export interface StructType extends DefinitionBase {
  readonly kind: 'struct';
  readonly implicit: ImplicitOrigin | null;
  /** Name of the struct whose members go first. */
  readonly base: string | null;
  /** Own members, without the base's. */
  readonly members: readonly Member[];
  /** Further members than these are accepted (`'*props': '**'` of old schemas). */
  readonly open: boolean;
}

export interface UnionType extends DefinitionBase {
  readonly kind: 'union';
  readonly implicit: ImplicitOrigin | null;
  /** Name of the struct, implicit or not, that holds the common members, the discriminator among them. */
  readonly base: string;
  readonly discriminator: string;
  readonly branches: readonly Branch[];
  /** A union of the old kind, `{ 'type': …, 'data': … }` on the wire. */
  readonly simple: boolean;
}

export interface AlternateType extends DefinitionBase {
  readonly kind: 'alternate';
  readonly implicit: ImplicitOrigin | null;
  readonly alternatives: readonly Alternative[];
}

export type TypeDefinition = EnumType | StructType | UnionType | AlternateType;
export type ObjectType = StructType | UnionType;

export interface Command extends DefinitionBase {
  readonly kind: 'command';
  /** Name of the struct or union that holds the arguments; null: takes none. */
  readonly arguments: string | null;
  /** Arguments beyond the declared ones are accepted (`gen: false` with `data`). */
  readonly open: boolean;
  /** null: an empty object. */
  readonly returns: TypeRef | null;
  readonly boxed: boolean;
  readonly gen: boolean;
  readonly successResponse: boolean;
  readonly allowOob: boolean;
  readonly allowPreconfig: boolean;
  readonly coroutine: boolean;
}

export interface Event extends DefinitionBase {
  readonly kind: 'event';
  /** Name of the struct or union of its `data`; null: carries none. */
  readonly data: string | null;
  readonly boxed: boolean;
}

export type Definition = TypeDefinition | Command | Event;
export type DefinitionKind = Definition['kind'];

export type Target = 'qmp' | 'qga' | 'qsd';

export interface Schema {
  readonly kind: 'schema';
  /** All definitions, implicit types included, in the order of the source. */
  readonly definitions: readonly Definition[];
  readonly types: ReadonlyMap<string, TypeDefinition>;
  readonly commands: ReadonlyMap<string, Command>;
  readonly events: ReadonlyMap<string, Event>;
  /** Modules in the order they were first included, the main one first. */
  readonly modules: readonly Module[];
}

export interface Module {
  readonly name: string;
  /** The modules that this one includes, in order. */
  readonly includes: readonly Include[];
}

export interface Include {
  readonly module: string;
  /** How many of the including module's own definitions stand before it. */
  readonly position: number;
}
