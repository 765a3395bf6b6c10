import fc from 'fast-check';
import { assembleSchema, type UnnamedDefinition } from '../../generator/ir/assemble.js';
import type { Condition } from '../../generator/ir/condition.js';
import type { Doc } from '../../generator/ir/doc.js';
import {
  BUILTIN_TYPES,
  type Feature,
  type Member,
  type Schema,
  type TypeRef,
} from '../../generator/ir/types.js';

const PIECES = [
  ...[
    "'",
    '"',
    '`',
    '*/',
    '/*',
    '//',
    `$${'{x}'}`,
    '{{x}}',
    '}}',
    '\\',
    '\n',
    '\r',
    '\t',
    ' ',
    '\0',
  ],
  ...['\u2028', '\u2029', '\u202e', '\ufeff', '\ud800', 'é', '日', '<!--', '-->', '</script>'],
  ...['@see', '@ts-nocheck', '{@link x}', '#', '$', '_', '-', '.', '|', '&', ';', '=>', '[x]'],
  ...['a', 'B', '1', 'x-', 'name'],
];
const WORDS = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'then', 'hasOwnProperty', 'valueOf'],
  ...['class', 'delete', 'default', 'enum', 'function', 'import', 'interface', 'null', 'string'],
  ...['any', 'never', 'undefined', 'Object', 'Promise', 'Map', 'Unknown', 'Client', 'Vm', 'Empty'],
  ...['Event', 'Events', 'Commands', 'execute', 'events', 'on', 'close', 'sdk', 'schema', 'value'],
  ...['', ' ', '_', '-', '1'],
];

/** A name or text that tries to become code. */
const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const distinct = (minLength: number, maxLength: number) =>
  fc.uniqueArray(nasty, { minLength, maxLength });

const condition: fc.Arbitrary<Condition | null> = fc.option(
  fc.oneof(
    nasty.map((name): Condition => ({ kind: 'defined', name })),
    nasty.map((text): Condition => ({ kind: 'raw', text })),
  ),
);

const paragraph = (text: string) =>
  ({ kind: 'paragraph', inlines: [{ kind: 'text', text }] }) as const;
const doc: fc.Arbitrary<Doc | null> = fc.option(
  fc.tuple(nasty, nasty, nasty).map(([summary, code, name]) => ({
    summary: [
      { kind: 'text', text: summary },
      { kind: 'reference', name, role: 'any' },
    ],
    body: [paragraph(code), { kind: 'code', language: code, text: code }],
    returns: [paragraph(summary)],
    errors: [],
  })),
);

const feature: fc.Arbitrary<Feature> = fc
  .tuple(nasty, nasty, condition)
  .map(([name, text, when]) => ({
    ...{ name, condition: when, doc: [paragraph(text)], span: null },
  }));

const facts = fc
  .tuple(condition, fc.array(feature, { maxLength: 2 }), fc.option(nasty))
  .map(([when, features, since]) => ({ condition: when, features, since, span: null }));

/** What a random choice of types is made of. */
interface Plan {
  readonly names: readonly string[];
  readonly picks: readonly number[];
  readonly values: readonly string[];
  readonly members: readonly string[];
  readonly facts: Pick<Member, 'condition' | 'features' | 'since' | 'span'>;
  readonly doc: Doc | null;
}

/** A schema with definitions of every kind, all of whose names and texts are hostile. */
export const hostileSchema: fc.Arbitrary<Schema> = fc
  .record({
    names: distinct(12, 12),
    picks: fc.array(fc.nat(1000), { minLength: 24, maxLength: 24 }),
    values: distinct(1, 5),
    members: distinct(6, 6),
    facts,
    doc,
  })
  .map(build);

function build({ names, picks, values, members, facts: shared, doc: prose }: Plan): Schema {
  let turn = 0;
  const pick = (below: number): number => (picks[turn++ % picks.length] ?? 0) % below;
  const name = (at: number): string => names[at] ?? '';
  const types = names.slice(0, 6);
  const ref = (): TypeRef => {
    const choice = pick(4);
    if (choice === 0) return { kind: 'named', name: types[pick(types.length)] ?? '' };
    const builtin = BUILTIN_TYPES[pick(BUILTIN_TYPES.length)] ?? 'str';
    const leaf = { kind: 'builtin', name: builtin } as const;
    return choice === 1 ? { kind: 'array', element: leaf } : leaf;
  };
  const part = (wire: string) => ({ ...shared, name: wire, doc: [paragraph(wire)] });
  const member = (wire: string): Member => ({
    ...{ kind: 'member', ...part(wire), type: ref(), optional: pick(2) === 0 },
  });
  const base = { ...shared, module: 'main.json', doc: prose };
  const [discriminator = '', ...others] = members;
  const [first = ''] = values;
  const flags = { boxed: false, gen: true, allowPreconfig: false, coroutine: false };
  const definitions: UnnamedDefinition[] = [
    {
      ...{ ...base, kind: 'enum', name: name(0), implicit: null, prefix: null },
      values: values.map((value) => ({ kind: 'enum-value', ...part(value) })),
    },
    {
      ...{ ...base, kind: 'struct', name: name(1), implicit: null, base: null, open: false },
      members: [
        { ...member(discriminator), type: { kind: 'named', name: name(0) }, optional: false },
      ],
    },
    {
      ...{ ...base, kind: 'struct', name: name(2), implicit: null, base: null },
      ...{ open: pick(4) === 0, members: others.map(member) },
    },
    {
      ...{ ...base, kind: 'union', name: name(3), implicit: null, base: name(1) },
      ...{ discriminator, simple: false },
      branches: [{ kind: 'branch', ...part(first), type: { kind: 'named', name: name(2) } }],
    },
    {
      ...{ ...base, kind: 'alternate', name: name(4), implicit: null },
      alternatives: [
        { kind: 'alternative', ...part('s'), type: { kind: 'builtin', name: 'str' } },
        { kind: 'alternative', ...part('o'), type: { kind: 'named', name: name(3) } },
      ],
    },
    {
      ...{ ...base, kind: 'struct', name: name(5), implicit: 'arguments', base: name(1) },
      ...{ open: false, members: [] },
    },
    {
      ...{ ...base, ...flags, kind: 'command', name: name(6), arguments: name(5), open: false },
      ...{ returns: ref(), successResponse: true, allowOob: true },
    },
    {
      ...{ ...base, ...flags, kind: 'command', name: name(7), arguments: name(3), open: true },
      ...{ returns: { kind: 'named', name: name(4) }, successResponse: true, allowOob: false },
    },
    {
      ...{ ...base, ...flags, kind: 'command', name: name(8), arguments: null, open: false },
      ...{ returns: null, successResponse: false, allowOob: false },
    },
    { ...base, kind: 'event', name: name(9), data: name(3), boxed: true },
    { ...base, kind: 'event', name: name(10), data: name(2), boxed: false },
    { ...base, kind: 'event', name: name(11), data: null, boxed: false },
  ];
  return assembleSchema(definitions, [{ name: 'main.json', includes: [] }]);
}
