import type { Schema, Target } from '../ir/types.js';
import { schemaData } from '../ir-json/index.js';
import { stringLiteral } from './literals.js';

/** The schema as data. Each text is JSON as a string literal: parsed, it cannot become code. */
export interface SchemaDataView {
  /** All but the definitions. */
  readonly head: string;
  readonly definitions: readonly string[];
}

export function schemaDataView(
  schema: Schema,
  target: Target,
  version: string | null,
): SchemaDataView {
  const { definitions, ...head } = schemaData(schema, { target, version, docs: false });
  return {
    head: stringLiteral(JSON.stringify(head)),
    definitions: definitions.map((definition) => stringLiteral(JSON.stringify(definition))),
  };
}
