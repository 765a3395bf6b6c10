import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { qapiTs, type Surroundings } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { FakeMachine, type FakeObjects, serve } from './machine.js';

const machine = new FakeMachine();
const { path } = await serve(machine);
const qom = (command: string, args: readonly string[], around: Surroundings = {}) =>
  qapiTs(['qom', command, path, ...args], around);
const TERMINAL = { terminal: true, env: { NO_COLOR: '1' } };

describe('qom list', () => {
  test("prints the server's reply, or a table on a terminal", async () => {
    const { code, stdout, stderr } = await qom('list', ['/objects/ram0']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual([
      { name: 'type', type: 'string' },
      { name: 'size', type: 'int' },
      { name: 'share', type: 'bool' },
    ]);
    const shown = await qom('list', [], TERMINAL);
    expect(shown.stdout).toBe('machine/  toy-machine\nobjects/  container\ntype      string\n');
    const asked = await qom('list', ['--json'], TERMINAL);
    expect(JSON.parse(asked.stdout)).toHaveLength(3);
  });

  test('says what may have been meant', async () => {
    expect(await qom('list', ['/machime/slot[2]'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        "qapi-ts: error: DeviceNotFound: Device '/machime/slot[2]' not found " +
        "(did you mean '/machine/slot[2]'?)\n",
    });
  });
});

describe('qom get', () => {
  test.each([
    [['/machine', 'usb'], 'true\n'],
    [['/machine.usb'], 'true\n'],
    [['/machine/usb'], 'true\n'],
    [['/machine', 'type'], '"toy-machine"\n'],
    [['/machine', 'ram-size'], '18446744073709551615\n'],
    [['/machine/slot[10]/pci.0', 'type'], '"PCI"\n'],
    [['/machine/slot[10]/pci.0.type'], '"PCI"\n'],
    [['/machine/slot[10]/pci.0'], '{"type":"PCI"}\n'],
    [['/objects/ram0'], '{"share":false,"size":1048576,"type":"memory-backend-ram"}\n'],
  ])('%j', async (args, stdout) => {
    expect(await qom('get', args)).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('prints text alone on a terminal', async () => {
    expect((await qom('get', ['/machine', 'type'], TERMINAL)).stdout).toBe('toy-machine\n');
  });

  test('tells what it cannot read of an object beside what it can', async () => {
    const { code, stdout, stderr } = await qom('get', ['/machine']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'qapi-ts: no value of broken: GenericError: cannot read broken now\n',
    });
    expect(stdout).toContain('"ram-size":18446744073709551615');
    const shown = await qom('get', ['/machine'], TERMINAL);
    expect(shown.stdout).toContain('broken           (cannot read broken now)');
  });

  test.each([
    [['/machine', 'usv'], "Property 'toy.usv' not found (did you mean 'usb'?)"],
    [['/machine.usv'], "/machine has no property 'usv' (did you mean 'usb'?)"],
    [['/machin', 'usb'], "Device '/machin' not found (did you mean '/machine'?)"],
    [['nothing'], "Device 'nothing' not found"],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await qom('get', args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('qom set', () => {
  test.each([
    [['/machine', 'usb', 'off'], 'usb', false],
    [['/machine.usb', 'on'], 'usb', true],
    [['/machine', 'ram-size', '8E'], 'ram-size', 2n ** 63n],
    [['/machine/policy', 'bind'], 'policy', 'bind'],
    [['/machine', 'boot', '{"order":"n"}'], 'boot', { order: 'n' }],
    [['/machine', 'broken', '-1'], 'broken', -1],
    [['/machine', 'broken', '0x10', '--as', 'string'], 'broken', '0x10'],
    [['/machine', 'nothing', ''], 'nothing', ''],
  ])('%j', async (args, name, value) => {
    expect(await qom('set', args)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(machine.objects['/machine']?.[name]?.value).toEqual(value);
    if (name === 'broken') delete machine.objects['/machine']?.broken?.value;
  });

  test.each([
    [['/machine', 'usb', '3'], "'3' for bool usb: on or off is expected"],
    [['/machine', 'usc', 'on'], "/machine has no property 'usc' (did you mean 'usb'?)"],
    [['/machine', 'type', 'x'], "GenericError: Property 'toy.type' is not writable"],
    [['/machine', 'slot[2]', 'x'], 'a child is an object'],
    [
      ['/machine', 'policy', 'interleve'],
      "does not accept value 'interleve' (did you mean 'interleave'?); HostMemPolicy is one of " +
        'default, preferred, bind, interleave',
    ],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await qom('set', args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('qom tree', () => {
  test('prints objects, with their values where they are wanted', async () => {
    const { stdout } = await qom('tree', ['/objects', '--values']);
    expect(JSON.parse(stdout)).toEqual({
      ...{ name: 'objects', path: '/objects', type: 'container' },
      properties: [{ name: 'type', type: 'string', value: 'container' }],
      children: [
        {
          ...{ name: 'ram0', path: '/objects/ram0', type: 'memory-backend-ram' },
          properties: [
            { name: 'share', type: 'bool', value: false },
            { name: 'size', type: 'int', value: 1048576 },
            { name: 'type', type: 'string', value: 'memory-backend-ram' },
          ],
          children: [],
        },
      ],
    });
    const shown = await qom('tree', ['--depth', '2'], TERMINAL);
    expect(shown.stdout).toBe(
      [
        '/ (container)',
        '├─ machine (toy-machine)',
        '│  ├─ slot[2] (slot)',
        '│  └─ slot[10] (slot)',
        '└─ objects (container)',
        '   └─ ram0 (memory-backend-ram)',
        '',
      ].join('\n'),
    );
  });

  test('needs an object and a depth that is one', async () => {
    expect((await qom('tree', ['/objets'])).stderr).toContain("did you mean '/objects'?");
    expect((await qom('tree', ['--depth', 'x'])).stderr).toContain('A whole number is expected');
  });
});

describe('qom help', () => {
  test('lists the types, or those of a kind', async () => {
    expect(JSON.parse((await qom('help', [])).stdout)).toHaveLength(5);
    expect((await qom('help', [], TERMINAL)).stdout).toContain(
      '  memory-backend (abstract)\n    memory-backend-ram\n',
    );
    const some = await qom('help', ['--implements', 'device']);
    expect(JSON.parse(some.stdout)).toEqual([{ name: 'slot', parent: 'device' }]);
  });

  test('joins what the object model, device_add and the schema know', async () => {
    machine.log.length = 0;
    const slot = JSON.parse((await qom('help', ['slot'])).stdout);
    expect(Object.keys(slot)).toEqual(['name', 'device', 'properties']);
    expect(slot.device).toBe(true);
    // That command has a server load all its modules.
    expect(machine.log).not.toContain('qom-list-types');
    expect(slot.properties[0]).toEqual({ name: 'addr', type: 'int32', 'default-value': -1 });
    const family = JSON.parse((await qom('help', ['device', '--family'])).stdout);
    expect(family).toMatchObject({ abstract: true, parents: ['object'], children: ['slot'] });
    const ram = (await qom('help', ['memory-backend-ram', '--family'], TERMINAL)).stdout;
    expect(ram).toContain('memory-backend-ram\n  is a memory-backend > object\n');
    expect(ram).toMatch(/policy +HostMemPolicy +Set the NUMA policy \[default, preferred, bind/);
    expect(ram).toMatch(/reserve +bool +\(since 6\.1\)/);
  });

  test("shows the schema's documentation where it is given", async () => {
    const folder = folderWith({
      'qapi/qapi-schema.json': `{ 'pragma': { 'doc-required': true } }

##
# @Policy:
#
# @near: close by
##
{ 'enum': 'Policy', 'data': [ 'near' ] }

##
# @RamProperties:
#
# @reserve: keep it
#     for later
##
{ 'struct': 'RamProperties', 'data': { 'reserve': 'bool' } }

##
# @ObjectType:
#
# @memory-backend-ram: memory
##
{ 'enum': 'ObjectType', 'data': [ 'memory-backend-ram' ] }

##
# @ObjectOptions:
#
# @qom-type: its type
##
{ 'union': 'ObjectOptions', 'base': { 'qom-type': 'ObjectType' },
  'discriminator': 'qom-type', 'data': { 'memory-backend-ram': 'RamProperties' } }
`,
    });
    const args = ['memory-backend-ram', '--schema-dir', folder];
    const { code, stdout, stderr } = await qom('help', args, TERMINAL);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/reserve +bool +keep it for later\n/);
  });

  test('knows what may have been meant', async () => {
    expect(await qom('help', ['memory-backend-rm'])).toMatchObject({
      code: 1,
      stderr:
        "qapi-ts: error: DeviceNotFound: Class 'memory-backend-rm' not found " +
        "(did you mean 'memory-backend-ram'?)\n",
    });
  });
});

describe('servers', () => {
  test('of an age without a command are asked by the others', async () => {
    const old = new FakeMachine(undefined, ['qom-list-get', 'qom-list-properties']);
    const served = await serve(old);
    const help = await qapiTs(['qom', 'help', served.path, 'slot']);
    expect(JSON.parse(help.stdout).properties).toHaveLength(1);
    const ram = await qapiTs(['qom', 'help', served.path, 'memory-backend-ram']);
    expect(ram).toMatchObject({ code: 1, stderr: expect.stringContaining('expects device') });
  });

  test('that send text for terminals do no harm', async () => {
    const hostile: FakeObjects = {
      '/': { 'a\u001b[31m': { type: 'string\u009b', value: '\u001b]0;x\u0007' } },
    };
    const served = await serve(new FakeMachine(hostile));
    for (const args of [['list'], ['get'], ['tree', '--values']]) {
      const [command = '', ...rest] = args;
      const { stdout } = await qapiTs(['qom', command, served.path, '/', ...rest], TERMINAL);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(stdout).toContain('\\u{1b}');
    }
  });

  test('that do not answer as they must, or at all, end the run', async () => {
    const nowhere = join(folderWith(), 'none');
    expect(await qapiTs(['qom', 'list', nowhere])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^qapi-ts: error: Cannot connect to .*\n$/),
    });
    const silent = createServer(() => {}).listen(join(folderWith(), 'silent'));
    try {
      const at = String(silent.address());
      expect(await qapiTs(['qom', 'list', at, '--timeout', '0.05'])).toMatchObject({ code: 2 });
    } finally {
      silent.close();
    }
    const { mock, path: breaking } = await serve(new FakeMachine());
    mock.inject({ kind: 'kill' }, { message: 'reply', name: 'qom-list' });
    expect(await qapiTs(['qom', 'tree', breaking])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('connection'),
    });
    mock.clearFaults();
    mock.handle('qom-list', () => ({ not: 'a list' }) as never);
    expect(await qapiTs(['qom', 'list', breaking])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not of the form'),
    });
  });

  test('are left when the user interrupts', async () => {
    const { mock, path: slow } = await serve(new FakeMachine());
    const abort = new AbortController();
    mock.handle('qom-list', async (_args, { signal }) => {
      abort.abort();
      await new Promise((done) => signal.addEventListener('abort', done));
      return [];
    });
    expect(await qapiTs(['qom', 'tree', slow], { signal: abort.signal })).toEqual({
      ...{ code: 2, stdout: '', stderr: '' },
    });
  });

  test.each(['list', 'get', 'set', 'tree', 'help', 'mount'])(
    'and how they are asked has examples: %s',
    async (command) => {
      const { code, stdout } = await qapiTs(['qom', command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples?:\n(.*\n)*  \\$ qapi-ts qom ${command} `));
    },
  );
});
