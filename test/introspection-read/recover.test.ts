import { describe, expect, it } from 'vitest';
import { nameMasked, recoverNames } from '../../generator/introspection/names/index.js';
import type { UnnamedDefinition } from '../../generator/ir/assemble.js';
import type { Schema } from '../../generator/ir/types.js';
import {
  array,
  assemble,
  BUILTINS,
  checkReferences,
  command,
  EMPTY,
  enumeration,
  growth,
  LINEAR,
  mask,
  read,
  seeded,
  struct,
} from './support.js';

const ZERO = struct('0', {});

/** A reference schema, from an unmasked reply: definitions are the same wherever they come from. */
const reference = (
  ...infos: Parameters<typeof read>[0] extends unknown ? readonly object[] : never
): Schema => assemble(read([...BUILTINS, EMPTY, ...infos]));

const masked = (...infos: readonly object[]): UnnamedDefinition[] =>
  read([...BUILTINS, ZERO, ...infos]);

const names = (list: readonly { readonly name: string }[]): readonly string[] =>
  list.map(({ name }) => name);

const STATUS = [
  command('query-status', 'q_empty', 'StatusInfo'),
  struct('StatusInfo', { running: 'bool', status: 'RunState' }),
  enumeration('RunState', 'running', 'paused', 'debug'),
];

describe('recoverNames', () => {
  it('follows commands and members to the names', () => {
    const { definitions, report } = recoverNames(
      masked(
        command('query-status', '0', '1'),
        struct('1', { running: 'bool', status: '2' }),
        enumeration('2', 'running', 'paused', 'debug'),
      ),
      reference(...STATUS),
    );
    expect(names(report.recovered)).toEqual(['RunState', 'StatusInfo']);
    expect(report.guessed).toEqual([]);
    expect(report.notRecovered).toEqual([]);
    const schema = assemble(definitions);
    expect(schema.types.get('StatusInfo')).toMatchObject({ implicit: null, tsName: 'StatusInfo' });
    expect(schema.commands.get('query-status')?.returns).toEqual({
      kind: 'named',
      name: 'StatusInfo',
    });
  });

  it('follows arrays, branches, alternatives and events, and recursion', () => {
    const infos = [
      command('stop'),
      command('add', 'Options', '[Item]'),
      array('Item'),
      struct('Item', { '*next': 'Item', kind: 'Kind' }),
      enumeration('Kind', 'a', 'b'),
      {
        name: 'Options',
        'meta-type': 'object' as const,
        members: [{ name: 'kind', type: 'Kind' }],
        tag: 'kind',
        variants: [
          { case: 'a', type: 'OptionsA' },
          { case: 'b', type: 'q_empty' },
        ],
      },
      struct('OptionsA', { file: 'Ref' }),
      {
        name: 'Ref',
        'meta-type': 'alternate' as const,
        members: [{ type: 'str' }, { type: 'Options' }],
      },
      { name: 'DONE', 'meta-type': 'event' as const, 'arg-type': 'q_obj_DONE-arg' },
      struct('q_obj_DONE-arg', { item: 'Item' }),
    ];
    const all = [...BUILTINS, EMPTY, ...infos];
    for (const seed of [1, 2, 3]) {
      const { definitions, report } = recoverNames(
        read(mask(all, seeded(seed)).infos),
        reference(...infos),
      );
      expect(names(report.recovered)).toEqual([
        'Item',
        'Kind',
        'Options',
        'OptionsA',
        'Ref',
        'q_obj_DONE-arg',
      ]);
      expect(names(definitions)).toEqual(names(read(all)).toSorted());
    }
  });

  it('keeps a name whose type grew, and one that changed much as a guess', () => {
    const { report } = recoverNames(
      masked(
        command('query-status', '0', '1'),
        struct('1', { running: 'bool', status: '2', '*reason': 'str' }),
        enumeration('2', 'running', 'paused', 'a', 'b', 'c', 'd'),
      ),
      reference(...STATUS),
    );
    expect(names(report.recovered)).toEqual(['StatusInfo']);
    expect(names(report.guessed)).toEqual(['RunState']);
    expect(report.guessed[0]).toMatchObject({
      by: 'use',
      votes: 1,
      why: 'it stands in 1 place where the reference has that, 48 % of its structure agrees',
    });
  });

  it('does not give a name to another type in its place, and says why', () => {
    const { definitions, report } = recoverNames(
      masked(
        command('query-status', '0', '1'),
        struct('1', { running: 'bool', status: '2' }),
        enumeration('2', 'on', 'off'),
      ),
      reference(...STATUS),
    );
    expect(report.notRecovered).toEqual([
      {
        name: 'StatusInfoStatus',
        why: 'its structure is not that of RunState, which stands in its place',
      },
    ]);
    expect(checkReferences(definitions)).toBe(2);
  });

  it('lets the better match have a name that two could have', () => {
    const { definitions, report } = recoverNames(
      masked(
        command('a', '0', '1'),
        command('b', '0', '2'),
        struct('1', { x: 'int', y: 'int', z: 'int' }),
        struct('2', { x: 'int', y: 'int', q: 'int' }),
      ),
      reference(
        command('a', 'q_empty', 'Point'),
        command('b', 'q_empty', 'Point'),
        struct('Point', { x: 'int', y: 'int', z: 'int' }),
      ),
    );
    expect(names(report.recovered)).toEqual(['Point']);
    expect(report.notRecovered).toEqual([
      { name: 'BReturn', why: 'Point, which stands in its place, is another type here' },
    ]);
    const a = definitions.find(({ name }) => name === 'a');
    expect(a).toMatchObject({ returns: { kind: 'named', name: 'Point' } });
  });

  it('only guesses where a type was split into equal ones', () => {
    const { report } = recoverNames(
      masked(
        command('a', '0', '1'),
        command('b', '0', '2'),
        struct('1', { str: 'str' }),
        struct('2', { str: 'str' }),
      ),
      reference(
        command('a', 'q_empty', 'String'),
        command('b', 'q_empty', 'String'),
        struct('String', { str: 'str' }),
      ),
    );
    expect(names(report.recovered)).toEqual([]);
    expect(names(report.guessed)).toEqual(['String']);
    expect(report.notRecovered).toHaveLength(1);
  });

  it('finds by structure what a new command leads to', () => {
    const { report } = recoverNames(
      masked(
        command('query-all', '0', '1'),
        struct('1', { running: 'bool', status: '2' }),
        enumeration('2', 'running', 'paused', 'debug'),
      ),
      reference(...STATUS),
    );
    expect(report.recovered.map(({ name, by }) => [name, by])).toEqual([
      ['RunState', 'structure'],
      ['StatusInfo', 'structure'],
    ]);
  });

  it('does not find by structure where two types look alike', () => {
    const { report } = recoverNames(
      masked(command('new', '0', '1'), struct('1', { a: 'str', b: 'str' })),
      reference(
        command('c', 'q_empty', 'One'),
        command('d', 'q_empty', 'Two'),
        struct('One', { a: 'str', b: 'str' }),
        struct('Two', { a: 'str', b: 'str' }),
      ),
    );
    expect(report.notRecovered).toEqual([
      { name: 'NewReturn', why: 'the reference lacks new, of which it is the return value' },
    ]);
  });

  it('guesses by likeness what has no use in common, when nothing else comes as close', () => {
    const wide = { a: 'str', b: 'str', c: 'int', d: 'int', e: 'bool' };
    const source = reference(
      command('c', 'q_empty', 'Wide'),
      struct('Wide', wide),
      command('d', 'q_empty', 'Other'),
      struct('Other', { a: 'str', x: 'int' }),
    );
    const one = masked(command('new', '0', '1'), struct('1', { ...wide, '*f': 'str' }));
    expect(recoverNames(one, source).report.guessed).toMatchObject([
      { name: 'Wide', by: 'likeness' },
    ]);
    const two = masked(
      command('new', '0', '1'),
      struct('1', { ...wide, '*f': 'str' }),
      command('newer', '0', '2'),
      struct('2', { ...wide, '*g': 'str' }),
    );
    expect(names(recoverNames(two, source).report.notRecovered)).toEqual([
      'NewReturn',
      'NewerReturn',
    ]);
  });

  it('compares a reply made to be slow in linear time', () => {
    const members = { a: 'str', b: 'str', c: 'int', d: 'int' };
    const many = (count: number, name: (i: number) => string) => {
      const types = Array.from({ length: count }, (_, i) => struct(name(i), members));
      return { types, uses: types.map((type, i) => command(`c${i}`, 'q_empty', type.name)) };
    };
    const { types, uses } = many(300, (i) => `T${i}`);
    const source = reference(...uses, ...types);
    const replies = new Map(
      [1_000, 8_000].map((count) => {
        const reply = many(count, (i) => String(i));
        return [count, read([...BUILTINS, EMPTY, ...reply.uses, ...reply.types])];
      }),
    );
    const run = (count: number): void => {
      expect(recoverNames(replies.get(count) ?? [], source).report.recovered).toHaveLength(300);
    };
    expect(growth(1_000, run)).toBeLessThan(LINEAR);
  }, 60_000);

  it('calls inline data after its command, however it changed, and as a guess when that is new', () => {
    const { definitions, report } = recoverNames(
      masked(
        command('old', '1', '0'),
        struct('1', { b: 'str' }),
        command('new', '2', '0'),
        struct('2', { c: 'str' }),
      ),
      reference(command('old', 'q_obj_old-arg'), struct('q_obj_old-arg', { a: 'int' })),
    );
    expect(names(definitions)).toEqual(['new', 'old', 'q_obj_new-arg', 'q_obj_old-arg']);
    expect(report.guessed.map(({ name, by }) => [name, by])).toEqual([
      ['q_obj_new-arg', 'implied'],
      ['q_obj_old-arg', 'use'],
    ]);
    expect(assemble(definitions).types.get('q_obj_new-arg')).toMatchObject({
      implicit: 'arguments',
      tsName: 'NewArguments',
    });
  });

  it('gives integers their widths and commands what replies do not show', () => {
    const source = reference(
      command('size', 'q_obj_size-arg', '[int]'),
      array('int'),
      struct('q_obj_size-arg', { bytes: 'int', count: 'int', '*more': '[int]', name: 'str' }),
    );
    const wider = (definition: UnnamedDefinition): UnnamedDefinition => {
      const size = { kind: 'builtin', name: 'size' } as const;
      if (definition.kind === 'command') {
        const returns = { kind: 'array', element: size } as const;
        return { ...definition, returns, open: true, gen: false, successResponse: false };
      }
      if (definition.kind !== 'struct') return definition;
      const members = definition.members.map((member) =>
        member.name === 'bytes' ? { ...member, type: size } : member,
      );
      return { ...definition, members };
    };
    const { definitions, report } = recoverNames(
      masked(
        command('size', '1', '[int]'),
        array('int'),
        struct('1', { bytes: 'int', count: 'int', '*more': '[int]', name: 'str', extra: 'int' }),
      ),
      assemble(source.definitions.map(wider)),
    );
    expect(report).toMatchObject({ integers: 2, properties: 1 });
    const data = definitions.find(({ name }) => name === 'q_obj_size-arg');
    const types = (data?.kind === 'struct' ? data.members : []).map(({ name, type }) => [
      name,
      'name' in type ? type.name : '[]',
    ]);
    expect(types).toEqual([
      ['bytes', 'size'],
      ['count', 'int'],
      ['more', '[]'],
      ['name', 'str'],
      ['extra', 'int'],
    ]);
    expect(definitions.find(({ kind }) => kind === 'command')).toMatchObject({
      open: true,
      gen: false,
      successResponse: false,
      returns: { element: { name: 'size' } },
    });
  });

  it('gives unions the named bases that replies fold into them', () => {
    const source = reference(
      command('a', 'U'),
      command('b', 'V'),
      enumeration('K', 'x'),
      ...['U', 'V'].map((name) => ({
        name,
        'meta-type': 'object' as const,
        members: [{ name: 'k', type: 'K' }],
        tag: 'k',
        variants: [{ case: 'x', type: 'X' }],
      })),
      struct('X', { i: 'int' }),
    );
    const withBase = source.definitions.flatMap((definition): UnnamedDefinition[] => {
      if (definition.kind === 'union') return [{ ...definition, base: 'Base' }];
      if (definition.name === 'q_obj_U-base' && definition.kind === 'struct') {
        return [{ ...definition, name: 'Base', implicit: null }];
      }
      return definition.name === 'q_obj_V-base' ? [] : [definition];
    });
    const union = (name: string, branch: string) => ({
      name,
      'meta-type': 'object' as const,
      members: [{ name: 'k', type: '1' }],
      tag: 'k',
      variants: [{ case: 'x', type: branch }],
    });
    const { definitions } = recoverNames(
      masked(
        command('a', '2', '0'),
        command('b', '3', '0'),
        enumeration('1', 'x'),
        union('2', '4'),
        union('3', '4'),
        struct('4', { i: 'int' }),
      ),
      assemble(withBase),
    );
    checkReferences(definitions);
    const bases = definitions.flatMap((d) => (d.kind === 'union' ? [[d.name, d.base]] : []));
    expect(bases).toEqual([
      ['U', 'Base'],
      ['V', 'Base'],
    ]);
    expect(names(definitions)).toEqual(['Base', 'K', 'U', 'V', 'X', 'a', 'b']);
  });

  it('leaves names that are not masked, and never uses a name twice', () => {
    const { definitions, report } = recoverNames(
      masked(
        command('query-status', '0', '1'),
        struct('1', { running: 'bool', status: '2' }),
        enumeration('2', 'running', 'paused', 'debug'),
        command('RunState', '0', 'StatusInfo'),
        struct('StatusInfo', { other: 'str' }),
      ),
      reference(...STATUS),
    );
    checkReferences(definitions);
    expect(names(report.recovered)).toEqual([]);
    expect(report.notRecovered).toHaveLength(2);
    expect(names(definitions)).toContain('StatusInfo');
  });

  it('a reference that shares nothing leaves the names from use', () => {
    const definitions = masked(
      command('a', '1', '0'),
      struct('1', { x: 'int' }),
      command('b', '1', '0'),
    );
    const recovery = recoverNames(definitions, reference(...STATUS));
    expect(names(recovery.definitions)).toEqual(names(definitions));
    expect(names(recovery.report.notRecovered)).toEqual(['AArguments']);
  });
});

it('nameMasked leaves definitions without numbers as they are', () => {
  const definitions = read([...BUILTINS, EMPTY, ...STATUS]);
  expect(nameMasked(definitions)).toEqual(definitions);
});
