import type { Feature, Schema, TypeRef } from '../../ir/types.js';

/** A type as a reader would call it. */
export function typeWords(type: TypeRef, schema: Schema): string {
  if (type.kind === 'array') return `list of ${typeWords(type.element, schema)}`;
  if (type.kind === 'builtin') return type.name;
  const definition = schema.types.get(type.name);
  if (definition?.kind !== 'enum') return type.name;
  const values = definition.values.map(({ name }) => name).join('|');
  return values.length <= 40 ? values : type.name;
}

/** What a user should know before using a thing: "deprecated", "unstable", "since 6.2". */
export function remarks({
  features,
  since,
}: {
  readonly features: readonly Feature[];
  readonly since: string | null;
}): string {
  const special = features.map(({ name }) => name);
  const words = ['deprecated', 'unstable'].filter((name) => special.includes(name));
  return [...words, ...(since === null ? [] : [`since ${since}`])].join(', ');
}
