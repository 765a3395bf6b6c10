import type { Client, ConnectionEvents, EventStream, ExecuteRest, Unknown } from '@qapi-ts/runtime';
import { describe, expectTypeOf, it } from 'vitest';

interface Commands {
  'query-status': { returns: { status: string } };
  'blockdev-del': { arguments: { 'node-name': string }; returns: object };
  'query-nodes': { arguments?: { flat?: boolean }; returns: readonly string[] };
  'migrate-pause': { returns: object; oob: true };
}
interface StopEvent {
  readonly event: 'STOP';
}
interface ResetEvent {
  readonly event: 'RESET';
  readonly data: { readonly guest: boolean };
}
interface UnknownEvent {
  readonly event: Unknown;
  readonly data?: unknown;
}
interface Events {
  STOP: StopEvent;
  RESET: ResetEvent;
}
declare const vm: Client<Commands, Events, StopEvent | ResetEvent | UnknownEvent>;

describe('execute', () => {
  it('takes what the signature says', () => {
    expectTypeOf(vm.execute('query-status')).resolves.toEqualTypeOf<{ status: string }>();
    vm.execute('blockdev-del', { 'node-name': 'a' }, { timeout: 1 });
    vm.execute('query-nodes');
    vm.execute('query-nodes', { flat: true });
    vm.execute('query-nodes', undefined, { signal: undefined });
    vm.execute('migrate-pause', undefined, { oob: true });
  });

  it('refuses the rest', () => {
    // @ts-expect-error a mandatory argument is missing
    vm.execute('blockdev-del');
    // @ts-expect-error an unknown member
    vm.execute('blockdev-del', { 'node-name': 'a', x: 1 });
    // @ts-expect-error no such command
    vm.execute('no-such');
    // @ts-expect-error it takes no arguments
    vm.execute('query-status', { x: 1 });
    // @ts-expect-error it may not be executed out of band
    vm.execute('query-status', undefined, { oob: true });
    expectTypeOf<ExecuteRest<Commands['blockdev-del']>[0]>().toEqualTypeOf<{
      'node-name': string;
    }>();
  });

  it('takes anything where nothing is known', () => {
    expectTypeOf(vm.executeUnknown('any', { x: 1n }, { oob: true })).resolves.toBeUnknown();
  });
});

describe('events', () => {
  it('are typed by their names', () => {
    expectTypeOf(vm.events('STOP')).toEqualTypeOf<EventStream<StopEvent>>();
    expectTypeOf(vm.events('STOP', 'RESET')).toEqualTypeOf<EventStream<StopEvent | ResetEvent>>();
    vm.events('RESET', { where: ({ data }) => data.guest, buffer: 5 });
    vm.on('RESET', ({ data }) => expectTypeOf(data.guest).toBeBoolean());
    expectTypeOf(
      vm.waitFor('RESET', ({ data }) => data.guest),
    ).resolves.toEqualTypeOf<ResetEvent>();
    // @ts-expect-error no such event
    vm.events('NO_SUCH');
    // @ts-expect-error no such member
    vm.events('RESET', { where: ({ data }) => data.none });
  });

  it('narrow by the known ones, with an arm for the rest', () => {
    vm.on('STOP', () => {});
    for (const stream of [vm.events(), vm.events({ buffer: 1 })]) {
      stream.next().then(({ value }) => {
        if (!value) return;
        switch (value.event) {
          case 'STOP':
            return expectTypeOf(value).toEqualTypeOf<StopEvent>();
          case 'RESET':
            return expectTypeOf(value.data.guest).toBeBoolean();
          default:
            return expectTypeOf(value).toEqualTypeOf<UnknownEvent>();
        }
      });
    }
  });

  it('tell of the connection too', () => {
    expectTypeOf(vm.waitFor('CONNECTION_LOST')).resolves.toEqualTypeOf<
      ConnectionEvents['CONNECTION_LOST']
    >();
    expectTypeOf(vm.events('STOP', 'CONNECTION_RESTORED')).toEqualTypeOf<
      EventStream<StopEvent | ConnectionEvents['CONNECTION_RESTORED']>
    >();
  });
});

describe('jobs', () => {
  it('take the arguments of their command', () => {
    expectTypeOf(vm.runJob('blockdev-del', { 'node-name': 'a' })).resolves.toBeVoid();
    // @ts-expect-error a mandatory argument is missing
    vm.runJob('blockdev-del', {});
  });
});
