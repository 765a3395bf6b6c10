import type { Command, Schema, TypeRef } from '../../ir/types.js';
import { type Fields, fieldsOf } from './fields.js';
import { jsonOf, type ObjectNode } from './nodes.js';

/** What may stand at a place of a command's arguments. */
export interface Place {
  /** What a value there is of; null where the schema has no such place. */
  readonly type: TypeRef | null;
  /** What a dot and a name may lead to from there; null where there are no members. */
  readonly fields: Fields | null;
}

const NOWHERE: Place = { type: null, fields: null };

/**
 * Finds the place that a dotted path leads to, through lists by their indexes, through alternates by
 * their object, and through unions by what is given of them. The empty path is the arguments.
 */
export function placeAt(
  schema: Schema,
  command: Command,
  path: readonly string[],
  given: ObjectNode | null,
): Place {
  if (command.arguments === null) return NOWHERE;
  let place: Place = {
    type: { kind: 'named', name: command.arguments },
    fields: fieldsOf(schema, command.arguments, given),
  };
  let node: ObjectNode | null = given;
  for (const name of path) {
    const type: TypeRef | null = stepType(place, name);
    if (type === null) return NOWHERE;
    const value = node?.members.get(name)?.value;
    const json = value === undefined ? null : jsonOf(value);
    node = json?.kind === 'object' ? json : null;
    const object = objectWithin(schema, type);
    place = { type, fields: object === null ? null : fieldsOf(schema, object, node) };
  }
  return place;
}

function stepType({ type, fields }: Place, name: string): TypeRef | null {
  if (type?.kind === 'array') return /^\d{1,9}$/.test(name) ? type.element : null;
  return fields?.members.get(name)?.type ?? null;
}

/** The object type that a type is or, being an alternate, may be. */
export function objectWithin(schema: Schema, type: TypeRef): string | null {
  if (type.kind !== 'named') return null;
  const definition = schema.types.get(type.name);
  if (definition?.kind === 'struct' || definition?.kind === 'union') return type.name;
  if (definition?.kind !== 'alternate') return null;
  for (const alternative of definition.alternatives) {
    const found =
      alternative.type.kind === 'named' ? schema.types.get(alternative.type.name) : null;
    if (found?.kind === 'struct' || found?.kind === 'union') return found.name;
  }
  return null;
}
