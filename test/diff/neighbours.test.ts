import { readFileSync } from 'node:fs';
import {
  type Change,
  compareModels,
  describeChange,
  type Model,
  modelOfReply,
} from '@qapi-ts/runtime/compare';
import { expect, it } from 'vitest';
import { painter } from '../../generator/diagnostics/paint.js';
import { diffSchemas } from '../../generator/diff/index.js';
import { report } from '../../generator/diff/report/index.js';
import type { Schema } from '../../generator/ir/types.js';
import { modelFrom } from '../support/diff.js';
import { schemaOf } from '../support/sdk.js';
import { describeWithShared, type SharedSchema, sharedSchemas } from '../support/shared.js';

describeWithShared('neighbouring releases', () => {
  const releases = sharedSchemas().filter(({ release }) => /^\d/.test(release));
  const pairs = (['qmp', 'qga', 'qsd'] as const).flatMap((target) => {
    const list = releases.filter((schema) => schema.target === target);
    return list.slice(1).map((after, at) => ({ before: list[at] as SharedSchema, after, target }));
  });
  const schemas = new Map<string, Schema>();
  const load = ({ file }: SharedSchema): Schema => {
    const schema = schemas.get(file) ?? schemaOf(file);
    schemas.set(file, schema);
    return schema;
  };

  it('are 33 pairs', () => expect(pairs).toHaveLength(33));

  it.each(pairs)('$target $before.release to $after.release', ({ before, after, target }) => {
    const [old, now] = [load(before), load(after)];
    const side = (schema: SharedSchema) => ({
      schema: load(schema),
      label: schema.release,
      introspected: false,
    });
    const diff = diffSchemas(side(before), side(after), target);

    // What comes and goes at the top, counted on its own.
    for (const kind of ['command', 'event'] as const) {
      const [a, b] = [[...old[`${kind}s`].keys()], [...now[`${kind}s`].keys()]];
      const named = (code: string) =>
        diff.changes.filter((change) => change.code === code).map(({ site }) => site.name);
      expect(named(`${kind}-removed`)).toEqual(a.filter((name) => !b.includes(name)).sort());
      expect(named(`${kind}-added`)).toEqual(b.filter((name) => !a.includes(name)).sort());
    }
    // All of it can be said, placed and sorted out; nothing is there twice.
    const lines = diff.changes.map((change) =>
      JSON.stringify([describeChange(change), change.direction, change.code]),
    );
    expect(new Set(lines).size).toBe(lines.length);
    for (const change of diff.changes) {
      expect(change.uses.length).toBeGreaterThan(0);
      expect(change.place?.line).toBeGreaterThan(0);
    }
    const text = report(diff, 'text', {
      paint: painter(false),
      impacts: ['breaking', 'arrival', 'safe', 'notice'],
    });
    expect(text.split('\n').filter((line) => /^ {2}\S/.test(line))).toHaveLength(lines.length);
  });

  it('a release differs from itself in nothing', () => {
    for (const schema of releases) {
      const model = modelFrom(load(schema));
      expect(compareModels(model, model)).toEqual([]);
    }
  });

  const told = pairs.filter(({ before, after }) => before.oracle !== null && after.oracle !== null);
  it.each(told)(
    "$target $before.release to $after.release: the same by QEMU's own introspection",
    ({ before, after, target }) => {
      // Two ways in: our reading of the schema files, and what QEMU's generator made of them.
      const reply = ({ oracle }: SharedSchema): Model =>
        modelOfReply(JSON.parse(readFileSync(oracle ?? '', 'utf8')));
      const shown = (changes: readonly Change[]) =>
        changes
          .flatMap(({ code, direction, part, uses }) =>
            uses.map(({ name }) => JSON.stringify([code, direction, part, name])),
          )
          .filter((line, at, all) => all.indexOf(line) === at)
          .sort();
      const model = (schema: SharedSchema) => modelFrom(load(schema), true, target);
      expect(shown(compareModels(model(before), model(after)))).toEqual(
        shown(compareModels(reply(before), reply(after))),
      );
      // A schema has no difference from its own introspection.
      expect(compareModels(model(after), reply(after)).map(describeChange)).toEqual([]);
      expect(compareModels(reply(after), model(after)).map(describeChange)).toEqual([]);
    },
  );
});
