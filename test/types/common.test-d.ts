import type { Vm as Vm72 } from '@qapi-ts/qemu/7.2/qmp';
import type { Vm } from '@qapi-ts/qemu/7.2-10.2/qmp';
import type { BlockdevOptions as NewOptions, Vm as Vm102 } from '@qapi-ts/qemu/10.2/qmp';
import { describe, expectTypeOf, it } from 'vitest';

declare const vm: Vm;
declare const older: Vm72;
declare const newer: Vm102;

describe('a client of 7.2 and 10.2', () => {
  it('has only the commands of both', () => {
    void newer.queryAccelerators();
    // @ts-expect-error 7.2 lacks it
    void vm.queryAccelerators();
    void older.execute('x-query-rdma');
    // @ts-expect-error 10.2 lacks it
    void vm.execute('x-query-rdma');
  });

  it('takes only arguments that both accept', () => {
    const base = { 'job-id': 'j', device: 'a', target: 'b', sync: 'full' } as const;
    void vm.blockdevMirror(base);
    void newer.blockdevMirror({ ...base, 'target-is-zero': true });
    // @ts-expect-error added after 7.2
    void vm.blockdevMirror({ ...base, 'target-is-zero': true });
    void older.migrate({ uri: 'tcp:x:1', blk: true });
    // @ts-expect-error removed before 10.2
    void vm.migrate({ uri: 'tcp:x:1', blk: true });
  });

  it('takes unions branch by branch', () => {
    void vm.blockdevAdd({ driver: 'qcow2', file: { driver: 'file', filename: 'a.qcow2' } });
    void newer.blockdevAdd({ driver: 'null-co', active: true });
    // @ts-expect-error a common member added after 7.2
    void vm.blockdevAdd({ driver: 'null-co', active: true });
    // @ts-expect-error the branch's own members still hold
    void vm.blockdevAdd({ driver: 'qcow2' });
    // @ts-expect-error in a nested node too
    void vm.blockdevAdd({ driver: 'raw', file: { driver: 'null-co', active: true } });
  });

  it('gives only what both return', async () => {
    const status = await vm.queryStatus();
    expectTypeOf(status.running).toEqualTypeOf<boolean>();
    expectTypeOf((await older.queryStatus()).singlestep).toEqualTypeOf<boolean>();
    // @ts-expect-error removed before 10.2
    status.singlestep;
    for await (const event of vm.events('STOP', 'JOB_STATUS_CHANGE')) {
      if (event.event === 'JOB_STATUS_CHANGE') expectTypeOf(event.data.id).toEqualTypeOf<string>();
    }
  });

  it('sends what each of them takes', () => {
    type Sent = Parameters<Vm['blockdevAdd']>[0];
    expectTypeOf<Sent>().toExtend<NewOptions>();
    expectTypeOf<Parameters<Vm['blockdevMirror']>[0]>().toExtend<
      Parameters<Vm72['blockdevMirror']>[0]
    >();
  });
});
