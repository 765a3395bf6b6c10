import { describe, expect, it, vi } from 'vitest';
import { allValidators, validators } from '../../generated/qemu-10.2/qmp/validators.js';
import { connected, event, tick } from '../runtime/peer.js';

const stop = event('STOP');
const wrongEvent = { event: 'STOP', timestamp: { seconds: 'now', microseconds: 0 } };

describe('connect with validators', () => {
  it('refuses wrong arguments before they are sent', async () => {
    const { vm, peer } = await connected({ validators });
    const wrong = vm.execute('blockdev-add', { driver: 'null-co', siez: 5 });
    await expect(wrong).rejects.toMatchObject({
      name: 'ValidationError',
      validator: 'BlockdevAddArguments',
      problems: [{ path: '/siez', suggestion: 'size' }],
    });
    await expect(vm.execute('query-status', { a: 1 })).rejects.toThrow('/a: unknown member');
    await tick();
    expect(peer.pending).toBe(false);
    await vm.close();
  });

  it('sends right ones, none at all, and those of commands it does not know', async () => {
    const { vm, peer } = await connected({ validators });
    const sent = [
      vm.execute('blockdev-add', { driver: 'null-co', size: 2n ** 40n }),
      vm.execute('query-status'),
      vm.executeUnknown('x-new-command', { anything: 1 }),
    ];
    for (const _ of sent) await peer.answer();
    expect(await Promise.all(sent)).toEqual([{}, {}, {}]);
    await vm.close();
  });

  it('leaves what comes back alone, unless asked', async () => {
    const { vm, peer } = await connected({ validators });
    const status = vm.execute('query-status');
    await peer.answer({ return: { status: 5 } });
    expect(await status).toEqual({ status: 5 });
    const stream = vm.events('STOP');
    peer.send(wrongEvent);
    expect((await stream.next()).value).toEqual(wrongEvent);
    await vm.close();
  });

  it('rejects a command whose return is wrong, if asked', async () => {
    const { vm, peer } = await connected({ validators: allValidators });
    const wrong = vm.execute('query-status');
    await peer.answer({ return: { status: 5, running: true } });
    await expect(wrong).rejects.toMatchObject({
      validator: 'QueryStatusReturn',
      problems: [{ path: '/status' }],
    });
    const later = vm.execute('query-status');
    await peer.answer({ return: { status: 'hovering', running: true, height: 3 } });
    expect(await later).toEqual({ status: 'hovering', running: true, height: 3 });
    await vm.close();
  });

  it('ends a stream that would give a wrong event, if asked', async () => {
    const { vm, peer } = await connected({ validators: allValidators });
    const stream = vm.events({ where: () => true });
    peer.send(stop);
    peer.send({ ...stop, event: 'NEW_EVENT', data: 5 });
    peer.send(wrongEvent);
    expect((await stream.next()).value).toEqual(stop);
    expect((await stream.next()).value?.event).toBe('NEW_EVENT');
    await expect(stream.next()).rejects.toMatchObject({ validator: 'StopEvent' });
    const wait = vm.waitFor('STOP');
    peer.send(wrongEvent);
    await expect(wait).rejects.toMatchObject({ validator: 'StopEvent' });
    await vm.close();
  });

  it('does not call a listener for a wrong event', async () => {
    const { vm, peer } = await connected({ validators: allValidators });
    const thrown = new Promise<unknown>((resolve) => {
      process.prependOnceListener('uncaughtException', resolve);
    });
    const others = process.listeners('uncaughtException').slice(1);
    for (const other of others) process.off('uncaughtException', other);
    const listener = vi.fn();
    vm.on('STOP', listener);
    peer.send(wrongEvent);
    expect(await thrown).toMatchObject({ validator: 'StopEvent' });
    for (const other of others) process.on('uncaughtException', other);
    peer.send(stop);
    await tick();
    expect(listener.mock.calls).toEqual([[stop]]);
    await vm.close();
  });
});
