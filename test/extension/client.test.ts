import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { allValidators, validators } from '@qapi-ts/qemu/10.2/qmp/validators';
import type { Message } from '@qapi-ts/runtime';
import { extendSchema, joinValidators } from '@qapi-ts/runtime/extension';
import { createMock } from '@qapi-ts/runtime/testing';
import { ValidationError } from '@qapi-ts/runtime/validate';
import { describe, expect, it } from 'vitest';
import { comRedhat } from '../fixtures/ext/com.redhat/index.js';
import { schema as redhatSchema } from '../fixtures/ext/com.redhat/schema.js';
import { validators as redhatValidators } from '../fixtures/ext/com.redhat/validators.js';
import { orgExample } from '../fixtures/ext/org.example/index.js';
import { schema as exampleSchema } from '../fixtures/ext/org.example/schema.js';
import { validators as exampleValidators } from '../fixtures/ext/org.example/validators.js';

const everything = extendSchema(schema, redhatSchema, exampleSchema);
const monitor = () => createMock({ schema: everything });
const extensions = [comRedhat, orgExample] as const;

const IO_ERROR = {
  'qom-path': '/x',
  device: 'a',
  operation: 'read',
  action: 'stop',
  reason: 'no space',
  '__com.redhat_reason': 'enospc',
  '__org.example_tier': 'gold',
};

describe('several vendors on one client', () => {
  it('have their commands under ext', async () => {
    const mock = monitor();
    const seen: unknown[] = [];
    mock.handle('__com.redhat_drive_del', (args) => {
      seen.push(args);
      return {};
    });
    await using vm = await connect(mock, { extensions });
    expect(await vm.ext.comRedhat.driveDel({ id: 'a' })).toEqual({});
    expect(seen).toEqual([{ id: 'a' }]);
    await vm.ext.orgExample.setQuota({ device: 'a', quota: { tier: 'gold' } });
    expect(Array.isArray(await vm.ext.orgExample.queryQuotas())).toBe(true);
    expect(Object.keys(vm.ext)).toEqual(['comRedhat', 'orgExample']);
    expect(Object.isFrozen(vm.ext) && Object.isFrozen(vm.ext.comRedhat)).toBe(true);
  });

  it('of one name are refused', async () => {
    const twice = [comRedhat, comRedhat] as const;
    await expect(connect(monitor(), { extensions: twice })).rejects.toThrow(TypeError);
  });

  it('have their events and members', async () => {
    const mock = monitor();
    await using vm = await connect(mock, { extensions });
    const error = vm.waitFor('BLOCK_IO_ERROR');
    const reached = vm.waitFor('__ORG.EXAMPLE_QUOTA_REACHED');
    mock.emit('BLOCK_IO_ERROR', IO_ERROR);
    mock.emit('__ORG.EXAMPLE_QUOTA_REACHED', { device: 'b', quota: { tier: 'silver' } });
    const { data } = await error;
    expect([data['__com.redhat_reason'], data['__org.example_tier']]).toEqual(['enospc', 'gold']);
    expect((await reached).data.device).toBe('b');
  });
});

describe('a client without the extension', () => {
  it('takes no notice of downstream members, strictly validating or not', async () => {
    const mock = monitor();
    await using vm = await connect(mock, { validators: allValidators });
    expect('ext' in vm).toBe(false);
    const error = vm.waitFor('BLOCK_IO_ERROR');
    mock.emit('BLOCK_IO_ERROR', IO_ERROR);
    expect((await error).data.device).toBe('a');
    mock.handle('query-status', () => ({ status: '__org.example_parked', running: false }));
    expect((await vm.queryStatus()).running).toBe(false);
  });
});

it('a client with it sends nothing downstream unless it is asked to', async () => {
  const sent: Message[] = [];
  const options = {
    extensions,
    trace: (entry: { readonly direction?: string; readonly message?: unknown }) =>
      sent.push(entry as Message),
  };
  await using vm = await connect(monitor(), options as never);
  await vm.queryStatus();
  await vm.execute('block_resize', { 'node-name': 'a', size: 1 });
  const text = JSON.stringify(sent.filter((entry) => JSON.stringify(entry).includes('execute')));
  expect(text).toContain('block_resize');
  expect(text).not.toContain('__');
});

describe('validators of extensions', () => {
  it("take the place of the SDK's for what is added to", async () => {
    const joined = joinValidators(validators, redhatValidators, exampleValidators);
    await using vm = await connect(monitor(), { extensions, validators: joined });
    const quota = { '__org.example_quota': { tier: 'gold' } } as const;
    await vm.blockResize({ 'node-name': 'a', size: 1, ...quota });
    const wrong = { '__org.example_quota': { tier: 'lead' } } as never;
    await expect(
      vm.blockResize({ 'node-name': 'a', size: 1, ...(wrong as object) }),
    ).rejects.toThrow(ValidationError);
    await expect(vm.ext.comRedhat.driveDel({} as never)).rejects.toThrow(ValidationError);
    await expect(vm.stop({ x: 1 } as never)).rejects.toThrow(ValidationError);
  });

  it('without them, what is added is not known', async () => {
    await using vm = await connect(monitor(), { extensions, validators });
    const quota = { '__org.example_quota': { tier: 'gold' } } as const;
    await expect(vm.blockResize({ size: 1, ...quota })).rejects.toThrow(ValidationError);
  });

  it('judge replies and events too', async () => {
    const joined = joinValidators(allValidators, redhatValidators, exampleValidators);
    const mock = monitor();
    await using vm = await connect(mock, { extensions, validators: joined });
    joined.event?.({ event: 'BLOCK_IO_ERROR', timestamp: stamp, data: IO_ERROR });
    const { '__com.redhat_reason': _reason, ...without } = IO_ERROR;
    const lacking = { event: 'BLOCK_IO_ERROR', timestamp: stamp, data: without };
    expect(() => joined.event?.(lacking)).toThrow(ValidationError);
    expect(() => joined.event?.({ event: 'STOP', timestamp: 1 })).toThrow(ValidationError);
    expect(() => joined.returns?.('query-block', [{ '__org.example_quota': 1 }])).toThrow(
      ValidationError,
    );
    expect(() => joined.returns?.('query-name', [])).toThrow(ValidationError);
    await vm.queryStatus();
  });

  it('of several for one command judge each its own', () => {
    const acme = { ...exampleValidators, vendor: 'com.acme' };
    const joined = joinValidators(validators, acme, exampleValidators);
    const args = { size: 1, '__org.example_quota': { tier: 'gold' } };
    expect(() => joined.arguments?.('block_resize', args)).not.toThrow();
    const stranger = { size: 1, '__net.other_x': 1 };
    expect(() => joined.arguments?.('block_resize', stranger)).toThrow(ValidationError);
  });
});

const stamp = { seconds: 1, microseconds: 2 };

it('schemas of several extensions join in what they both add to', () => {
  const data = everything.definitions.find(({ name }) => name === 'q_obj_BLOCK_IO_ERROR-arg');
  const names = data?.kind === 'struct' ? data.members?.map((member) => member.name) : [];
  expect(names).toContain('__com.redhat_reason');
  expect(names).toContain('__org.example_tier');
  expect(everything.definitions.length).toBeGreaterThan(schema.definitions.length);
});
