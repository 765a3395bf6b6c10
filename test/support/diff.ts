import {
  type Change,
  compareModels,
  describeChange,
  type Model,
  modelOfData,
} from '@qapi-ts/runtime/compare';
import type { Schema, Target } from '../../generator/ir/types.js';
import { schemaData } from '../../generator/ir-json/index.js';
import { folderWith } from './files.js';
import { schemaOf } from './sdk.js';

/** A schema from its text. */
export function schemaFrom(text: string): Schema {
  return schemaOf(`${folderWith({ 'qapi-schema.json': text })}/qapi-schema.json`);
}

export function modelFrom(schema: Schema, introspected = false, target: Target = 'qmp'): Model {
  return modelOfData(schemaData(schema, { target, version: null, docs: false }), { introspected });
}

/** What changed between two texts of schemas. */
export function changesBetween(before: string, after: string): readonly Change[] {
  return compareModels(modelFrom(schemaFrom(before)), modelFrom(schemaFrom(after)));
}

/** "breaking sent command.member: words". */
export function told(change: Change): string {
  const { impact, direction } = change;
  return `${impact}${direction === null ? '' : ` ${direction}`}: ${describeChange(change)}`;
}
