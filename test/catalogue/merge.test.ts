import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogueModule, mergeCatalogue } from '../../generator/catalogue/index.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { assembleSchema, type UnnamedDefinition } from '../../generator/ir/assemble.js';
import type { Member, Schema, TypeRef } from '../../generator/ir/types.js';
import { loadDefinitions } from '../../generator/schema/index.js';
import { type CatalogueName, catalogueText, finding, readText } from '../support/catalogues.js';
import { describeWithShared, SHARED } from '../support/shared.js';

const PART = { condition: null, features: [], since: null, span: null } as const;
const DEFINITION = { ...PART, module: 'main.json', doc: null } as const;
const STR: TypeRef = { kind: 'builtin', name: 'str' };

function member(name: string, type: TypeRef, optional = false): Member {
  return { ...PART, kind: 'member', name, type, optional, doc: [] };
}

function struct(
  name: string,
  members: readonly Member[],
  base: string | null = null,
): UnnamedDefinition {
  return { ...DEFINITION, kind: 'struct', implicit: null, name, base, members, open: false };
}

function enumeration(name: string, ...values: string[]): UnnamedDefinition {
  return {
    ...DEFINITION,
    kind: 'enum',
    implicit: null,
    name,
    values: values.map((value) => ({ ...PART, kind: 'enum-value', name: value, doc: [] })),
    prefix: null,
  };
}

function event(name: string, data: string | null): UnnamedDefinition {
  return { ...DEFINITION, kind: 'event', name, data, boxed: false };
}

function merge(schema: readonly UnnamedDefinition[], text: string) {
  const { result } = readText(text);
  const diagnostics = new Diagnostics();
  const definitions = mergeCatalogue(schema, result, diagnostics);
  const merged = assembleSchema(definitions, [catalogueModule(result)]);
  return {
    schema: merged,
    findings: diagnostics.list.map(({ code, message }) => `${code} ${message}`),
  };
}

/** Each reference of the schema leads to a type. */
function expectResolved(schema: Schema): void {
  const resolve = (ref: TypeRef): void => {
    if (ref.kind === 'array') resolve(ref.element);
    else if (ref.kind === 'named') expect(schema.types.has(ref.name), ref.name).toBe(true);
  };
  for (const definition of schema.definitions) {
    if (definition.kind === 'event' && definition.data !== null) {
      expect(schema.types.has(definition.data), definition.data).toBe(true);
    }
    if (definition.kind === 'struct') for (const { type } of definition.members) resolve(type);
  }
  const names = schema.definitions.map(({ kind, tsName }) => `${kind === 'command'} ${tsName}`);
  expect(new Set(names).size).toBe(names.length);
}

const text = (...lines: string[]) => `E\n---\n\nData:\n\n${lines.join('\n')}\n`;

describe('events that only the catalogue has', () => {
  it('become events with named types', () => {
    const { schema, findings } = merge(
      [],
      text(
        '- "id": text (json-string)',
        '- "mode": text (json-string, optional, "a" or "b")',
        '- "__com.example_info": text (json-object)',
        '  - "kind": text (json-string, "c" or "d")',
        '- "list": text (json-array)',
        '  - "n": text (json-int)',
        '- "rest": text (json-object)',
      ),
    );
    expect(findings).toEqual([]);
    expectResolved(schema);
    expect(schema.definitions.map(({ kind, name, tsName }) => `${kind} ${name} ${tsName}`)).toEqual(
      [
        'enum EMode EMode',
        'enum EComExampleInfoKind EComExampleInfoKind',
        'struct EComExampleInfo EComExampleInfo',
        'struct EList EList',
        'struct ERest ERest',
        'struct q_obj_E-arg EData',
        'event E EEvent',
      ],
    );
    const data = schema.types.get('q_obj_E-arg');
    expect(data).toMatchObject({ kind: 'struct', implicit: 'arguments', open: false });
    expect(data?.kind === 'struct' ? data.members.map(({ type }) => type) : null).toEqual([
      STR,
      { kind: 'named', name: 'EMode' },
      { kind: 'named', name: 'EComExampleInfo' },
      { kind: 'array', element: { kind: 'named', name: 'EList' } },
      { kind: 'named', name: 'ERest' },
    ]);
    expect(schema.types.get('ERest')).toMatchObject({ kind: 'struct', members: [], open: true });
    expect(schema.events.get('E')?.module).toBe('qmp-events.txt');
  });

  it('leave the names of the schema alone', () => {
    const { schema } = merge(
      [struct('EMode', []), struct('q_obj_E-arg', []), struct('EData', [])],
      text('- "mode": text (json-string, "a" or "b")'),
    );
    expectResolved(schema);
    expect(schema.types.get('EMode_')?.kind).toBe('enum');
    expect(schema.events.get('E')?.data).toBe('q_obj_E-arg_');
    expect(schema.types.get('EData')?.tsName).toBe('EData');
  });

  it('names that differ only in punctuation stay apart', () => {
    const { schema } = merge(
      [],
      text('- "a-b": text (json-object)', '- "a_b": text (json-object)'),
    );
    expectResolved(schema);
    expect([...schema.types.keys()]).toEqual(['EAB', 'EAB_', 'q_obj_E-arg']);
  });

  it('an event without data has none', () => {
    const { schema } = merge([], 'E\n---\n\nData: None.\n');
    expect(schema.events.get('E')?.data).toBeNull();
    expect(schema.types.size).toBe(0);
  });

  it('refer to types of the schema that the text names', () => {
    const body = text('- "m": Kind type as described in qapi-schema.json');
    const { schema, findings } = merge([struct('Kind', [])], body);
    const data = schema.types.get('q_obj_E-arg');
    expect(data?.kind === 'struct' ? data.members[0]?.type : null).toEqual({
      kind: 'named',
      name: 'Kind',
    });
    expect(findings).toEqual([]);
    expect(merge([], body).findings).toEqual([
      "catalogue-foreign-type 'm' is said to be of type 'Kind', which no schema here defines",
    ]);
  });

  it('whole data of a type of the schema', () => {
    const body = 'E\n---\n\n - data: Kind type as described in qapi-schema.json\n';
    expect(merge([struct('Kind', [])], body).schema.events.get('E')?.data).toBe('Kind');
    const { schema, findings } = merge([enumeration('Kind', 'a')], body);
    expect(schema.types.get('q_obj_E-arg')).toMatchObject({ members: [], open: true });
    expect(findings).toEqual([
      "catalogue-foreign-type 'E' is said to be of type 'Kind', which no schema here defines",
    ]);
  });

  it('an event with the name of a type is left out', () => {
    const { schema, findings } = merge([struct('E', [])], 'E\n---\n\nData: None.\n');
    expect(schema.events.size).toBe(0);
    expect(findings).toEqual([
      "catalogue-name-clash the event 'E' is left out, for the schema has a struct of that name",
    ]);
  });
});

describe('events that both have', () => {
  const disagreements = (definitions: readonly UnnamedDefinition[], body: string) => {
    const { schema, findings } = merge(definitions, body);
    expect(schema.definitions).toHaveLength(definitions.length);
    return findings.map((found) => found.replace('catalogue-disagrees ', ''));
  };
  const compare = (type: TypeRef, line: string, ...more: UnnamedDefinition[]) =>
    disagreements([...more, struct('D', [member('m', type)]), event('E', 'D')], text(line));
  const builtin = (name: 'int' | 'uint32' | 'size' | 'number' | 'bool' | 'any'): TypeRef => ({
    kind: 'builtin',
    name,
  });
  const named = (name: string): TypeRef => ({ kind: 'named', name });
  const kind = enumeration('Kind', 'a', 'b');

  it.each([
    ['a string', STR, '- "m": text (json-string)'],
    ['a string for an enum', named('Kind'), '- "m": text (json-string)'],
    ['an enum', named('Kind'), '- "m": text (json-string, "b" or "a")'],
    ['an integer of any width', builtin('uint32'), '- "m": text (json-int)'],
    ['a size', builtin('size'), '- "m": text (json-int)'],
    ['a number for an integer', builtin('int'), '- "m": text (json-number)'],
    ['anything', builtin('any'), '- "m": text (json-bool)'],
    ['a type that is not stated', builtin('bool'), '- "m": text'],
    ['a type by name', named('Kind'), '- "m": See Kind in qapi-schema.json'],
    ['an array', { kind: 'array', element: STR }, '- "m": text (json-array of json-string)'],
  ] as const)('%s agrees', (_what, type, line) => {
    expect(compare(type, line, kind)).toEqual([]);
  });

  it.each([
    [STR, '- "m": text (json-int)', "'m' is int in the catalogue, but str in the schema"],
    [
      builtin('number'),
      '- "m": text (json-int)',
      "'m' is int in the catalogue, but number in the schema",
    ],
    [
      STR,
      '- "m": text (json-string, "a" or "b")',
      "'m' is one of 'a', 'b' in the catalogue, but str in the schema",
    ],
    [
      named('Kind'),
      '- "m": text (json-string, "a" or "c")',
      "the schema has no 'c' among the values of 'm'",
      "the catalogue lacks 'b' among the values of 'm'",
    ],
    [
      named('Kind'),
      '- "m": See Sort in qapi-schema.json',
      "'m' is not of type 'Sort' in the schema",
    ],
    [STR, '- "m": text (json-string, optional)', "'m' is mandatory in the schema"],
    [
      { kind: 'array', element: STR },
      '- "m": text (json-array of json-int)',
      "'m[]' is int in the catalogue, but str in the schema",
    ],
    [
      named('Kind'),
      '- "m": text (json-object)',
      "'m' is an object in the catalogue, but enum in the schema",
    ],
  ] as const)('%j is not %s', (type, line, ...messages) => {
    expect(compare(type, line, kind)).toEqual(messages);
  });

  it('members of one side only, bases and branches looked into', () => {
    const definitions: UnnamedDefinition[] = [
      struct('Base', [member('kind', STR), member('old', STR, true)]),
      struct('Branch', [member('inside', STR)]),
      {
        ...DEFINITION,
        kind: 'union',
        implicit: null,
        name: 'U',
        base: 'Base',
        discriminator: 'kind',
        branches: [{ ...PART, kind: 'branch', name: 'x', type: named('Branch'), doc: [] }],
        simple: false,
      },
      event('E', 'U'),
    ];
    const lines = ['- "kind": text (json-string)', '- "inside": text (json-string)'];
    expect(disagreements(definitions, text(...lines))).toEqual(["the catalogue lacks 'old'"]);
    expect(disagreements(definitions, text(...lines, '- "x": text (json-int)'))).toEqual([
      "the schema has no 'x'",
      "the catalogue lacks 'old'",
    ]);
  });

  it('nested members by their path', () => {
    const definitions = [
      struct('Inner', [member('a', STR), member('b', STR)]),
      struct('D', [member('m', named('Inner'))]),
      event('E', 'D'),
    ];
    expect(
      disagreements(
        definitions,
        text('- "m": text (json-object)', '  - "a": text (json-bool)', '  - "c": text (json-int)'),
      ),
    ).toEqual([
      "'m.a' is bool in the catalogue, but str in the schema",
      "the schema has no 'm.c'",
      "the catalogue lacks 'm.b'",
    ]);
    expect(disagreements(definitions, text('- "m": text (json-object)'))).toEqual([]);
  });

  it('data on one side only', () => {
    const none = 'E\n---\n\nData: None.\n';
    const some = text('- "m": text (json-string)');
    const definitions = [struct('D', [member('m', STR)]), event('E', 'D')];
    expect(disagreements(definitions, none)).toEqual(['the schema gives it data']);
    expect(disagreements([event('E', null)], some)).toEqual(['the schema gives it no data']);
    const optional = [struct('D', [member('m', STR, true)]), event('E', 'D')];
    expect(disagreements(optional, none)).toEqual([]);
    expect(disagreements([event('E', null)], none)).toEqual([]);
  });
});

describeWithShared('catalogues with the schemas beside them', () => {
  function mergeRelease(name: CatalogueName, folder: string) {
    const loading = new Diagnostics();
    const loaded = loadDefinitions(join(SHARED, folder, 'qapi-schema.json'), {
      diagnostics: loading,
    });
    const { result } = readText(catalogueText(name));
    const diagnostics = new Diagnostics();
    const schema = assembleSchema(mergeCatalogue(loaded.definitions ?? [], result, diagnostics), [
      ...loaded.modules,
      catalogueModule(result),
    ]);
    expectResolved(schema);
    return { schema, result, loaded, diagnostics };
  }

  it.each([
    ['qemu-1.0', 'qemu/1.0'],
    ['qemu-1.6', 'qemu/1.6'],
    ['qemu-2.0', 'qemu/2.0'],
    ['rhel-6', 'downstream/rhel-6-qemu-0.12'],
  ] as const)('%s: commands from the schema, all events from the catalogue', (name, folder) => {
    const { schema, result, diagnostics } = mergeRelease(name, folder);
    expect(diagnostics.list).toEqual([]);
    expect([...schema.events.keys()]).toEqual(result.events.map((event) => event.name));
    expect(schema.commands.has('query-version')).toBe(name !== 'rhel-6');
    expect(schema.commands.size).toBeGreaterThan(10);
  });

  it.each([
    ['qemu-2.4', 'qemu/2.4'],
    ['qemu-2.5', 'qemu/2.5'],
    ['qemu-2.8', 'qemu/2.8'],
  ] as const)('%s: all events from the schema, which knows more', (name, folder) => {
    const { schema, loaded, diagnostics } = mergeRelease(name, folder);
    expect(schema.definitions).toHaveLength(loaded.definitions?.length ?? 0);
    const found = diagnostics.list.map((diagnostic) => finding(diagnostic).split(':')[0]);
    expect(new Set(found)).toEqual(new Set(['catalogue-disagrees']));
    const messages = diagnostics.list.map(({ definition, message }) => `${definition}: ${message}`);
    expect(messages).toContain("event BLOCK_IO_ERROR: the catalogue lacks 'nospace'");
    expect(messages).toContain("event NIC_RX_FILTER_CHANGED: 'name' is optional in the schema");
    expect(messages).toContain(
      "event WATCHDOG: the catalogue lacks 'inject-nmi' among the values of 'action'",
    );
    expect(messages).toContain(
      "event ACPI_DEVICE_OST: its data is not of type 'ACPIOSTInfo' in the schema",
    );
    expect(messages.filter((message) => message.includes('VNC_CONNECTED'))).toHaveLength(4);
    expect(messages.filter((message) => message.includes('QUORUM_FAILURE'))).toEqual([]);
  });
});
