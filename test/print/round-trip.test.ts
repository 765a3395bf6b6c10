import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import type { Schema } from '../../generator/ir/types.js';
import { printSchema } from '../../generator/print/index.js';
import { loadSchema } from '../../generator/schema/index.js';
import { loadText } from '../support/schema-text.js';
import { describeWithShared, sharedSchemas } from '../support/shared.js';

function load(file: string): Schema {
  const diagnostics = new Diagnostics();
  const { schema } = loadSchema(file, { diagnostics });
  expect(diagnostics.list.filter((d) => d.severity === 'error')).toEqual([]);
  if (schema === null) throw new Error(`no schema in ${file}`);
  return schema;
}

/** The IR as data, without what printing leaves out: prose and spans. */
function facts(schema: Schema): unknown {
  const { definitions, modules } = schema;
  const text = JSON.stringify({ definitions, modules }, (key, value) => {
    if (key === 'span' || key === 'doc') return undefined;
    return value;
  });
  return JSON.parse(text);
}

describeWithShared('canonical text parses back to the same IR', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-print-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(sharedSchemas())('$release $target', ({ release, target, file }) => {
    const schema = load(file);
    const out = join(folder, release, target);
    const texts = printSchema(schema);
    for (const [path, text] of texts) {
      mkdirSync(dirname(join(out, path)), { recursive: true });
      writeFileSync(join(out, path), text);
    }
    const again = load(join(out, basename(file)));
    expect(facts(again)).toEqual(facts(schema));
    expect(printSchema(again)).toEqual(texts);
    // Every definition has its fact: nothing is equal because both are empty.
    expect(again.definitions.length).toBeGreaterThan(20);
  });
});

describe('what 10.2 would refuse parses back to the same IR', () => {
  it.each([
    ['boxed data that has no name', "{ 'command': 'c', 'boxed': true, 'data': { 'a': 'int' } }"],
    ['a branch of any value', "{ 'union': 'Value', 'data': { 'one': '**', 'more': [ '**' ] } }"],
  ])('%s', (_title, text) => {
    const { schema } = loadText(text);
    if (schema === null) throw new Error('no schema');
    const [printed = ''] = printSchema(schema).values();
    const again = loadText(printed);
    expect(again.diagnostics.errors).toBe(0);
    expect(facts(again.schema as Schema)).toEqual(facts(schema));
  });
});
