import { connect as connect72, type Vm as Vm72 } from '@qapi-ts/qemu/7.2/qmp';
import { connect as connect102, type Vm as Vm102 } from '@qapi-ts/qemu/10.2/qmp';
import { schema as schema102 } from '@qapi-ts/qemu/10.2/qmp/schema';
import { connectSdk } from '@qapi-ts/runtime';
import { describeChange } from '@qapi-ts/runtime/compare';
import { expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { describeLive } from '../support/qemu.js';

const RELEASES = ['5.2', '7.2', '11.1'] as const;
type Release = (typeof RELEASES)[number];

/** What an SDK of 10.2 asks, and what each release answers. */
const SUPPORTED: readonly {
  readonly ask: (vm: Vm102) => Promise<boolean>;
  readonly what: string;
  readonly on: readonly Release[];
}[] = [
  {
    what: 'a command of all releases',
    ask: (vm) => vm.supports('blockdev-add'),
    on: RELEASES,
  },
  {
    what: 'an argument that all branches share',
    ask: (vm) => vm.supports('blockdev-add', { argument: 'discard' }),
    on: RELEASES,
  },
  {
    what: 'an argument of one branch, of 7.0',
    ask: (vm) => vm.supports('blockdev-add', { argument: 'discard-no-unref' }),
    on: ['11.1'],
  },
  {
    what: 'an argument of 10.0',
    ask: (vm) => vm.supports('blockdev-add', { argument: 'active' }),
    on: ['11.1'],
  },
  {
    what: 'a command of 9.1',
    ask: (vm) => vm.supports('device-sync-config'),
    on: ['11.1'],
  },
  {
    what: 'a command that 11.0 lost',
    ask: (vm) => vm.supports('query-migrationthreads'),
    on: [],
  },
  {
    what: "a feature of a branch's type, of 4.2",
    ask: (vm) => vm.supports('blockdev-add', { feature: 'dynamic-auto-read-only' }),
    on: RELEASES,
  },
  {
    what: 'a feature of a command, of 6.2',
    ask: (vm) => vm.supports('x-query-irq', { feature: 'unstable' }),
    on: ['7.2', '11.1'],
  },
  {
    what: 'a feature of an argument, of 6.2',
    ask: (vm) => vm.supports('drive-backup', { feature: 'deprecated' }),
    on: ['7.2', '11.1'],
  },
  {
    what: 'a feature that no argument of this name has',
    ask: (vm) => vm.supports('blockdev-add', { argument: 'discard', feature: 'unstable' }),
    on: [],
  },
];

describeLive(RELEASES, ['qemu-system-x86_64'], (start, release) => {
  it('tells what it supports', async () => {
    await using qemu = await start.qemu();
    await using vm = await connect102(qemu.path);
    const answers = await Promise.all(
      SUPPORTED.map(async ({ ask, what }) => [what, await ask(vm)] as const),
    );
    const expected = SUPPORTED.map(({ what, on }) => [what, on.includes(release)]);
    expect(answers).toEqual(expected);
  });

  it('asks for the schema once', async () => {
    await using qemu = await start.qemu();
    const sent: string[] = [];
    await using vm = await connect72(qemu.path, {
      trace: ({ direction, message }) => {
        if (direction === 'sent') sent.push(JSON.stringify(message));
      },
    });
    await vm.supports('stop');
    await Promise.all([vm.supports('cont'), vm.compareSchema()]);
    expect(sent.filter((text) => text.includes('query-qmp-schema'))).toHaveLength(1);
  });

  it('differs from 10.2 as the releases do', async () => {
    await using qemu = await start.qemu();
    await using vm = await connect102(qemu.path);
    const { lacks, adds, changes } = await vm.compareSchema(schema102);
    const text = (list: typeof lacks) => list.map(describeChange).join('\n');
    expect(text(lacks)).toMatch(
      release === '11.1' ? /^query-migrationthreads/m : /^device-sync-config/m,
    );
    expect(text(adds)).toMatch(
      release === '11.1' ? /sub-type: new and mandatory/ : /^migrate\.inc: /m,
    );
    expect(changes.every(({ code }) => !/-(added|removed)$/.test(code))).toBe(true);
    // The same from the shell.
    await vm.close();
    const { stdout, code } = await qapiTs([
      'diff',
      '10.2',
      `unix:${qemu.path}`,
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    const told = JSON.parse(stdout).changes as readonly { code: string; text: string }[];
    expect(told.filter((change) => change.code.endsWith('-removed'))).toHaveLength(lacks.length);
  });

  it('exits 1 where the change breaks a client', async () => {
    await using qemu = await start.qemu();
    const args = ['diff', '10.2', `unix:${qemu.path}`, '--exit-code', '--only', 'breaking'];
    const { code, stdout } = await qapiTs(args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Breaking \(\d+\)$/m);
  });
});

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  it('is its own release but for what the build leaves out', async () => {
    await using qemu = await start.qemu();
    await using vm = await connect72(qemu.path);
    const { lacks, adds, changes } = await vm.compareSchema();
    expect(lacks.length).toBeGreaterThan(0);
    expect(lacks.filter(({ condition }) => condition === null)).toEqual([]);
    expect([...adds, ...changes]).toEqual([]);
  });

  it('has no schema to compare with where the SDK has none', async () => {
    await using qemu = await start.qemu();
    const vm = await connectSdk<Vm72>({ protocol: 'qmp', commands: 'quit' }, qemu.path);
    await expect(vm.compareSchema()).rejects.toThrow(/no schema to compare with/);
    await vm.close();
  });
});

describeLive(['7.2', '11.1'], ['qemu-storage-daemon'], (start) => {
  it('compares a storage daemon', async () => {
    const { connect } = await import('@qapi-ts/qemu/7.2/qsd');
    await using daemon = start.run('qemu-storage-daemon', (folder) => [
      ...['--chardev', `socket,id=c,path=${folder}/qmp,server=on,wait=on`],
      ...['--monitor', 'chardev=c'],
    ]);
    const { listens } = await import('../support/qemu.js');
    await listens(`${daemon.folder}/qmp`, daemon);
    await using vm = await connect(`${daemon.folder}/qmp`);
    expect(await vm.supports('block-export-add', { argument: 'writable' })).toBe(true);
    const { lacks, adds } = await vm.compareSchema();
    expect([...lacks, ...adds].length).toBeGreaterThan(0);
  });
});
