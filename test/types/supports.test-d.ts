import type { GuestAgent } from '@qapi-ts/qemu/10.2/qga';
import type { Vm } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import type { SchemaComparison } from '@qapi-ts/runtime';
import { describe, expectTypeOf, it } from 'vitest';

declare const vm: Vm;
declare const agent: GuestAgent;

describe('supports', () => {
  it('knows commands, arguments of any branch, and features', () => {
    expectTypeOf(vm.supports('query-status')).resolves.toBeBoolean();
    void vm.supports('blockdev-add', { argument: 'discard', feature: 'dynamic-auto-read-only' });
    void vm.supports('blockdev-add', { argument: 'discard-no-unref' });
    void vm.supports('human-monitor-command', { feature: 'savevm-monitor-nodes' });
    void agent.supports('guest-exec', { argument: 'input-data' });
  });

  it('refuses what the schema has not', () => {
    // @ts-expect-error no such command
    void vm.supports('query-stat');
    // @ts-expect-error no such argument
    void vm.supports('blockdev-add', { argument: 'discards' });
    // @ts-expect-error the command takes none
    void vm.supports('query-status', { argument: 'verbose' });
    // @ts-expect-error the command has no feature
    void vm.supports('query-status', { feature: 'unstable' });
    // @ts-expect-error another command's feature
    void vm.supports('human-monitor-command', { feature: 'fdset' });
  });
});

describe('compareSchema', () => {
  it('takes the schema of an SDK, or none', () => {
    expectTypeOf(vm.compareSchema()).resolves.toEqualTypeOf<SchemaComparison>();
    expectTypeOf(vm.compareSchema(schema)).resolves.toEqualTypeOf<SchemaComparison>();
    // @ts-expect-error no schema
    void vm.compareSchema({ commands: [] });
  });
});
