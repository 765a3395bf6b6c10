import { CommandError, ConnectionError } from '@qapi-ts/runtime';
import { describe, expect, test } from 'vitest';
import { Qom, type TreeObject, TreeTooLarge, walk } from '../../generator/qom/index.js';
import { FakeMachine, type FakeObjects, MACHINE } from './machine.js';

const outline = ({ name, children = [] }: TreeObject): unknown =>
  children.length === 0 ? name : { [name]: children.map(outline) };

describe('a tree', () => {
  test('has all objects in natural order', async () => {
    const tree = await walk(new Qom(new FakeMachine()), '/');
    expect(outline(tree)).toEqual({
      '/': [{ machine: ['slot[2]', { 'slot[10]': ['pci.0'] }] }, { objects: ['ram0'] }],
    });
    expect(tree).toMatchObject({ path: '/', type: 'container' });
    expect(tree.children?.[0]).toMatchObject({ path: '/machine', type: 'toy-machine' });
    expect(tree.children?.[0]?.properties).toBeUndefined();
  });

  test('begins anywhere and ends at a depth, listing no more than it must', async () => {
    const machine = new FakeMachine();
    const tree = await walk(new Qom(machine), '/machine', { depth: 1 });
    expect(outline(tree)).toEqual({ machine: ['slot[2]', 'slot[10]'] });
    expect(machine.log).toEqual(['qom-list', 'qom-get']);
    expect(tree.children?.[0]?.children).toBeUndefined();
    const alone = await walk(new Qom(machine), '/machine', { depth: 0 });
    expect(alone.children).toBeUndefined();
  });

  test('is asked for with all of a level on the way at once', async () => {
    const wide: FakeObjects = { '/': {} };
    for (let n = 0; n < 50; n += 1) {
      Object.assign(wide['/'] ?? {}, { [`c${n}`]: { type: 'child<x>' } });
      wide[`/c${n}`] = {};
    }
    const machine = new FakeMachine(wide);
    await walk(new Qom(machine), '/');
    expect(machine.most).toBe(50);
  });

  describe.each([
    ['one by one', ['qom-list-get']],
    ['many at once', []],
  ])('has values, asked for %s', (_how, lacks) => {
    test('or the reason why there is none', async () => {
      const machine = new FakeMachine(MACHINE(), lacks);
      const { properties } = await walk(new Qom(machine), '/machine', { values: true, depth: 0 });
      expect(properties?.map(({ name }) => name)).toEqual([
        ...['boot', 'broken', 'memory-backend', 'nothing', 'policy', 'ram-size', 'type', 'usb'],
      ]);
      expect(properties?.find(({ name }) => name === 'ram-size')?.value).toBe(2n ** 64n - 1n);
      expect(properties?.find(({ name }) => name === 'broken')).toEqual({
        name: 'broken',
        type: 'int',
        error: { class: 'GenericError', desc: 'cannot read broken now' },
      });
    });

    test('and an object that went away in between says so, alone', async () => {
      const objects = MACHINE();
      delete objects['/machine/slot[2]'];
      const tree = await walk(new Qom(new FakeMachine(objects, lacks)), '/machine', {
        values: true,
      });
      const [gone, there] = tree.children ?? [];
      expect(gone).toMatchObject({ name: 'slot[2]', error: { class: 'DeviceNotFound' } });
      expect(there?.error).toBeUndefined();
      expect(there?.children?.[0]?.properties).toEqual([
        { name: 'type', type: 'string', value: 'PCI' },
      ]);
    });
  });

  test('of many objects with values takes few commands where the server can', async () => {
    const machine = new FakeMachine(MACHINE(), []);
    await walk(new Qom(machine), '/', { values: true });
    const gets = machine.log.filter((name) => name === 'qom-get');
    // The first object's type, and the one property that cannot be read.
    expect(gets).toHaveLength(2);
    expect(machine.log.filter((name) => name === 'qom-list')).toHaveLength(0);
  });

  test('ends where a server does not', async () => {
    const endless = {
      executeUnknown: async (name: string) =>
        name === 'qom-list' ? [{ name: 'x', type: 'child<x>' }] : 'x',
    };
    await expect(walk(new Qom(endless), '/')).rejects.toThrow(TreeTooLarge);
    const flood = {
      executeUnknown: async (name: string) =>
        name === 'qom-list'
          ? Array.from({ length: 300 }, (_, n) => ({ name: `${n}`, type: 'child<x>' }))
          : 'x',
    };
    await expect(walk(new Qom(flood), '/', { limit: 1000 })).rejects.toThrow(
      'there are more than 1000 objects',
    );
  });

  test('is none where its first object is none, or the connection breaks', async () => {
    await expect(walk(new Qom(new FakeMachine()), '/none')).rejects.toThrow(CommandError);
    const breaks = {
      executeUnknown: async (_name: string, args?: object) => {
        if (Object(args).path === '/') return [{ name: 'x', type: 'child<x>' }];
        throw new ConnectionError('connection-lost', 'gone');
      },
    };
    await expect(walk(new Qom(breaks), '/')).rejects.toThrow('gone');
  });

  test.each([[null], [{}], [[{ name: 1, type: 'int' }]], [[null]], [[{ name: 'x' }]]])(
    'is made of replies that have been looked at: %j',
    async (reply) => {
      const server = { executeUnknown: async () => reply };
      await expect(walk(new Qom(server), '/')).rejects.toMatchObject({ code: 'malformed' });
    },
  );
});
