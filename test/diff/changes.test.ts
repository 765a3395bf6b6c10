import { CHANGES, type ChangeCode } from '@qapi-ts/runtime/compare';
import { describe, expect, it } from 'vitest';
import { changesBetween, told } from '../support/diff.js';

/** Sent and received by one command each, so that both directions show. */
const BOTH = `
{ 'command': 'put', 'data': 'T', 'boxed': true }
{ 'command': 'get', 'returns': 'T' }
`;
const struct = (members: string) => `{ 'struct': 'T', 'data': { ${members} } } ${BOTH}`;
const value = (type: string, more = '') => `${more} ${struct(`'m': '${type}'`)}`;
const E1 = `{ 'enum': 'E', 'data': [ 'a', 'b' ] }`;
const E2 = `{ 'enum': 'E', 'data': [ 'a', 'c' ] }`;
const command = (more = '') => `{ 'command': 'run', 'data': { 'x': 'int' } ${more} }`;
const QUIT = `{ 'command': 'quit' }`;
const union = (base: string, branches: string) => `${E1}
{ 'struct': 'A', 'data': { '*n': 'int' } } { 'struct': 'B', 'data': { 'n': 'int', '*o': 'str' } }
{ 'union': 'T', 'base': { ${base} }, 'discriminator': 'k', 'data': { ${branches} } } ${BOTH}`;

interface Case {
  readonly codes: readonly ChangeCode[];
  readonly before: string;
  readonly after: string;
  readonly told: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  'commands come and go': {
    codes: ['command-removed', 'command-added'],
    before: `{ 'command': 'old' }`,
    after: `{ 'command': 'new', 'if': 'CONFIG_NEW' }`,
    told: [
      'safe: new: new command (depends on the build: CONFIG_NEW)',
      'breaking: old: command removed',
    ],
  },
  'events come and go': {
    codes: ['event-removed', 'event-added'],
    before: `${QUIT} { 'event': 'OLD' }`,
    after: `${QUIT} { 'event': 'NEW' }`,
    told: ['arrival: NEW: new event may arrive', 'breaking: OLD: event removed'],
  },
  'a member goes': {
    codes: ['member-removed'],
    before: struct(`'m': 'int', '*gone': 'str'`),
    after: struct(`'m': 'int'`),
    told: [
      'breaking received: T.gone: is no longer sent',
      'breaking sent: T.gone: is no longer accepted',
    ],
  },
  'an optional member comes': {
    codes: ['member-added'],
    before: struct(`'m': 'int'`),
    after: struct(`'m': 'int', '*come': ['str']`),
    told: [
      'safe received: T.come: now sent, optional [str]',
      'safe sent: T.come: new, optional [str]',
    ],
  },
  'a mandatory member comes': {
    codes: ['member-required', 'member-added'],
    before: struct(`'m': 'int'`),
    after: struct(`'m': 'int', 'come': 'str'`),
    told: ['safe received: T.come: now sent, str', 'breaking sent: T.come: new and mandatory, str'],
  },
  'a member becomes mandatory': {
    codes: ['member-made-mandatory'],
    before: struct(`'*m': 'int'`),
    after: struct(`'m': 'int'`),
    told: ['safe received: T.m: is now always sent', 'breaking sent: T.m: is now mandatory'],
  },
  'a member becomes optional': {
    codes: ['member-made-optional'],
    before: struct(`'m': 'int'`),
    after: struct(`'*m': 'int'`),
    told: ['breaking received: T.m: may now be missing', 'safe sent: T.m: is now optional'],
  },
  'values come and go': {
    codes: ['value-added', 'value-removed'],
    before: value('E', E1),
    after: value('E', E2),
    told: [
      "safe received: E 'b': no longer arrives",
      "arrival received: E 'c': new value may arrive",
      "breaking sent: E 'b': is no longer accepted",
      "safe sent: E 'c': is now accepted",
    ],
  },
  'any text in place of values': {
    codes: ['values-opened'],
    before: value('E', E1),
    after: value('str', E1),
    told: [
      'arrival received: T.m: any str in place of the values of E',
      'safe sent: T.m: any str in place of the values of E',
    ],
  },
  'values in place of any text': {
    codes: ['values-closed'],
    before: value('str', E1),
    after: value('E', E1),
    told: [
      'safe received: T.m: only the values of E in place of any str',
      'breaking sent: T.m: only the values of E in place of any str',
    ],
  },
  'a wider integer': {
    codes: ['type-widened'],
    before: value('uint16'),
    after: value('int32'),
    told: [
      'breaking received: T.m: may be more: from uint16 to int32',
      'safe sent: T.m: accepts more: from uint16 to int32',
    ],
  },
  'a narrower integer': {
    codes: ['type-narrowed'],
    before: value('number'),
    after: value('size'),
    told: [
      'safe received: T.m: is less: from number to size',
      'breaking sent: T.m: accepts less: from number to size',
    ],
  },
  'another kind of value': {
    codes: ['type-changed'],
    before: value('str'),
    after: value('bool'),
    told: [
      'breaking received: T.m: changed from str to bool',
      'breaking sent: T.m: changed from str to bool',
    ],
  },
  'integers that only overlap': {
    codes: ['type-changed'],
    before: value('int8'),
    after: value('uint8'),
    told: [
      'breaking received: T.m: changed from int8 to uint8',
      'breaking sent: T.m: changed from int8 to uint8',
    ],
  },
  'another spelling of the same values': {
    codes: ['type-respelled'],
    before: value('int'),
    after: value('int64'),
    told: [
      'notice received: T.m: the same values, from int to int64',
      'notice sent: T.m: the same values, from int to int64',
    ],
  },
  'an alternate in place of one of its types': {
    codes: ['type-widened'],
    before: value('str'),
    after: value('Alt', `{ 'alternate': 'Alt', 'data': { 's': 'str', 'n': 'null' } }`),
    told: [
      'breaking received: T.m: may be more: from str to Alt',
      'safe sent: T.m: accepts more: from str to Alt',
    ],
  },
  'alternatives come and go': {
    codes: ['alternative-added', 'alternative-removed'],
    before: value('Alt', `{ 'alternate': 'Alt', 'data': { 's': 'str', 'n': 'null' } }`),
    after: value('Alt', `{ 'alternate': 'Alt', 'data': { 's': 'str', 'i': 'int' } }`),
    told: [
      'breaking received: Alt: may be int too',
      'safe received: Alt: is no longer null',
      'safe sent: Alt: int is accepted too',
      'breaking sent: Alt: null is no longer accepted',
    ],
  },
  'another discriminator': {
    codes: ['discriminator-changed'],
    before: union(`'k': 'E', 'l': 'E'`, `'a': 'A'`),
    after: union(`'k': 'E', 'l': 'E'`, `'a': 'A'`).replace(
      `'discriminator': 'k'`,
      `'discriminator': 'l'`,
    ),
    told: [
      'breaking received: T: discriminator changed from k to l',
      'breaking sent: T: discriminator changed from k to l',
    ],
  },
  'a return comes': {
    codes: ['return-added'],
    before: `{ 'command': 'ask' } { 'command': 'go' }`,
    after: `{ 'struct': 'T', 'data': {} } { 'command': 'ask', 'returns': 'T' } { 'command': 'go' }`,
    told: ['safe received: ask: now returns T'],
  },
  'a return goes': {
    codes: ['return-removed'],
    before: `{ 'struct': 'T', 'data': {} } { 'command': 'ask', 'returns': 'T' }`,
    after: `{ 'command': 'ask' }`,
    told: ['breaking received: ask: no longer returns T'],
  },
  'a list where nothing was returned': {
    codes: ['type-changed'],
    before: `{ 'command': 'ask' }`,
    after: `{ 'struct': 'T', 'data': {} } { 'command': 'ask', 'returns': ['T'] }`,
    told: ['breaking received: ask (return): changed from nothing to [T]'],
  },
  'further arguments refused': {
    codes: ['further-members-refused'],
    before: command(`, 'gen': false`),
    after: command(),
    told: ['breaking sent: run: further members are no longer accepted'],
  },
  'further arguments accepted': {
    codes: ['further-members-accepted'],
    before: command(),
    after: command(`, 'gen': false`),
    told: ['safe sent: run: further members are accepted'],
  },
  'no reply any more': {
    codes: ['reply-removed'],
    before: command(),
    after: command(`, 'success-response': false`),
    told: ['breaking: run: answers only to fail'],
  },
  'a reply at last': {
    codes: ['reply-added'],
    before: command(`, 'success-response': false`),
    after: command(),
    told: ['breaking: run: now answers'],
  },
  'properties of a command come': {
    codes: ['oob-allowed', 'preconfig-allowed'],
    before: command(),
    after: command(`, 'allow-oob': true, 'allow-preconfig': true`),
    told: ['safe: run: may be executed out of band', 'safe: run: runs before the machine is made'],
  },
  'properties of a command go': {
    codes: ['oob-forbidden', 'preconfig-forbidden'],
    before: command(`, 'allow-oob': true, 'allow-preconfig': true`),
    after: command(),
    told: [
      'breaking: run: no longer executes out of band',
      'breaking: run: no longer runs before the machine is made',
    ],
  },
  'features come': {
    codes: ['deprecated', 'made-unstable', 'feature-added'],
    before: command(),
    after: command(`, 'features': [ 'deprecated', 'unstable', 'json' ]`),
    told: [
      'notice: run: deprecated',
      'notice: run: feature json added',
      'notice: run: is now unstable',
    ],
  },
  'features go': {
    codes: ['undeprecated', 'made-stable', 'feature-removed'],
    before: command(`, 'features': [ 'deprecated', 'unstable', 'json' ]`),
    after: command(),
    told: [
      'notice: run: feature json removed',
      'notice: run: is now stable',
      'notice: run: no longer deprecated',
    ],
  },
  'conditions come, change and go': {
    codes: ['condition-added', 'condition-changed', 'condition-removed'],
    before: `{ 'command': 'a' } { 'command': 'b', 'if': 'B' } { 'command': 'c', 'if': 'C' }`,
    after: `{ 'command': 'a', 'if': { 'all': ['A', { 'not': 'Z' }] } } { 'command': 'b', 'if': 'BB' } { 'command': 'c' }`,
    told: [
      'notice: a: now depends on the build: A && !Z',
      'notice: b: depends on the build otherwise: from B to BB',
      'notice: c: no longer depends on the build: C',
    ],
  },
  'a type is renamed': {
    codes: ['type-renamed'],
    before: value('Old', `{ 'struct': 'Old', 'data': { 'x': 'int' } }`),
    after: value('New', `{ 'struct': 'New', 'data': { 'x': 'int' } }`),
    told: ['notice: Old: the type is called New now'],
  },
  'a member moves from what is common into the branches': {
    codes: ['member-removed', 'member-made-mandatory'],
    before: union(`'k': 'E', '*n': 'int'`, ''),
    after: union(`'k': 'E'`, `'b': 'B'`),
    told: [
      "safe received: T.n: is now always sent, for 'b'",
      "breaking received: T.n: is no longer sent, for 'a'",
      "safe received: T.o: now sent, optional str, for 'b'",
      "breaking sent: T.n: is now mandatory, for 'b'",
      "breaking sent: T.n: is no longer accepted, for 'a'",
      "safe sent: T.o: new, optional str, for 'b'",
    ],
  },
  'a member moves from the branches to what is common': {
    codes: ['member-added'],
    before: union(`'k': 'E'`, `'a': 'A'`),
    after: union(`'k': 'E', '*n': 'int'`, ''),
    told: [
      "safe received: T.n: now sent, optional int, for 'b'",
      "safe sent: T.n: new, optional int, for 'b'",
    ],
  },
  'a branch takes another type, and another place uses the type on': {
    codes: ['member-made-mandatory'],
    before: union(`'k': 'E'`, `'a': 'A', 'b': 'A'`),
    after: union(`'k': 'E'`, `'a': 'A', 'b': 'B'`),
    told: [
      'safe received: A.n: is now always sent where B took the place of A',
      'safe received: A.o: now sent, optional str where B took the place of A',
      'breaking sent: A.n: is now mandatory where B took the place of A',
      'safe sent: A.o: new, optional str where B took the place of A',
    ],
  },
};

describe('what changed', () => {
  it.each(Object.entries(CASES))('%s', (_title, { codes, before, after, told: expected }) => {
    const changes = changesBetween(before, after);
    expect(changes.map(told)).toEqual(expected);
    expect(changes.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
  });

  it('has a case for every code', () => {
    const covered = new Set(Object.values(CASES).flatMap(({ codes }) => codes));
    expect(Object.keys(CHANGES).filter((code) => !covered.has(code as ChangeCode))).toEqual([]);
  });

  it('is nothing between a schema and itself', () => {
    for (const { before, after } of Object.values(CASES)) {
      expect(changesBetween(before, before)).toEqual([]);
      expect(changesBetween(after, after)).toEqual([]);
    }
  });

  it('ends for types that contain themselves', () => {
    const list = (more: string) => `{ 'struct': 'L', 'data': { '*next': 'L' ${more} } }
      { 'command': 'get', 'returns': 'L' }`;
    expect(changesBetween(list(''), list(`, 'x': 'int'`)).map(told)).toEqual([
      'safe received: L.x: now sent, int',
    ]);
  });

  it('names every command and event that a change reaches', () => {
    const [change] = changesBetween(
      `${E1} { 'event': 'EV', 'data': { 'e': 'E' } } { 'command': 'z', 'returns': ['E'] } { 'command': 'b', 'returns': 'E' }`.replaceAll(
        `'returns': 'E'`,
        `'returns': ['E']`,
      ),
      `${E2} { 'event': 'EV', 'data': { 'e': 'E' } } { 'command': 'z', 'returns': ['E'] } { 'command': 'b', 'returns': ['E'] }`,
    );
    expect(change?.uses).toEqual([
      { kind: 'command', name: 'b' },
      { kind: 'command', name: 'z' },
      { kind: 'event', name: 'EV' },
    ]);
  });
});
