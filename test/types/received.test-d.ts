import type {
  BlockJobInfo,
  Event,
  EventName,
  RunState,
  StatusInfo,
  StopEvent,
  Vm,
} from '@qapi-ts/qemu/10.2/qmp';
import type { Unknown } from '@qapi-ts/runtime';
import { describe, expectTypeOf, it } from 'vitest';

declare const vm: Vm;

describe('what a server sends may grow', () => {
  it('an enum has an arm for unknown values, which is what default holds', () => {
    const describeState = (status: StatusInfo['status']): string => {
      switch (status) {
        case 'running':
          return status;
        default:
          // @ts-expect-error narrowed: the known ones that are left and the unknown
          status satisfies 'running';
          return 'else';
      }
    };
    void describeState;
    expectTypeOf<StatusInfo['status']>().toEqualTypeOf<RunState | Unknown>();
    const rest = (action: 'a' | Unknown): Unknown | null => {
      switch (action) {
        case 'a':
          return null;
        default:
          expectTypeOf(action).toEqualTypeOf<Unknown>();
          return action;
      }
    };
    void rest;
    // @ts-expect-error a comparison with a value that does not exist is an error
    const typo = (status: StatusInfo['status']) => status === 'runing';
    void typo;
  });

  it('a union has an arm of its common members', () => {
    const progress = (job: BlockJobInfo): number | boolean => {
      switch (job.type) {
        case 'mirror':
          return job['actively-synced'];
        case 'backup':
        case 'commit':
          // @ts-expect-error only a mirror has it
          return job['actively-synced'];
        default:
          return job.offset / job.len;
      }
    };
    void progress;
    const unknownArm = (job: BlockJobInfo): string | undefined => {
      if (job.type === 'mirror') return undefined;
      // Members of the base are there for the unknown arm too.
      return job.device;
    };
    void unknownArm;
  });

  it('a union received within a union', () => {
    const key = (details: Awaited<ReturnType<Vm['queryBlock']>>) => {
      const specific = details[0]?.inserted?.image['format-specific'];
      if (specific?.type === 'qcow2') return specific.data.compat;
      if (specific?.type === 'luks') return specific.data.uuid;
      // @ts-expect-error not every branch has data of that kind
      return specific?.data.compat;
    };
    void key;
  });

  it('sending stays strict', () => {
    const echo = async () => {
      const { status } = await vm.queryStatus();
      // @ts-expect-error what was received may be unknown, and is not accepted for sending
      const sent: RunState = status;
      void sent;
      if (status === 'running') {
        const known: RunState = status;
        void known;
      }
    };
    void echo;
  });

  it('bigints come where 64 bits are asked for, numbers under plain int', async () => {
    const [job] = await vm.queryBlockJobs();
    if (job !== undefined) expectTypeOf(job.offset / job.len).toEqualTypeOf<number>();
    const [info] = await vm.queryBlock();
    expectTypeOf(info?.inserted?.image['virtual-size']).toEqualTypeOf<number | undefined>();
    const [cpu] = await vm.queryCpusFast();
    expectTypeOf(cpu?.['cpu-index']).toEqualTypeOf<number | undefined>();
    const memory = await vm.queryMemorySizeSummary();
    expectTypeOf(memory['base-memory']).toEqualTypeOf<number | bigint>();
  });
});

describe('events', () => {
  it('are told apart by name', () => {
    const react = (event: Event): string => {
      switch (event.event) {
        case 'STOP':
          expectTypeOf(event).toEqualTypeOf<StopEvent>();
          return 'stop';
        case 'BLOCK_JOB_COMPLETED':
          return event.data.device;
        case 'SHUTDOWN':
          return event.data.guest ? 'guest' : 'host';
        default:
          return `${event.timestamp.seconds}`;
      }
    };
    void react;
  });

  it('have an arm that default holds once all are known', () => {
    const rest = (event: Exclude<Event, { event: Exclude<EventName, 'STOP'> }>) => {
      if (event.event === 'STOP') return;
      expectTypeOf(event.event).toEqualTypeOf<Unknown>();
      expectTypeOf(event.data).toEqualTypeOf<unknown>();
    };
    void rest;
  });

  it('are listened to by names that exist', async () => {
    for await (const event of vm.events('STOP', 'RESUME')) {
      expectTypeOf(event.event).toEqualTypeOf<'STOP' | 'RESUME'>();
      if (event.event === 'STOP') break;
    }
    for await (const event of vm.events()) if (event.event === 'STOP') break;
    vm.on('BLOCK_IO_ERROR', (event) => event.data['qom-path']);
    // @ts-expect-error no such event
    vm.on('STOPPED', () => {});
    // @ts-expect-error no such event in a list either
    void vm.events('STOP', 'STOPPED');
    // @ts-expect-error STOP carries no data
    vm.on('STOP', (event) => event.data);
    const event = await vm.waitFor('JOB_STATUS_CHANGE', (e) => e.data.id === 'j');
    expectTypeOf(event.data.id).toEqualTypeOf<string>();
  });
});
