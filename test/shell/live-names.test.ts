import { describe, expect, it } from 'vitest';
import { LiveNames } from '../../generator/shell/complete/live-names.js';
import { type LiveKind, liveQuestion } from '../../generator/shell/complete/live-question.js';
import { commands, schema, spot } from './support.js';

const asked = (line: string) => {
  const question = liveQuestion(spot(line, commands), schema);
  return question === null ? null : [question.kind, question.typed, question.of];
};

describe('what the server is asked', () => {
  it.each([
    ['block_resize node-name=d|', ['node', 'd', null]],
    ['block-stream device=|', ['block-device', '', null]],
    ['block-job-cancel device=|', ['block-job', '', null]],
    ['job-cancel id=j|', ['job', 'j', null]],
    ['blockdev-add driver=qcow2 file=|', ['node', '', null]],
    ['blockdev-add driver=qcow2 backing=|', ['node', '', null]],
    ['blockdev-add driver=quorum children.0=|', ['node', '', null]],
    ['{"execute": "blockdev-mirror", "arguments": {"target": "|', ['node', '', null]],
    ['block-dirty-bitmap-remove node=d name=|', ['bitmap', '', 'd']],
    ['qom-get path=/mach|', ['qom-path', '/mach', null]],
    ['qom-get path=/machine property=ty|', ['qom-property', 'ty', '/machine']],
    ['device_add driver=virt|', ['device-type', 'virt', null]],
    ['device_add driver=e1000 ma|', ['device-property', 'ma', 'e1000']],
    ['device_del id=|', ['device-id', '', null]],
    ['object-del id=|', ['object-id', '', null]],
    ['chardev-remove id=|', ['chardev', '', null]],
    ['blockdev-add driver=qcow2 encrypt.format=luks encrypt.key-secret=|', ['object-id', '', null]],
  ])('for %s', (line, expected) => {
    expect(asked(line)).toEqual(expected);
  });

  it.each([
    'blockdev-add driver=qcow2 node-name=|',
    'block-dirty-bitmap-add node=d name=|',
    'block-dirty-bitmap-remove name=|',
    'qom-get property=|',
    'block_resize size=|',
    'blockdev-add driver=|',
    'device_add |',
    'stop |',
    'unknown node-name=|',
  ])('is nothing for %s', (line) => {
    expect(asked(line)).toBeNull();
  });
});

const ANSWERS: Readonly<Record<string, unknown>> = {
  'query-named-block-nodes': [
    { 'node-name': 'b', drv: 'raw', file: 'x', 'dirty-bitmaps': [{ name: 'map' }] },
    { 'node-name': 'a', drv: 'qcow2', file: 'y' },
    { 'node-name': 'a', drv: 'twin' },
    { 'node-name': 'evil\u001b[2J' },
    { 'node-name': 7 },
    'nonsense',
  ],
  'query-jobs': [{ id: 'j', type: 'mirror', status: 'running' }],
  'qom-list': [
    { name: 'peripheral', type: 'child<container>' },
    { name: 'type', type: 'string' },
  ],
  'query-chardev': { none: 'a list' },
};

class FakeServer {
  readonly calls: string[] = [];

  has(command: string): boolean {
    return command in ANSWERS;
  }

  async execute(command: string, args?: object): Promise<unknown> {
    this.calls.push(`${command} ${JSON.stringify(args ?? {})}`);
    return ANSWERS[command];
  }
}

describe('what it answers', () => {
  const ask = async (kind: LiveKind, typed = '', of: string | null = null) => {
    const names = await new LiveNames(new FakeServer()).names({ kind, typed, of });
    return names.map(({ name }) => name);
  };

  it('is names, each once, in order, without what a terminal would act on', async () => {
    expect(await ask('node')).toEqual(['a', 'b']);
    expect(await ask('job')).toEqual(['j']);
    expect(await ask('bitmap', '', 'b')).toEqual(['map']);
    expect(await ask('bitmap', '', 'a')).toEqual([]);
  });

  it('is the objects below a path, and their properties', async () => {
    expect(await ask('qom-path')).toEqual(['/']);
    expect(await ask('qom-path', '/machine/per')).toEqual(['/machine/peripheral']);
    const question = { kind: 'qom-path' as const, typed: '/machine/', of: null };
    const [object] = await new LiveNames(new FakeServer()).names(question);
    expect(object?.more).toBe(true);
    expect(await ask('qom-property', '', '/machine')).toEqual(['peripheral', 'type']);
    expect(await ask('device-id')).toEqual(['peripheral']);
  });

  it('is nothing where it is not what it should be, or not to be had', async () => {
    expect(await ask('chardev')).toEqual([]);
    expect(await ask('iothread')).toEqual([]);
    const broken = { has: () => true, execute: () => Promise.reject(new Error('refused')) };
    expect(await new LiveNames(broken).names({ kind: 'node', typed: '', of: null })).toEqual([]);
  });

  it('is types that are in use, for which QEMU need not load its modules', async () => {
    const server = {
      calls: [] as string[],
      has: () => true,
      async execute(command: string) {
        this.calls.push(command);
        return command === 'qom-list' ? [{ name: 'a', type: 'child<e1000>' }] : [];
      },
    };
    for (const kind of ['device-type', 'qom-type'] as const) {
      expect(await new LiveNames(server).names({ kind, typed: '', of: null })).toEqual([
        { name: 'e1000', help: 'is in use' },
      ]);
    }
    expect(new Set(server.calls)).toEqual(new Set(['qom-list']));
  });

  it('is asked for once while a line is typed', async () => {
    const server = new FakeServer();
    const names = new LiveNames(server);
    await names.names({ kind: 'qom-path', typed: '/machine/p', of: null });
    await names.names({ kind: 'qom-path', typed: '/machine/per', of: null });
    expect(server.calls).toEqual(['qom-list {"path":"/machine"}']);
    names.forget();
    await names.names({ kind: 'qom-path', typed: '/machine/per', of: null });
    expect(server.calls).toHaveLength(2);
  });
});
