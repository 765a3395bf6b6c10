import { connectSdk } from '@qapi-ts/runtime';
import { expect, test } from 'vitest';
import { Qom, type TreeObject, walk } from '../../generator/qom/index.js';
import { type AnyClient, SDK } from '../runtime/peer.js';
import { qapiTs } from '../support/cli.js';
import { describeLive } from '../support/qemu.js';

const MEMORY = ['-object', 'memory-backend-ram,id=m0,size=1M'];
const TERMINAL = { terminal: true, env: { NO_COLOR: '1' } };

describeLive(['5.2', '7.2', '11.1'], ['qemu-system-x86_64'], (start, release) => {
  test('its objects are listed, read, set and explained', async () => {
    await using qemu = await start.qemu(...MEMORY);
    const qom = (command: string, ...args: string[]) =>
      qapiTs(['qom', command, `unix:${qemu.path}`, ...args]);

    const list = JSON.parse((await qom('list', '/objects')).stdout);
    expect(list).toContainEqual({ name: 'm0', type: 'child<memory-backend-ram>' });
    // A partial path, as QEMU resolves it.
    expect(await qom('get', 'm0.size')).toEqual({ code: 0, stdout: '1048576\n', stderr: '' });
    const whole = await qom('get', '/machine/unattached/system[0]', 'size');
    expect(whole.stdout).toBe('18446744073709551615\n');
    const all = JSON.parse((await qom('get', '/objects/m0')).stdout);
    expect(all).toMatchObject({ type: 'memory-backend-ram', size: 1048576, policy: 'default' });

    expect(await qom('set', '/objects/m0', 'merge', 'off')).toMatchObject({ code: 0, stderr: '' });
    expect((await qom('get', '/objects/m0/merge')).stdout).toBe('false\n');
    expect(await qom('set', 'm0.merge', 'on')).toMatchObject({ code: 0, stderr: '' });
    expect((await qom('get', 'm0.merge')).stdout).toBe('true\n');
    expect(await qom('set', 'm0.host-nodes', '[0]')).toMatchObject({ code: 0, stderr: '' });
    expect((await qom('get', 'm0.host-nodes')).stdout).toBe('[0]\n');

    const wrong = await qom('set', 'm0.policy', 'bnd');
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain("(did you mean 'bind'?); HostMemPolicy is one of default, ");
    const size = await qom('set', 'm0.size', '1.5M');
    expect(size).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot change') });
    expect((await qom('set', 'm0.type', 'x')).code).toBe(1);
    const lost = await qom('list', '/objcts/m0');
    expect(lost.stderr).toContain("not found (did you mean '/objects/m0'?)");

    const help = JSON.parse((await qom('help', 'memory-backend-ram')).stdout);
    expect(help.device).toBe(false);
    const policy = help.properties.find(({ name }: { name: string }) => name === 'policy');
    expect(policy).toMatchObject({
      type: 'HostMemPolicy',
      values: expect.arrayContaining(['bind']),
    });
    const device = JSON.parse((await qom('help', 'virtio-blk-pci')).stdout);
    expect(device.device).toBe(true);
    expect(device.properties).toContainEqual(
      expect.objectContaining({ name: 'queue-size', type: 'uint16', 'default-value': 256 }),
    );
    const near = await qom('help', 'memory-backend-rm');
    // What objects there are is in the schema since 6.0.
    const hint = release === '5.2' ? 'not found' : "not found (did you mean 'memory-backend-ram'?)";
    expect(near).toMatchObject({ code: 1, stderr: expect.stringContaining(hint) });

    // With modules of another QEMU on the machine, this command ends newer ones.
    if (release === '11.1') return;
    const family = JSON.parse((await qom('help', 'memory-backend-ram', '--family')).stdout);
    expect(family).toMatchObject({ abstract: false, parents: ['memory-backend', 'object'] });
    const kinds = JSON.parse((await qom('help', '--implements', 'memory-backend')).stdout);
    expect(kinds).toContainEqual({ name: 'memory-backend-ram', parent: 'memory-backend' });
  });

  test('its whole tree is read, one way or the other', async () => {
    await using qemu = await start.qemu(...MEMORY);
    const shown = await qapiTs(['qom', 'tree', qemu.path, '/objects', '--values'], TERMINAL);
    expect(shown.stdout).toMatch(/^\/objects \(container\)\n/);
    expect(shown.stdout).toMatch(/[├└]─ m0 \(memory-backend-ram\)\n/);
    expect(shown.stdout).toMatch(/ size +1048576 +int\n/);

    await using vm = await connectSdk<AnyClient>(SDK, qemu.path, { oob: false });
    const asked: string[] = [];
    const counted = (lacks: boolean) =>
      new Qom({
        executeUnknown: (name, args) => {
          asked.push(name);
          return vm.executeUnknown(lacks && name === 'qom-list-get' ? 'qom-list-git' : name, args);
        },
      });
    const single = await walk(counted(true), '/', { values: true });
    const many = asked.length;
    asked.length = 0;
    const batched = await walk(counted(false), '/', { values: true });
    expect(batched).toEqual(single);
    if (release === '11.1') expect(asked.length).toBeLessThan(many / 5);
    expect(flat(single).length).toBeGreaterThan(5);
    expect(outline(await walk(counted(false), '/'))).toEqual(outline(single));
    const top = await walk(counted(false), '/', { depth: 1 });
    expect(outline(top)).toEqual([single.path, single.children?.map(({ path }) => [path, []])]);
  });
});

const flat = (object: TreeObject): readonly TreeObject[] => [
  object,
  ...(object.children ?? []).flatMap(flat),
];

const outline = ({ path, children = [] }: TreeObject): unknown => [path, children.map(outline)];
