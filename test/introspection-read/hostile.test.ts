import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithShared, SHARED } from '../support/shared.js';
import {
  array,
  assemble,
  BUILTINS,
  checkReferences,
  command,
  EMPTY,
  enumeration,
  findings,
  growth,
  LINEAR,
  read,
  readText,
  seeded,
  struct,
} from './support.js';

const codes = (reply: unknown): readonly string[] => findings(reply).map(([code]) => code);
const json = (value: unknown): string => JSON.stringify(value);

describe('what is no JSON is reported where it goes wrong', () => {
  it.each([
    ['', ''],
    ['[{"name": "a"', ''],
    ['[1, 2', ''],
    ['{"return": []} x', 'x'],
    ["['a']", "'"],
    ['[01]', '1'],
    ['[1,]', ']'],
    ['{"a" 1}', '1'],
    ['{a: 1}', 'a'],
    ['["a\nb"]', '\n'],
    ['["\\x"]', '"'],
    ['["abc', '"'],
    ['[tru]', 't'],
    ['[nul\u0000]', 'n'],
    ['[NaN]', 'N'],
  ])('%j', (text, at) => {
    expect(findings(text)).toEqual([['introspection-not-json', at]]);
    expect(readText(text).definitions).toBeNull();
  });

  it('deep nesting', () => {
    expect(codes('['.repeat(1_000_000))).toEqual(['introspection-not-json']);
    expect(codes('{"return":'.repeat(100_000))).toEqual(['introspection-not-json']);
  });

  it('a key that is there twice', () => {
    const text = '[{"name":"stop","name":"cont","meta-type":"command"}]';
    expect(findings(text)).toEqual([['duplicate-key', '"name"']]);
  });
});

describe('what is no reply is reported', () => {
  it.each([
    ['a number', 1, ['introspection-shape']],
    ['an object', {}, ['introspection-shape']],
    [
      'an error',
      { error: { class: 'CommandNotFound', desc: 'The command has not been found' } },
      ['introspection-error-reply'],
    ],
    ['elements that are no objects', [1, null, 'a'], Array(3).fill('introspection-shape')],
    ['no meta-type', [{ name: 'a' }], ['introspection-shape']],
    [
      'an unknown meta-type',
      [{ name: 'a', 'meta-type': 'x' }],
      ['introspection-unknown-meta-type'],
    ],
    [
      'a meta-type from the prototype',
      [{ name: 'a', 'meta-type': 'constructor' }],
      ['introspection-unknown-meta-type'],
    ],
    ['no name', [{ 'meta-type': 'enum', values: [] }], ['introspection-shape']],
    ['an enum without values', [{ name: 'a', 'meta-type': 'enum' }], ['introspection-shape']],
    [
      'a JSON type that is none',
      [{ name: 'a', 'meta-type': 'builtin', 'json-type': 'bigint' }],
      ['introspection-shape'],
    ],
    [
      'members that are no array',
      [{ name: 'a', 'meta-type': 'object', members: {} }],
      ['introspection-shape'],
    ],
    [
      'a tag without variants',
      [{ name: 'a', 'meta-type': 'object', members: [], tag: 'a' }],
      ['introspection-shape'],
    ],
    [
      'no alternatives',
      [{ name: 'a', 'meta-type': 'alternate', members: [] }],
      ['introspection-shape'],
    ],
    [
      'a flag that is none',
      [EMPTY, { ...command('a'), 'allow-oob': 'yes' }],
      ['introspection-shape'],
    ],
  ])('%s', (_what, reply, expected) => {
    expect(codes(reply)).toEqual(expected);
    expect(readText(json(reply)).definitions).toBeNull();
  });

  it('a member that no release sends is a warning', () => {
    const reply = [EMPTY, { ...command('stop'), since: '0.14' }];
    expect(codes(reply)).toEqual(['introspection-unknown-member']);
    expect(read(reply)).toHaveLength(1);
  });

  it('more than 8 Mi characters', () => {
    expect(codes(`[${' '.repeat(8 * 1024 * 1024)}]`)).toEqual(['introspection-too-large']);
  });
});

describe('what does not fit together is reported', () => {
  const union = (
    variants: readonly object[],
    members: readonly object[] = [{ name: 't', type: 'K' }],
  ) => [
    ...BUILTINS,
    EMPTY,
    enumeration('K', 'a', 'b'),
    command('c', 'U'),
    { name: 'U', 'meta-type': 'object', members, tag: 't', variants },
    struct('S', { t: 'str' }),
    struct('R', { x: 'str' }),
  ];

  it.each([
    ['equal names', [EMPTY, command('a'), command('a')], ['introspection-duplicate-name']],
    [
      'a command named as a type',
      [EMPTY, struct('a', {}), command('a')],
      ['introspection-duplicate-name'],
    ],
    ['equal values', [enumeration('E', 'a', 'a')], ['introspection-duplicate-member']],
    [
      'equal members',
      [
        ...BUILTINS,
        {
          name: 'a',
          'meta-type': 'object',
          members: [
            { name: 'm', type: 'str' },
            { name: 'm', type: 'int' },
          ],
        },
      ],
      ['introspection-duplicate-member'],
    ],
    [
      'missing types',
      [command('a', 'x', 'y'), struct('S', { m: 'z' }), array('w')],
      Array(4).fill('introspection-dangling-reference'),
    ],
    [
      'the wrong kind of type',
      [EMPTY, enumeration('E', 'a'), command('a', 'E'), command('b', 'q_empty', 'a')],
      ['introspection-wrong-reference', 'introspection-dangling-reference'],
    ],
    ['a tag that is no member', union([], []), ['introspection-bad-tag']],
    ['a tag that is no enum', union([], [{ name: 't', type: 'str' }]), ['introspection-bad-tag']],
    [
      'an optional tag',
      union([], [{ name: 't', type: 'K', default: null }]),
      ['introspection-bad-tag'],
    ],
    ['a case that is no value', union([{ case: 'c', type: 'R' }]), ['introspection-unknown-case']],
    [
      'a case that is there twice',
      union([
        { case: 'a', type: 'R' },
        { case: 'a', type: 'R' },
      ]),
      ['introspection-duplicate-member'],
    ],
    [
      'a variant that repeats a common member',
      union([{ case: 'a', type: 'S' }]),
      ['introspection-duplicate-member'],
    ],
    [
      'alternatives that nothing tells apart',
      [
        { name: 'A', 'meta-type': 'alternate', members: [{ type: 'S' }, { type: 'T' }] },
        struct('S', {}),
        struct('T', {}),
      ],
      ['introspection-duplicate-member'],
    ],
    [
      'an array of itself',
      [{ name: 'A', 'meta-type': 'array', 'element-type': 'A' }],
      ['introspection-recursion'],
    ],
  ])('%s', (_what, reply, expected) => {
    expect(codes(reply)).toEqual(expected);
    expect(readText(json(reply)).definitions).toBeNull();
  });

  it('unions that hold each other whole', () => {
    const part = (name: string, tag: string, other: string) => ({
      name,
      'meta-type': 'object',
      members: [{ name: tag, type: 'K' }],
      tag,
      variants: [{ case: 'a', type: other }],
    });
    const reply = [
      EMPTY,
      enumeration('K', 'a'),
      command('c', 'U'),
      part('U', 't', 'V'),
      part('V', 's', 'U'),
    ];
    expect(codes(reply)).toEqual(['introspection-recursion']);
  });

  it('a struct that holds itself as a member is sound', () => {
    expect(read([EMPTY, command('c', 'S'), struct('S', { '*next': 'S' })])).toHaveLength(2);
  });

  it('shows the earlier of two places', () => {
    const text = json([EMPTY, command('a'), command('a', 'q_empty')]);
    const [finding] = readText(text).diagnostics.list;
    const [earlier] = finding?.related ?? [];
    expect(earlier && text.slice(earlier.at.start, earlier.at.end)).toBe(json(command('a')));
  });
});

describe('names', () => {
  const reply = (name: string) => [
    EMPTY,
    command(name, 'q_obj_a-arg'),
    { name: 'q_obj_a-arg', 'meta-type': 'object', members: [{ name, type: 'E' }] },
    { name: 'E', 'meta-type': 'enum', values: [name] },
  ];

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', '__com.redhat_a-b'])(
    '%s is a name like others',
    (name) => {
      const definitions = read(reply(name));
      checkReferences(definitions);
      const schema = assemble(definitions);
      expect(schema.commands.get(name)?.name).toBe(name);
      const [struct] = definitions.flatMap((d) => (d.kind === 'struct' ? [d] : []));
      expect(struct?.members.map((m) => m.name)).toEqual([name]);
    },
  );

  it.each(['', 'a b', "a'b", 'a*/b', '$a{}', 'a\u2028b', 'a\nb', 'ä', '../a', 'a`'])(
    '%j is refused',
    (name) => {
      expect(new Set(codes(reply(name)))).toEqual(new Set(['introspection-bad-name']));
    },
  );

  it('types and masks from the prototype are found or missing like others', () => {
    const types = [
      struct('__proto__', { constructor: 'toString' }),
      enumeration('toString', 'valueOf'),
    ];
    expect(read([EMPTY, command('c', '__proto__'), ...types])).toHaveLength(3);
    expect(codes([EMPTY, command('c', 'constructor')])).toEqual([
      'introspection-dangling-reference',
    ]);
  });

  it('messages show no control characters and stay short', () => {
    const name = `\u001b[31m${'x'.repeat(1000)}`;
    const { diagnostics } = readText(json([{ ...EMPTY, name }]));
    for (const { message } of diagnostics.list) {
      expect(message).not.toContain('\u001b');
      expect(message.length).toBeLessThan(200);
    }
    expect(diagnostics.errors).toBe(1);
  });
});

describe('size', () => {
  it('a long chain of masked types is named in linear time and bounded space', () => {
    const run = (length: number): void => {
      const chain = Array.from({ length }, (_, i) =>
        struct(String(i + 1), i + 1 < length ? { [`member-${i}`]: String(i + 2) } : {}),
      );
      const definitions = read([struct('0', {}), command('c', '1', '0'), ...chain]);
      expect(definitions.length).toBeGreaterThan(length - 2);
      expect(Math.max(...definitions.map(({ name }) => name.length))).toBeLessThan(100);
    };
    expect(growth(2_000, run)).toBeLessThan(LINEAR);
  }, 60_000);

  it('many types that want one name get theirs in linear time', () => {
    const run = (count: number): void => {
      const types = Array.from({ length: count }, (_, i) => struct(String(i + 1), { x: 'str' }));
      const separators = (i: number): string => i.toString(2).replace(/0/g, '-').replace(/1/g, '_');
      const members = Object.fromEntries(
        types.map((type, i) => [`a${separators(i + 1)}b`, type.name]),
      );
      const root = struct(String(count + 1), members);
      const reply = [...BUILTINS, struct('0', {}), command('c', root.name, '0'), root, ...types];
      expect(new Set(read(reply).map(({ name }) => name)).size).toBe(count + 2);
    };
    expect(growth(2_000, run)).toBeLessThan(LINEAR);
  }, 60_000);
});

describeWithShared('a real reply with random damage', () => {
  const text = readFileSync(join(SHARED, 'live/introspection/qsd-5.2.0.schema.json'), 'utf8');
  const elements: readonly Record<string, unknown>[] = JSON.parse(text);
  const runs = process.env.QAPI_TS_LONG === '1' ? 5_000 : 100;

  it(`in its text, ${runs} times, is read or refused with a reason`, { timeout: 600_000 }, () => {
    const random = seeded(1);
    const pick = (limit: number): number => Math.floor(random() * limit);
    const start = JSON.stringify(elements.slice(0, 120));
    for (let run = 0; run < runs; run += 1) {
      const at = pick(start.length);
      const noise = ['', '"', '{', ']', ',', '\\', '\u0000', 'é', '1e999', '"name":'][pick(10)];
      const damaged = start.slice(0, at) + noise + start.slice(at + pick(40));
      const { definitions, diagnostics } = readText(damaged);
      if (definitions === null) expect(diagnostics.errors).toBeGreaterThan(0);
      else checkReferences(definitions);
    }
  });

  it(`in its elements, ${runs} times, is read or refused with a reason`, {
    timeout: 600_000,
  }, () => {
    const random = seeded(2);
    const pick = <T>(items: readonly T[]): T | undefined =>
      items[Math.floor(random() * items.length)];
    let sound = 0;
    for (let run = 0; run < runs; run += 1) {
      const damaged: Record<string, unknown>[] = structuredClone([...elements]);
      const victim = pick(damaged);
      const other = pick(elements);
      const key = pick(Object.keys(victim ?? {}));
      if (victim === undefined || other === undefined || key === undefined) continue;
      const change = pick(['drop', 'swap', 'delete', 'retype', 'features']);
      if (change === 'drop') damaged.splice(damaged.indexOf(victim), 1);
      else if (change === 'swap') victim[key] = other[key] ?? other.name;
      else if (change === 'delete') delete victim[key];
      else if (change === 'retype') victim[key] = pick([0, null, [], {}, 'x', true]);
      else victim.features = pick([['unstable'], [], ['a', 'a'], 'x']);
      const { definitions, diagnostics } = readText(JSON.stringify(damaged));
      if (definitions === null) {
        expect(diagnostics.errors).toBeGreaterThan(0);
        continue;
      }
      sound += 1;
      checkReferences(definitions);
      assemble(definitions);
    }
    expect(sound).toBeGreaterThan(runs / 20);
  });
});
