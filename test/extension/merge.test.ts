import { expect, it } from 'vitest';
import { factsOf } from '../../generator/extension/facts.js';
import { allMembers, structNamed } from '../../generator/ir/visit.js';
import { extended, releaseSchema } from '../support/extension.js';

const base = releaseSchema('10.2');

const ADDED = `
extension: com.acme
definitions:
  - command: __com.acme_do
    data: { '*tier': __com.acme_Tier, hosts: [str] }
    returns: BlockInfo
    allow-oob: true
  - enum: __com.acme_Tier
    data: [gold, silver]
add:
  - command: stop
    data: { '*__com.acme_why': str }
  - event: BLOCK_IO_ERROR
    data: { '*__com.acme_tier': __com.acme_Tier }
  - event: STOP
    data: { '*__com.acme_why': str }
  - union: BlockdevOptions
    data: { __com.acme_disk: BlockdevOptionsFile }
    base: { '*__com.acme_tier': __com.acme_Tier }
  - enum: BlockdevDriver
    data: [__com.acme_disk]
`;

it('adds commands, events, types, values, branches and members', () => {
  const { schema, findings } = extended(base, ADDED);
  expect(findings).toEqual([]);
  if (schema === null) throw new Error('no schema');
  expect(schema.commands.get('__com.acme_do')).toMatchObject({
    tsName: 'comAcmeDo',
    allowOob: true,
    returns: { kind: 'named', name: 'BlockInfo' },
    module: 'com.acme.ext.json',
  });
  const membersOf = (name: string) =>
    allMembers(schema, structNamed(schema, name)).map((m) => m.name);
  expect(membersOf('q_obj_stop-arg')).toEqual(['__com.acme_why']);
  expect(membersOf('q_obj_STOP-arg')).toEqual(['__com.acme_why']);
  expect(membersOf('q_obj_BLOCK_IO_ERROR-arg')).toContain('__com.acme_tier');
  expect(membersOf('q_obj_BlockdevOptions-base')).toContain('__com.acme_tier');
  const driver = schema.types.get('BlockdevDriver');
  expect(driver?.kind === 'enum' && driver.values.at(-1)?.name).toBe('__com.acme_disk');
});

it('leaves all else as it was, names and order included', () => {
  const { schema } = extended(base, ADDED);
  const changed = new Set(
    ['stop', 'STOP', 'BLOCK_IO_ERROR', 'q_obj_BLOCK_IO_ERROR-arg'].concat([
      'BlockdevOptions',
      'q_obj_BlockdevOptions-base',
      'BlockdevDriver',
    ]),
  );
  const rest = base.definitions.filter(({ name }) => !changed.has(name));
  const now = new Map(schema?.definitions.map((d) => [d.name, d]));
  expect(
    rest.filter((d) => factsOf(d) !== factsOf(now.get(d.name) ?? d)).map((d) => d.name),
  ).toEqual([]);
  const names = schema?.definitions.slice(0, base.definitions.length).map((d) => d.tsName);
  expect(names).toEqual(base.definitions.map((d) => d.tsName));
});

it('keeps releases of what upstream defines', () => {
  const { schema } = extended(base, ADDED);
  const releases = (of: typeof base | null) =>
    of === null
      ? []
      : structNamed(of, 'q_obj_BLOCK_IO_ERROR-arg').members.map(({ since }) => since);
  expect(releases(base)).toContain('2.8');
  expect(releases(schema)).toEqual([...releases(base), null]);
  expect(schema?.events.get('STOP')?.since).toBe(base.events.get('STOP')?.since);
});

it('reads QAPI text as well as YAML', () => {
  const text = `
{ 'extension': 'com.acme' }
##
# @__com.acme_do:
#
# Does it.
#
# @device: where
##
{ 'command': '__com.acme_do', 'data': { 'device': 'str' } }
{ 'add': { 'event': 'BLOCK_IO_ERROR', 'data': { '*__com.acme_x': 'str' } } }
{ 'error': '__com.acme_Full', 'commands': [ '__com.acme_do' ] }
`;
  const { schema, findings } = extended(base, text, 'ext.json');
  expect(findings).toEqual([]);
  expect(schema?.commands.get('__com.acme_do')?.doc).not.toBeNull();
  expect(extended(base, "{ 'capability': '__com.acme_x' }", 'x.json').codes).toEqual([
    'extension-form',
  ]);
});

it('an overlay replaces, removes and adds under plain names', () => {
  const text = `
overlay: backports
add:
  - command: stop
    data: { why: str }
replace:
  - command: cont
    data: { '*fast': bool }
remove:
  - command: system_wakeup
`;
  const { schema, findings } = extended(base, text);
  expect(findings).toEqual([]);
  expect(schema?.commands.has('system_wakeup')).toBe(false);
  expect(schema?.commands.get('cont')?.arguments).toBe('q_obj_cont-arg');
});

it('findings are where they are written, whoever finds them', () => {
  const text = (lines: string) => `extension: com.acme\n${lines}\n`;
  const cases: [string, string][] = [
    ['definitions:\n  - command: __com.acme_x\n    data: { a: Nonesuch }', 'unknown-type 4:16'],
    ['add:\n  - event: NONESUCH\n    data: {}', 'extension-target 3:12'],
    ['add:\n  - struct: RunState\n    data: {}', 'extension-target 3:13'],
    ['add:\n  - enum: RunState\n    data: [__com.acme_a, __com.acme_a]', 'enum-value-clash 4:26'],
    ['add:\n  - enum: RunState\n    prefix: x', 'extension-form 4:5'],
    ['definitions:\n  - nothing: x', 'extension-form 3:5'],
    ['nonsense: 1', 'extension-unknown-key 2:1'],
    ['errors: [{ class: __com.acme_Full }]', 'extension-missing-key 2:10'],
    ['about: [', 'extension-yaml 3:1'],
    ['about: []', 'extension-form 2:8'],
  ];
  for (const [lines, finding] of cases) {
    const { findings, schema } = extended(base, text(lines));
    expect(findings, lines).toEqual([finding]);
    expect(schema).toBeNull();
  }
  expect(extended(base, 'about: x\n').codes).toEqual(['extension-form']);
});

it('nothing in a file is code, a prototype or endless', () => {
  const hostile = `
extension: com.acme
definitions:
  - command: '__com.acme_*/ process.exit()'
  - command: __proto__
  - struct: constructor
    data: { __proto__: str }
`;
  const { schema } = extended(base, hostile);
  expect(({} as Record<string, unknown>).str).toBeUndefined();
  expect(schema).toBeNull();
  const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nextension: *b\n';
  expect(extended(base, bomb).schema).toBeNull();
});
