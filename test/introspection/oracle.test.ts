import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import type { SchemaInfo } from '../../generator/introspection/schema-info.js';
import {
  formOfRelease,
  formOfSchema,
  type IntrospectionForm,
  introspect,
} from '../../generator/introspection/write/index.js';
import type { Schema } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import { describeWithShared, type SharedSchema, sharedSchemas } from '../support/shared.js';

/** The agent's schema described no introspection up to 6.1: there the release says the form. */
function formFor({ release, target }: SharedSchema, schema: Schema): IntrospectionForm {
  if (target !== 'qga' || schema.types.has('SchemaInfo')) return formOfSchema(schema);
  const [, major, minor] = /(\d+)\.(\d+)$/.exec(release) ?? [];
  return formOfRelease(Number(major), Number(minor));
}

/** Objects with sorted keys; the order of lists stays. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

const asSet = (infos: readonly SchemaInfo[]) =>
  new Map(infos.map((info) => [info.name, JSON.stringify(canonical(info))]));

describeWithShared("introspection of every release equals QEMU's own", () => {
  const rows: string[] = [];

  it.each(sharedSchemas().filter((schema) => schema.oracle !== null))(
    '$release $target',
    (shared) => {
      const diagnostics = new Diagnostics();
      const { schema } = loadSchema(shared.file, { diagnostics });
      expect(diagnostics.list.filter((d) => d.severity === 'error')).toEqual([]);
      if (schema === null || shared.oracle === null) throw new Error('no schema');

      const ours = introspect(schema, { form: formFor(shared, schema) });
      const theirs: SchemaInfo[] = JSON.parse(readFileSync(shared.oracle, 'utf8'));
      const actual = asSet(ours);
      const expected = asSet(theirs);
      expect(actual.size).toBe(ours.length);
      const equal = [...expected].filter(([name, text]) => actual.get(name) === text).length;
      const names = new Set([...actual.keys(), ...expected.keys()]);
      rows.push(
        [shared.release, shared.target, theirs.length, equal, names.size - equal].join('\t'),
      );
      expect(actual).toEqual(expected);
    },
  );

  it('covers every release from 2.5 on', () => {
    console.log(['release\ttarget\tdefinitions\tequal\tdifferent', ...rows].join('\n'));
    expect(rows.length).toBe(sharedSchemas().filter((schema) => schema.oracle !== null).length);
    expect(rows.length).toBeGreaterThan(20);
  });
});
