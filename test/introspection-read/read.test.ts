import { describe, expect, it } from 'vitest';
import type { UnnamedDefinition } from '../../generator/ir/assemble.js';
import {
  array,
  assemble,
  BUILTINS,
  command,
  EMPTY,
  enumeration,
  read,
  readText,
  struct,
} from './support.js';

type Kind = UnnamedDefinition['kind'];

function find<K extends Kind>(
  definitions: readonly UnnamedDefinition[],
  kind: K,
  name: string,
): Extract<UnnamedDefinition, { kind: K }> {
  for (const definition of definitions) {
    if (definition.kind === kind && definition.name === name) {
      return definition as Extract<UnnamedDefinition, { kind: K }>;
    }
  }
  throw new Error(`no ${kind} ${name} in ${definitions.map((d) => d.name).join(' ')}`);
}

const named = (name: string) => ({ kind: 'named', name });
const builtin = (name: string) => ({ kind: 'builtin', name });

describe('an unmasked reply', () => {
  it('gives commands and events, with null for the empty object', () => {
    const definitions = read([
      ...BUILTINS,
      EMPTY,
      { ...command('stop'), features: ['deprecated'], 'allow-oob': true },
      command('query-names', 'q_empty', '[str]'),
      array('str'),
      { name: 'STOP', 'meta-type': 'event', 'arg-type': 'q_empty' },
    ]);
    expect(find(definitions, 'command', 'stop')).toMatchObject({
      arguments: null,
      returns: null,
      allowOob: true,
      successResponse: true,
      features: [{ name: 'deprecated', condition: null }],
    });
    expect(find(definitions, 'command', 'query-names').returns).toEqual({
      kind: 'array',
      element: builtin('str'),
    });
    expect(find(definitions, 'event', 'STOP').data).toBeNull();
    expect(definitions).toHaveLength(3);
  });

  it('keeps members in order, with what is optional and their features', () => {
    const definitions = read([
      ...BUILTINS,
      EMPTY,
      command('c', 'q_obj_c-arg'),
      {
        name: 'q_obj_c-arg',
        'meta-type': 'object',
        members: [
          { name: 'z', type: 'int', default: null, features: ['unstable'] },
          { name: 'a', type: 'str' },
        ],
      },
    ]);
    const data = find(definitions, 'struct', 'q_obj_c-arg');
    expect(data).toMatchObject({ implicit: 'arguments', wantedName: 'CArguments', base: null });
    expect(data.members.map((m) => [m.name, m.optional, m.features.map((f) => f.name)])).toEqual([
      ['z', true, ['unstable']],
      ['a', false, []],
    ]);
  });

  it('reads the implicit names of 2.5 as the newer ones', () => {
    const empty = { ...EMPTY, name: ':empty' };
    const definitions = read([
      ...BUILTINS,
      empty,
      command('c', ':obj-c-arg', ':empty'),
      struct(':obj-c-arg', { u: 'U' }),
      {
        name: 'U',
        'meta-type': 'object',
        members: [{ name: 'type', type: 'UKind' }],
        tag: 'type',
        variants: [{ case: 'i', type: ':obj-int-wrapper' }],
      },
      enumeration('UKind', 'i'),
      struct(':obj-int-wrapper', { data: 'int' }),
      { name: 'E', 'meta-type': 'event', 'arg-type': ':obj-E-arg' },
      struct(':obj-E-arg', { a: 'str' }),
    ]);
    expect(find(definitions, 'command', 'c')).toMatchObject({
      arguments: 'q_obj_c-arg',
      returns: null,
    });
    expect(find(definitions, 'struct', 'q_obj_E-arg').wantedName).toBe('EData');
    expect(find(definitions, 'union', 'U')).toMatchObject({ simple: true, base: 'q_obj_U-base' });
    expect(find(definitions, 'enum', 'UKind').implicit).toBe('kind');
    expect(find(definitions, 'struct', 'q_obj_int-wrapper')).toMatchObject({
      implicit: 'wrapper',
      wantedName: 'IntWrapper',
    });
  });

  it('gives a union its base, and branches only where there is something', () => {
    const definitions = read([
      ...BUILTINS,
      EMPTY,
      command('c', 'U'),
      {
        name: 'U',
        'meta-type': 'object',
        members: [
          { name: 'id', type: 'str' },
          { name: 'driver', type: 'Driver' },
        ],
        tag: 'driver',
        variants: [
          { case: 'raw', type: 'Raw' },
          { case: 'null', type: 'q_empty' },
        ],
      },
      enumeration('Driver', 'raw', 'null'),
      struct('Raw', { '*size': 'int' }),
    ]);
    const union = find(definitions, 'union', 'U');
    expect(union).toMatchObject({ discriminator: 'driver', simple: false, implicit: null });
    expect(union.branches.map(({ name, type }) => [name, type])).toEqual([['raw', named('Raw')]]);
    const base = find(definitions, 'struct', union.base);
    expect(base).toMatchObject({ implicit: 'base', wantedName: 'UBase' });
    expect(base.members.map(({ name }) => name)).toEqual(['id', 'driver']);
  });

  it('keeps an empty struct that has a name of its own as a branch', () => {
    const definitions = read([
      EMPTY,
      command('c', 'U'),
      {
        name: 'U',
        'meta-type': 'object',
        members: [{ name: 'type', type: 'K' }],
        tag: 'type',
        variants: [{ case: 'abort', type: 'Abort' }],
      },
      enumeration('K', 'abort'),
      struct('Abort', {}),
    ]);
    expect(find(definitions, 'union', 'U').branches.map((b) => b.type)).toEqual([named('Abort')]);
  });

  it('prefers the members of an enum, for their features, and reports where values differ', () => {
    const reply = (values: readonly string[]) => [
      EMPTY,
      command('c', 'S'),
      struct('S', { e: 'E' }),
      {
        name: 'E',
        'meta-type': 'enum',
        members: [{ name: 'a', features: ['deprecated'] }, { name: 'b' }],
        values,
      },
    ];
    const { values } = find(read(reply(['a', 'b'])), 'enum', 'E');
    expect(values.map((v) => [v.name, v.features.map((f) => f.name)])).toEqual([
      ['a', ['deprecated']],
      ['b', []],
    ]);
    const differing = readText(JSON.stringify(reply(['a'])));
    expect(differing.diagnostics.list.map((d) => d.code)).toEqual(['introspection-values-differ']);
    expect(differing.definitions).not.toBeNull();
  });

  it('names alternatives by the kind of value that picks them', () => {
    const definitions = read([
      ...BUILTINS,
      EMPTY,
      command('c', 'S'),
      struct('S', { a: 'A' }),
      {
        name: 'A',
        'meta-type': 'alternate',
        members: [{ type: 'str' }, { type: 'S' }, { type: '[int]' }],
      },
      array('int'),
    ]);
    const { alternatives } = find(definitions, 'alternate', 'A');
    expect(alternatives.map(({ name }) => name)).toEqual(['str', 'object', 'array']);
  });

  it('reads a whole reply message, and an array in front of which a byte order mark stands', () => {
    const infos = [EMPTY, command('stop')];
    const bare = read(infos).map(({ name }) => name);
    expect(read({ return: infos, id: 7 }).map(({ name }) => name)).toEqual(bare);
    expect(read(`\uFEFF${JSON.stringify(infos)}`).map(({ name }) => name)).toEqual(bare);
  });

  it('takes an unknown built-in type for what its JSON type says, with a warning', () => {
    const { definitions, diagnostics } = readText(
      JSON.stringify([
        EMPTY,
        { name: 'uuid', 'meta-type': 'builtin', 'json-type': 'string' },
        command('c', 'q_empty', 'uuid'),
      ]),
    );
    expect(diagnostics.list.map((d) => d.code)).toEqual(['introspection-unknown-builtin']);
    expect(find(definitions ?? [], 'command', 'c').returns).toEqual(builtin('str'));
  });

  it('gives definitions the place of their element', () => {
    const text = JSON.stringify([EMPTY, command('stop')]);
    const [stop] = read(text);
    expect(stop?.span && text.slice(stop.span.start, stop.span.end)).toBe(
      JSON.stringify(command('stop')),
    );
  });
});

describe('a masked reply', () => {
  const infos = [
    ...BUILTINS,
    struct('0', {}),
    command('query-status', '0', '1'),
    struct('1', { status: '2', '*file': '5' }),
    enumeration('2', 'running', 'paused'),
    command('query-block', '0', '[3]'),
    array('3'),
    struct('3', { 'io-status': '4', tray: '2' }),
    enumeration('4', 'ok'),
    command('blockdev-add', '5', '0'),
    {
      name: '5',
      'meta-type': 'object',
      members: [{ name: 'driver', type: '6' }],
      tag: 'driver',
      variants: [
        { case: 'qcow2', type: '7' },
        { case: 'null-co', type: '0' },
        { case: 'raw', type: '8' },
      ],
    },
    enumeration('6', 'qcow2', 'raw', 'null-co'),
    struct('7', { file: '5' }),
    struct('8', {}),
    { name: 'STOP', 'meta-type': 'event', 'arg-type': '0' },
    { name: 'RESET', 'meta-type': 'event', 'arg-type': '9' },
    struct('9', { guest: 'bool' }),
  ];
  const definitions = read(infos);

  it('names types from the shortest way to them', () => {
    const types = definitions.filter((d) => d.kind !== 'command' && d.kind !== 'event');
    expect(types.map(({ name }) => name)).toEqual([
      'BlockdevAddArguments',
      'BlockdevAddDriver',
      'BlockdevAddQcow2',
      'BlockdevAddRaw',
      'QueryBlockIoStatus',
      'QueryBlockReturnItem',
      'QueryBlockTray',
      'QueryStatusReturn',
      'ResetData',
      'q_obj_BlockdevAddArguments-base',
    ]);
    for (const type of types) expect('implicit' in type && type.implicit).not.toBeNull();
  });

  it('finds the empty object among several', () => {
    expect(find(definitions, 'command', 'query-status').arguments).toBeNull();
    expect(find(definitions, 'event', 'STOP').data).toBeNull();
    const union = find(definitions, 'union', 'BlockdevAddArguments');
    expect(union.branches.map(({ name }) => name)).toEqual(['qcow2', 'raw']);
  });

  it('gives TypeScript the same names', () => {
    const schema = assemble(definitions);
    expect(schema.types.get('QueryBlockReturnItem')?.tsName).toBe('QueryBlockReturnItem');
    expect(schema.types.get('q_obj_BlockdevAddArguments-base')?.tsName).toBe(
      'BlockdevAddArgumentsBase',
    );
  });

  it('numbers names that would be equal, in the order of the places', () => {
    const clash = read([
      ...BUILTINS,
      struct('0', {}),
      command('a', '1', '0'),
      struct('1', { 'b-c': '2', b_c: '3', b: '4' }),
      struct('2', { x: 'int' }),
      struct('3', { y: 'int' }),
      struct('4', { c: '5' }),
      struct('5', { z: 'int' }),
      command('ABC', '0', '0'),
    ]);
    const struct2 = clash.flatMap((d) =>
      d.kind === 'struct' ? [[d.name, d.members[0]?.name]] : [],
    );
    expect(struct2).toEqual([
      ['AArguments', 'b-c'],
      ['AB', 'c'],
      ['ABC2', 'x'],
      ['ABC3', 'y'],
      ['ABC4', 'z'],
    ]);
  });

  it('keeps and names types that nothing reaches', () => {
    const reply = [
      ...BUILTINS,
      struct('0', {}),
      command('stop', '0', '0'),
      struct('1', { unused: '[2]' }),
      array('2'),
      struct('2', { id: 'int' }),
    ];
    expect(read(reply).map(({ name }) => name)).toEqual([
      'Unreferenced',
      'UnreferencedUnusedItem',
      'stop',
    ]);
  });
});
