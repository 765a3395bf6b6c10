import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogueModule, mergeCatalogue, readCatalogue } from '../../generator/catalogue/index.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import {
  introspectionModules,
  readIntrospection,
} from '../../generator/introspection/read/index.js';
import { assembleSchema } from '../../generator/ir/assemble.js';
import type { Schema } from '../../generator/ir/types.js';
import { printSchema } from '../../generator/print/index.js';
import { loadDefinitions, loadSchema } from '../../generator/schema/index.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { describeWithShared, SHARED } from '../support/shared.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-print-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

function printAndRead(schema: Schema): Schema {
  count += 1;
  const out = join(folder, String(count));
  for (const [path, text] of printSchema(schema)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return read(join(out, 'qapi-schema.json'));
}

function read(file: string, strict = false): Schema {
  const diagnostics = new Diagnostics({ strict });
  const { schema } = loadSchema(file, { diagnostics });
  expect(diagnostics.list.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (schema === null) throw new Error(`no schema in ${file}`);
  return schema;
}

/** Definitions by name, without prose, spans and files. */
function facts({ definitions }: Schema): ReadonlyMap<string, unknown> {
  const left = new Set(['span', 'doc', 'module']);
  return new Map(
    definitions.map((definition) => [
      `${definition.kind} ${definition.name}`,
      JSON.parse(JSON.stringify(definition, (key, value) => (left.has(key) ? undefined : value))),
    ]),
  );
}

function withCatalogue(schemaFile: string, catalogueFile: string): Schema {
  const diagnostics = new Diagnostics();
  const { definitions, modules } = loadDefinitions(join(SHARED, schemaFile), { diagnostics });
  const text = readFileSync(join(SHARED, catalogueFile), 'utf8');
  const catalogue = readCatalogue(new SourceFile('qmp-events.txt', text), diagnostics);
  return assembleSchema(mergeCatalogue(definitions ?? [], catalogue, diagnostics), [
    ...modules,
    catalogueModule(catalogue),
  ]);
}

function fromReply(path: string): Schema {
  const text = readFileSync(join(SHARED, path), 'utf8');
  const definitions = readIntrospection(new SourceFile(path, text), new Diagnostics());
  return assembleSchema(definitions ?? [], introspectionModules);
}

describeWithShared('what has no schema of its own is printed and read back', () => {
  it.each([
    ['qemu/1.0/qapi-schema.json', 'qemu/1.0/qmp-events.txt'],
    ['qemu/1.6/qapi-schema.json', 'qemu/1.6/qmp-events.txt'],
    ['qemu/2.0/qapi-schema.json', 'qemu/2.0/qmp-events.txt'],
    ['downstream/rhel-6-qemu-0.12/qapi-schema.json', 'downstream/rhel-6-qemu-0.12/qmp-events.txt'],
  ])('%s with its catalogue', (schemaFile, catalogueFile) => {
    const schema = withCatalogue(schemaFile, catalogueFile);
    const again = printAndRead(schema);
    expect(facts(again)).toEqual(facts(schema));
    expect([...again.events.values()].map(({ module }) => module)).toContain('qmp-events.json');
  });

  it.each([
    'live/introspection/qemu-5.2.0.schema.json',
    'live/introspection/qemu-11.1.3.schema.json',
    'qemu/2.12/introspection/qmp.json',
  ])('the reply %s', (path) => {
    const schema = fromReply(path);
    expect(facts(printAndRead(schema))).toEqual(facts(schema));
    expect(schema.commands.size).toBeGreaterThan(100);
  });
});

describe('keys that QAPI does not have', () => {
  const file = join(folder, 'own-keys.json');
  const text = [
    "{ 'struct': 'Bag', 'data': {}, 'open': true, 'named-for': 'catalogue' }",
    "{ 'event': 'SPILLED', 'data': {}, 'open': true }",
    "{ 'event': 'MOVED', 'data': { 'bag': 'Bag' } }",
    '',
  ].join('\n');
  writeFileSync(file, text);

  it('are read by default', () => {
    const { types, events } = read(file);
    expect(types.get('Bag')).toMatchObject({ open: true, implicit: 'catalogue', tsName: 'Bag' });
    const data = types.get(events.get('SPILLED')?.data ?? '');
    expect(data).toMatchObject({ kind: 'struct', open: true, members: [] });
  });

  it('are unknown in strict mode', () => {
    const diagnostics = new Diagnostics({ strict: true });
    loadSchema(file, { diagnostics });
    const unknown = diagnostics.list.filter(({ code }) => code === 'unknown-key');
    expect(unknown).toHaveLength(3);
  });

  it('take only what they mean', () => {
    const bad = join(folder, 'bad-keys.json');
    writeFileSync(bad, "{ 'struct': 'Bag', 'data': {}, 'open': 'x', 'named-for': 'elsewhere' }\n");
    const diagnostics = new Diagnostics();
    loadSchema(bad, { diagnostics });
    const codes = diagnostics.list.filter((d) => d.severity === 'error').map(({ code }) => code);
    expect(codes.sort()).toEqual(['invalid-flag', 'value-type']);
  });
});
