import { type BlockInfo, connect, type StopEvent, type Vm } from '@qapi-ts/qemu/10.2/qmp';
import type { ConnectOptions, Unknown } from '@qapi-ts/runtime';
import { describe, expectTypeOf, it } from 'vitest';
import { comRedhat, type RHEL7BlockErrorReason } from '../fixtures/ext/com.redhat/index.js';
import { orgExample } from '../fixtures/ext/org.example/index.js';

declare const options: ConnectOptions;

const plain = () => connect('/run/vm.sock');
const withOptions = () => connect('/run/vm.sock', options);
const withNone = () => connect('/run/vm.sock', { extensions: [], commandTimeout: 1 });
const redhat = () => connect('/run/vm.sock', { extensions: [comRedhat], commandTimeout: 1000 });
const example = () => connect('/run/vm.sock', { extensions: [orgExample] });
const both = () => connect('/run/vm.sock', { extensions: [comRedhat, orgExample] });
type Plain = Awaited<ReturnType<typeof plain>>;
type RedHat = Awaited<ReturnType<typeof redhat>>;
type Example = Awaited<ReturnType<typeof example>>;
type Both = Awaited<ReturnType<typeof both>>;

describe('a client without extensions', () => {
  it('is the plain one', () => {
    expectTypeOf<Plain>().toEqualTypeOf<Vm>();
    expectTypeOf<Awaited<ReturnType<typeof withOptions>>>().toEqualTypeOf<Vm>();
    expectTypeOf<Awaited<ReturnType<typeof withNone>>>().toEqualTypeOf<Vm>();
    // @ts-expect-error there are no extensions
    void ((vm: Vm) => vm.ext);
    // @ts-expect-error no such command
    void ((vm: Vm) => vm.execute('__com.redhat_drive_del', { id: 'a' }));
  });
});

describe('a client with an extension', () => {
  it('has its commands, by method and by name', () => {
    const use = (vm: RedHat) => {
      void vm.ext.comRedhat.driveDel({ id: 'a' }, { timeout: 1 });
      void vm.execute('__com.redhat_drive_del', { id: 'a' });
      void vm.execute('query-status');
      // @ts-expect-error a member is missing
      void vm.ext.comRedhat.driveDel({});
      // @ts-expect-error a member is missing
      void vm.execute('__com.redhat_drive_del', {});
      // @ts-expect-error misspelt
      void vm.execute('__com.redhat_drive_dell', { id: 'a' });
      // @ts-expect-error another vendor's
      void vm.ext.orgExample;
    };
    void use;
  });

  it('keeps all else of the client', () => {
    expectTypeOf<RedHat['queryStatus']>().toEqualTypeOf<Vm['queryStatus']>();
    expectTypeOf<keyof Vm>().toExtend<keyof RedHat>();
    expectTypeOf<RedHat['closed']>().toEqualTypeOf<Vm['closed']>();
    const disposed = async (open: () => Promise<RedHat>) => {
      await using vm = await open();
      return vm.greeting;
    };
    void disposed;
  });

  it('gives events the members that it adds', () => {
    const use = (vm: RedHat) => {
      vm.on('BLOCK_IO_ERROR', (event) => {
        expectTypeOf(event.data['__com.redhat_reason']).toEqualTypeOf<
          RHEL7BlockErrorReason | Unknown
        >();
        expectTypeOf(event.data.reason).toEqualTypeOf<string>();
      });
    };
    void use;
    const plainly = (vm: Vm) => {
      // @ts-expect-error upstream has no such member
      vm.on('BLOCK_IO_ERROR', (event) => event.data['__com.redhat_reason']);
    };
    void plainly;
  });

  it('has its events among all', () => {
    const use = async (vm: Example) => {
      for await (const event of vm.events()) {
        if (event.event === '__ORG.EXAMPLE_QUOTA_REACHED') {
          expectTypeOf(event.data.device).toEqualTypeOf<string>();
        }
        if (event.event === 'STOP') expectTypeOf(event).toEqualTypeOf<StopEvent>();
      }
      const reached = await vm.waitFor('__ORG.EXAMPLE_QUOTA_REACHED', (e) => e.data.device === 'a');
      expectTypeOf(reached.data.quota.limit).toExtend<number | bigint | undefined>();
    };
    void use;
  });

  it("lets upstream's commands take and return more", () => {
    const use = async (vm: Example) => {
      await vm.blockResize({ size: 1, '__org.example_quota': { tier: 'gold' } });
      await vm.blockResize({ size: 1 });
      // @ts-expect-error no such tier
      await vm.blockResize({ size: 1, '__org.example_quota': { tier: 'lead' } });
      for (const info of await vm.queryBlock()) {
        expectTypeOf(info.device).toEqualTypeOf<BlockInfo['device']>();
        expectTypeOf(info['__org.example_quota']?.tier).toExtend<string | undefined>();
      }
      const { status } = await vm.queryStatus();
      return status === '__org.example_parked';
    };
    void use;
    // @ts-expect-error upstream has no such member
    void ((vm: Vm) => vm.blockResize({ size: 1, '__org.example_quota': { tier: 'gold' } }));
  });
});

describe('several vendors', () => {
  it('stand side by side', () => {
    const use = async (vm: Both) => {
      await vm.ext.comRedhat.driveDel({ id: 'a' });
      await vm.ext.orgExample.setQuota({ device: 'a', quota: { tier: 'silver', limit: 5n } });
      await vm.execute('__org.example_query-quotas');
      await vm.execute('__com.redhat_drive_del', { id: 'a' });
    };
    void use;
  });

  it('add to one event each its own', () => {
    const use = (vm: Both) => {
      vm.on('BLOCK_IO_ERROR', ({ data }) => {
        expectTypeOf(data['__com.redhat_reason']).toEqualTypeOf<RHEL7BlockErrorReason | Unknown>();
        expectTypeOf(data['__org.example_tier']).toExtend<string | undefined>();
        expectTypeOf(data.reason).toEqualTypeOf<string>();
      });
    };
    void use;
  });
});
