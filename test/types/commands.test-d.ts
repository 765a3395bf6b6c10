import type { BlockdevOptions, Commands, Empty, Vm } from '@qapi-ts/qemu/10.2/qmp';
import { describe, expectTypeOf, it } from 'vitest';

declare const vm: Vm;

describe('wrong arguments do not compile', () => {
  it('a missing mandatory member', () => {
    // @ts-expect-error `node-name` is missing
    void vm.blockdevDel({});
    // @ts-expect-error no arguments at all
    void vm.blockdevDel();
    // @ts-expect-error the same by wire name
    void vm.execute('blockdev-del', {});
    // @ts-expect-error the same by wire name, without arguments
    void vm.execute('blockdev-del');
    // @ts-expect-error the chosen branch needs `file`
    void vm.blockdevAdd({ driver: 'qcow2', 'node-name': 'd0' });
  });

  it('an unknown member', () => {
    // @ts-expect-error no member `nodename`
    void vm.blockdevDel({ 'node-name': 'd0', nodename: 'd0' });
    // @ts-expect-error the command takes none
    void vm.queryStatus({ verbose: true });
    // @ts-expect-error the same by wire name
    void vm.execute('query-status', { verbose: true });
    // @ts-expect-error no such member in a nested object
    void vm.blockdevAdd({ driver: 'qcow2', file: { driver: 'file', filename: 'a', size: 1 } });
  });

  it('a wrong branch of a union', () => {
    // @ts-expect-error `filename` belongs to other branches
    void vm.blockdevAdd({ driver: 'null-co', filename: 'a.img' });
    // @ts-expect-error no driver of that name
    void vm.blockdevAdd({ driver: 'qcow9', file: 'a' });
    // @ts-expect-error the discriminator is mandatory
    void vm.blockdevAdd({ 'node-name': 'd0' });
    // @ts-expect-error a branch's member has the wrong type
    void vm.blockdevAdd({ driver: 'null-co', size: 'large' });
  });

  it('an unknown command, a wrong value', () => {
    // @ts-expect-error no such command
    void vm.execute('query-everything');
    // @ts-expect-error no such method
    void vm.queryEverything();
    // @ts-expect-error not a value of the enum
    void vm.watchdogSetAction({ action: 'explode' });
    // @ts-expect-error a number where a string belongs
    void vm.blockdevDel({ 'node-name': 1 });
    // @ts-expect-error undefined is not a value
    void vm.watchdogSetAction({ action: undefined });
  });
});

describe('right arguments compile', () => {
  it('by method and by wire name, with the same types', () => {
    void vm.blockdevAdd({ driver: 'qcow2', file: { driver: 'file', filename: 'a.qcow2' } });
    void vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'd0', size: 2 ** 20 });
    void vm.objectAdd({ 'qom-type': 'memory-backend-ram', id: 'm', size: 2n ** 60n });
    expectTypeOf(vm.queryStatus()).toEqualTypeOf(vm.execute('query-status'));
    expectTypeOf<Commands['blockdev-add']['arguments']>().toEqualTypeOf<BlockdevOptions>();
    expectTypeOf(vm.stop()).toEqualTypeOf<Promise<Empty>>();
  });

  it('none where none or only optional ones are declared', () => {
    void vm.queryStatus();
    void vm.queryStatus({});
    void vm.queryStatus({}, { timeout: 1000 });
    void vm.queryNamedBlockNodes();
    void vm.queryNamedBlockNodes({ flat: true });
    void vm.execute('query-named-block-nodes');
  });

  it('a union given as one of its arms, computed before', () => {
    const options: BlockdevOptions = { driver: 'raw', file: 'd0' };
    void vm.blockdevAdd(options);
    const nested: BlockdevOptions = { driver: 'raw', file: options };
    void vm.blockdevAdd(nested);
  });

  it('further members where the schema leaves arguments open', () => {
    void vm.deviceAdd({ driver: 'virtio-blk-pci', id: 'x', drive: 'd0', 'num-queues': 4 });
    // @ts-expect-error the declared ones still hold
    void vm.deviceAdd({ driver: 1 });
    // @ts-expect-error and are still mandatory
    void vm.deviceAdd({ id: 'x' });
  });
});

describe('special commands', () => {
  it('out-of-band execution only where it is allowed', () => {
    void vm.migratePause({}, { oob: true });
    void vm.execute('migrate-pause', {}, { oob: true });
    // @ts-expect-error query-status is not
    void vm.queryStatus({}, { oob: true });
    // @ts-expect-error by wire name neither
    void vm.execute('query-status', {}, { oob: true });
  });

  it('any command by executeUnknown', () => {
    expectTypeOf(vm.executeUnknown('x-new', { a: 1 })).toEqualTypeOf<Promise<unknown>>();
  });

  it('a client is not a thenable', () => {
    expectTypeOf<Vm>().not.toHaveProperty('then');
  });
});
