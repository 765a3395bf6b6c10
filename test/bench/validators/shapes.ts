import type { BuiltinName, Schema, TypeRef } from '../../../generator/ir/types.js';
import { allMembers, objectNamed } from '../../../generator/ir/visit.js';

/** A schema's types in the terms that every peer can say, unions flattened to whole arms. */
export type Shape =
  | { readonly kind: 'builtin'; readonly name: BuiltinName }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'array'; readonly element: Shape }
  | { readonly kind: 'ref'; readonly name: string };

export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

export type Named =
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  | { readonly kind: 'union'; readonly tag: string; readonly arms: readonly Arm[] }
  | { readonly kind: 'alternate'; readonly of: readonly Shape[] };

/** `fields` has the tag's. */
export interface Arm {
  readonly values: readonly string[];
  readonly fields: readonly Field[];
}

export interface Shapes {
  readonly root: Shape;
  /** Whether members that the schema does not name are refused. */
  readonly closed: boolean;
  readonly named: ReadonlyMap<string, Named>;
}

/** What `root` leads to. Received enums are any text, as for our own validators. */
export function shapesOf(schema: Schema, root: TypeRef, closed: boolean): Shapes {
  const named = new Map<string, Named>();
  const shape = (ref: TypeRef): Shape => {
    if (ref.kind === 'builtin') return ref;
    if (ref.kind === 'array') return { kind: 'array', element: shape(ref.element) };
    const type = schema.types.get(ref.name);
    if (type?.kind === 'enum') {
      const values = type.values.map((value) => value.name);
      return closed ? { kind: 'values', values } : { kind: 'builtin', name: 'str' };
    }
    if (!named.has(ref.name)) define(ref.name);
    return { kind: 'ref', name: ref.name };
  };
  const fieldsOf = (name: string): Field[] =>
    allMembers(schema, objectNamed(schema, name)).map((member) => ({
      name: member.name,
      optional: member.optional,
      shape: shape(member.type),
    }));
  const define = (name: string): void => {
    named.set(name, { kind: 'object', fields: [] });
    const type = schema.types.get(name);
    if (type?.kind === 'alternate') {
      named.set(name, { kind: 'alternate', of: type.alternatives.map((a) => shape(a.type)) });
    } else if (type?.kind === 'union') {
      const base = fieldsOf(type.base);
      const tag = base.find((field) => field.name === type.discriminator);
      const rest = new Set(valuesOf(schema, type.base, type.discriminator));
      const arms = type.branches.map((branch): Arm => {
        rest.delete(branch.name);
        const own = branch.type.kind === 'named' ? fieldsOf(branch.type.name) : [];
        return arm([branch.name], base, own, tag?.name ?? '');
      });
      if (rest.size > 0) arms.push(arm([...rest], base, [], tag?.name ?? ''));
      named.set(name, { kind: 'union', tag: type.discriminator, arms });
    } else {
      named.set(name, { kind: 'object', fields: fieldsOf(name) });
    }
  };
  return { root: shape(root), closed, named };
}

function arm(
  values: readonly string[],
  base: readonly Field[],
  own: readonly Field[],
  tag: string,
): Arm {
  const fields = [...base, ...own].map((field) =>
    field.name === tag ? { ...field, shape: { kind: 'values' as const, values } } : field,
  );
  return { values, fields };
}

function valuesOf(schema: Schema, base: string, tag: string): readonly string[] {
  const member = allMembers(schema, objectNamed(schema, base)).find((m) => m.name === tag);
  const type = member?.type.kind === 'named' ? schema.types.get(member.type.name) : undefined;
  return type?.kind === 'enum' ? type.values.map((value) => value.name) : [];
}

/** An event's message around its data. */
export function eventShapes(schema: Schema, event: string): Shapes {
  const data = schema.events.get(event)?.data ?? '';
  const { named } = shapesOf(schema, { kind: 'named', name: data }, false);
  const int: Shape = { kind: 'builtin', name: 'int' };
  const timestamp: Named = {
    kind: 'object',
    fields: [
      { name: 'seconds', optional: false, shape: int },
      { name: 'microseconds', optional: false, shape: int },
    ],
  };
  const message: Named = {
    kind: 'object',
    fields: [
      { name: 'event', optional: false, shape: { kind: 'values', values: [event] } },
      { name: 'timestamp', optional: false, shape: { kind: 'ref', name: 'EventTimestamp' } },
      { name: 'data', optional: false, shape: { kind: 'ref', name: data } },
    ],
  };
  return {
    root: { kind: 'ref', name: 'EventMessage' },
    closed: false,
    named: new Map([...named, ['EventTimestamp', timestamp], ['EventMessage', message]]),
  };
}
