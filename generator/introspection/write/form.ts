import type { Member, Schema } from '../../ir/types.js';
import { allMembers, structNamed } from '../../ir/visit.js';

/** How a release spells its introspection; the content is the same. */
export interface IntrospectionForm {
  /** Implicit types are `:obj-…` and `:empty` (before 2.6), or `q_obj_…` and `q_empty`. */
  readonly implicitNames: 'colon' | 'underscore';
  /** Commands say `allow-oob` even where it is false (2.12). */
  readonly oobAlways: boolean;
  /** Enums carry `members` beside `values` (since 6.2). */
  readonly enumMembers: boolean;
}

export const NEWEST_FORM: IntrospectionForm = {
  implicitNames: 'underscore',
  oobAlways: false,
  enumMembers: true,
};

/** The form of release X.Y. */
export function formOfRelease(major: number, minor: number): IntrospectionForm {
  const since = (thatMajor: number, thatMinor: number) =>
    major > thatMajor || (major === thatMajor && minor >= thatMinor);
  return {
    implicitNames: since(2, 6) ? 'underscore' : 'colon',
    oobAlways: since(2, 12) && !since(2, 13) && !since(3, 0),
    enumMembers: since(6, 2),
  };
}

/** The form that the schema itself describes; the newest when it describes none. */
export function formOfSchema(schema: Schema): IntrospectionForm {
  if (!schema.types.has('SchemaInfo')) return NEWEST_FORM;
  const member = (struct: string, name: string): Member | undefined =>
    schema.types.get(struct)?.kind === 'struct'
      ? allMembers(schema, structNamed(schema, struct)).find((m) => m.name === name)
      : undefined;
  return {
    implicitNames: schema.types.get('SchemaInfoBase')?.kind === 'struct' ? 'colon' : 'underscore',
    oobAlways: member('SchemaInfoCommand', 'allow-oob')?.optional === false,
    enumMembers: member('SchemaInfoEnum', 'members') !== undefined,
  };
}
