/**
 * The elements of a `query-qmp-schema` reply, as QEMU has sent them since 2.5. Members that only
 * some releases send are optional. Every element names one command, event or type; all of them share
 * one name space.
 */
export type SchemaInfo =
  | SchemaInfoBuiltin
  | SchemaInfoEnum
  | SchemaInfoArray
  | SchemaInfoObject
  | SchemaInfoAlternate
  | SchemaInfoCommand
  | SchemaInfoEvent;

export type SchemaMetaType = SchemaInfo['meta-type'];

/** The element whose `meta-type` is `M`. */
export type SchemaInfoOf<M extends SchemaMetaType> = Extract<SchemaInfo, { 'meta-type': M }>;

export const JSON_TYPES = [
  'string',
  'number',
  'int',
  'boolean',
  'null',
  'object',
  'array',
  'value',
] as const;
export type JsonType = (typeof JSON_TYPES)[number];

interface SchemaInfoCommon {
  /** Of a command or event: on the wire. Of a type: in the schema, or a number when masked. */
  readonly name: string;
  /** Since 4.2 on objects, 5.0 on commands, 5.1 on all the others. */
  readonly features?: readonly string[];
}

export interface SchemaInfoBuiltin extends SchemaInfoCommon {
  readonly 'meta-type': 'builtin';
  readonly 'json-type': JsonType;
}

export interface SchemaInfoEnum extends SchemaInfoCommon {
  readonly 'meta-type': 'enum';
  /** Since 6.2. */
  readonly members?: readonly SchemaInfoEnumMember[];
  readonly values?: readonly string[];
}

export interface SchemaInfoEnumMember {
  readonly name: string;
  readonly features?: readonly string[];
}

export interface SchemaInfoArray extends SchemaInfoCommon {
  readonly 'meta-type': 'array';
  readonly 'element-type': string;
}

export interface SchemaInfoObject extends SchemaInfoCommon {
  readonly 'meta-type': 'object';
  /** Those of the base, direct or not, come first. Of a union: the common ones. */
  readonly members: readonly SchemaInfoObjectMember[];
  /** Of a union: the member that says which variant it is. */
  readonly tag?: string;
  readonly variants?: readonly SchemaInfoObjectVariant[];
}

export interface SchemaInfoObjectMember {
  readonly name: string;
  readonly type: string;
  /** Its presence says that the member is optional; the value has no meaning yet. */
  readonly default?: null;
  readonly features?: readonly string[];
}

export interface SchemaInfoObjectVariant {
  readonly case: string;
  /** The empty object where the case adds nothing. */
  readonly type: string;
}

export interface SchemaInfoAlternate extends SchemaInfoCommon {
  readonly 'meta-type': 'alternate';
  readonly members: readonly SchemaInfoAlternateMember[];
}

export interface SchemaInfoAlternateMember {
  readonly type: string;
}

export interface SchemaInfoCommand extends SchemaInfoCommon {
  readonly 'meta-type': 'command';
  readonly 'arg-type': string;
  readonly 'ret-type': string;
  /** 2.12 sends it always, later releases only where true. */
  readonly 'allow-oob'?: boolean;
}

export interface SchemaInfoEvent extends SchemaInfoCommon {
  readonly 'meta-type': 'event';
  readonly 'arg-type': string;
}
