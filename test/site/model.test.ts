import { describe, expect, it } from 'vitest';
import { isSafePath } from '../../generator/emit/paths.js';
import type { Schema } from '../../generator/ir/types.js';
import { FileNames } from '../../generator/site/model/files.js';
import { siteModel } from '../../generator/site/model/index.js';
import { schemaOf, versionsOf } from './site.js';

const OLD = schemaOf(`
{ 'enum': 'Mode', 'data': ['fast', 'safe'] }
{ 'struct': 'Job', 'data': { 'id': 'str', '*mode': 'Mode', 'size': 'int' } }
{ 'struct': 'Lonely', 'data': { 'a': 'int' } }
{ 'command': 'query-job', 'data': { 'id': 'str' }, 'returns': 'Job' }
{ 'command': 'job-stop-now', 'data': { 'id': 'str', 'force': 'bool' } }
{ 'command': 'set-mode', 'data': { 'mode': 'Mode' } }
{ 'event': 'JOB_DONE', 'data': { 'job': 'Job' } }
`);
const NEW = schemaOf(`
{ 'enum': 'Mode', 'data': ['fast', 'slow'] }
{ 'struct': 'Job', 'data': { 'id': 'str', '*mode': 'Mode', '*size': 'int' } }
{ 'struct': 'Lonely', 'data': { 'a': 'str' } }
{ 'command': 'query-job', 'data': { 'id': 'str', '*all': 'bool' }, 'returns': 'Job' }
{ 'command': 'job-stop', 'data': { 'id': 'str', 'force': 'bool' } }
{ 'command': 'set-mode', 'data': { 'mode': 'Mode' }, 'features': ['deprecated'] }
{ 'event': 'JOB_DONE', 'data': { 'job': 'Job' } }
{ 'event': 'JOB_GONE' }
`);

const targetOf = (schemas: Readonly<Record<string, Schema>>) => {
  const source = { target: 'qmp', versions: versionsOf(schemas), documentation: [] } as const;
  const [target] = siteModel([source], Object.keys(schemas)).targets;
  if (target === undefined) throw new Error('no target');
  return target;
};

describe('entities', () => {
  const target = targetOf({ '1.0': OLD, '2.0': NEW });
  const stage = (group: 'command' | 'event' | 'type', name: string) =>
    target.find(group, name)?.history[1];

  it('are those of all versions, as the last that has them says', () => {
    const names = target.entities.map(({ group, name }) => `${group} ${name}`);
    expect(names).toEqual([
      ...['command job-stop', 'command job-stop-now', 'command query-job', 'command set-mode'],
      ...['event JOB_DONE', 'event JOB_GONE', 'type Job', 'type Lonely', 'type Mode'],
    ]);
    expect(target.find('command', 'job-stop-now')).toMatchObject({
      home: 0,
      present: [true, false],
    });
    expect(target.find('type', 'Mode')).toMatchObject({ home: 1, present: [true, true] });
  });

  it('know what happened to them', () => {
    expect(target.find('type', 'Mode')?.history[0]).toMatchObject({ kind: 'first' });
    expect(stage('event', 'JOB_GONE')).toMatchObject({ kind: 'added' });
    expect(stage('type', 'Mode')?.changes).toEqual([
      { impact: 'breaking', parts: ['safe'], text: 'no longer arrives; is no longer accepted' },
      { impact: 'arrival', parts: ['slow'], text: 'new value may arrive; is now accepted' },
    ]);
    expect(stage('type', 'Job')?.changes).toEqual([
      { impact: 'breaking', parts: ['size'], text: 'may now be missing' },
    ]);
    expect(stage('command', 'set-mode')?.changes).toEqual([
      { impact: 'notice', parts: [], text: 'deprecated' },
    ]);
  });

  it('know the types that changed beneath them', () => {
    expect(stage('event', 'JOB_DONE')).toMatchObject({ changes: [], through: ['Job', 'Mode'] });
    expect(stage('command', 'query-job')).toMatchObject({
      changes: [{ impact: 'safe', parts: ['all'], text: 'new, optional bool' }],
      through: ['Job', 'Mode'],
    });
  });

  it('know what took their place', () => {
    expect(stage('command', 'job-stop-now')).toMatchObject({
      kind: 'removed',
      renamedTo: 'job-stop',
    });
    expect(stage('command', 'job-stop')).toMatchObject({
      ...{ kind: 'added', renamedFrom: 'job-stop-now' },
    });
  });

  it('have a history even where no command or event leads to them', () => {
    expect(stage('type', 'Lonely')?.changes).toMatchObject([{ parts: ['a'] }]);
  });

  it('know who refers to them, seen through types that are declared in place', () => {
    const mode = target.find('type', 'Mode');
    if (mode === undefined) throw new Error('no Mode');
    expect(target.usersOf(mode).map(({ user, as }) => [user.name, as])).toEqual([
      ['set-mode', ['mode']],
      ['Job', ['mode']],
    ]);
    const event = target.find('event', 'JOB_DONE');
    expect(event && target.usedBy(event).map(({ name }) => name)).toEqual(['Job']);
  });

  it('tell what changed in the types that they refer to', () => {
    expect(stage('type', 'Job')).toMatchObject({ kind: 'changed', through: ['Mode'] });
    expect(stage('type', 'Mode')).toMatchObject({ kind: 'changed', through: [] });
  });

  it('know who referred to them before, and what they referred to', () => {
    const earlier = targetOf({
      '1.0': schemaOf(`
{ 'struct': 'Old', 'data': {} }
{ 'struct': 'Kept', 'data': {} }
{ 'command': 'go', 'data': { 'old': 'Old', 'kept': 'Kept' } }
{ 'command': 'gone', 'returns': 'Kept' }
`),
      '2.0': schemaOf(`
{ 'struct': 'Kept', 'data': {} }
{ 'command': 'go', 'data': { 'kept': 'Kept' } }
`),
    });
    const entity = (group: 'command' | 'type', name: string) => {
      const found = earlier.find(group, name);
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    };
    const names = (entities: readonly { readonly name: string }[]) => entities.map((e) => e.name);
    const [kept, old, go] = [
      entity('type', 'Kept'),
      entity('type', 'Old'),
      entity('command', 'go'),
    ];
    expect(names(earlier.usersOf(kept).map(({ user }) => user))).toEqual(['go']);
    expect(names(earlier.formerUsersOf(kept))).toEqual(['gone']);
    expect(names(earlier.usedBy(go))).toEqual(['Kept']);
    expect(names(earlier.formerlyUsedBy(go))).toEqual(['Old']);
    expect(names(earlier.usersOf(old).map(({ user }) => user))).toEqual(['go']);
  });

  it('are gone and back again', () => {
    const again = targetOf({ '1.0': OLD, '2.0': NEW, '3.0': OLD });
    const history = again.find('command', 'job-stop-now')?.history;
    expect(history?.map((each) => each?.kind)).toEqual(['first', 'removed', 'added']);
  });
});

describe('names of files', () => {
  const claim = (...names: string[]) => {
    const files = new FileNames();
    return names.map((name) => files.claim('type', name));
  };

  it('are the names where they can be', () => {
    expect(claim('BlockInfo', 'x-colo', '__com.redhat_Foo')).toEqual([
      ...['type-BlockInfo.html', 'type-x-colo.html', 'type-__com.redhat_Foo.html'],
    ]);
  });

  it('differ where case does not count', () => {
    const [first, second] = claim('SGXInfo', 'SgxInfo');
    expect(first).toBe('type-SGXInfo.html');
    expect(second).toMatch(/^type-SgxInfo-[0-9a-f]{8}\.html$/);
    // What comes later does not rename what was there.
    expect(claim('SGXInfo')).toEqual([first]);
  });

  it('are distinct and safe whatever the names are', () => {
    const names = [
      '',
      '.',
      '..',
      'a/b',
      'a\\b',
      'a_b',
      'A_B',
      'con',
      'nul.x',
      'x.',
      'x_',
      'é',
      '日',
      '\0',
    ];
    names.push('\ud800', '\ud801', 'y'.repeat(300), `${'y'.repeat(300)}z`, '%2e%2e', 'a?b#c', '-');
    const files = claim(...names);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(names.length);
    for (const file of files) {
      expect(isSafePath(file)).toBe(true);
      expect(file.length).toBeLessThan(120);
    }
  });
});
