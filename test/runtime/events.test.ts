import { AbortError, ConnectionError, eventDate, TimeoutError } from '@qapi-ts/runtime';
import { describe, expect, it, vi } from 'vitest';
import { connected, event, tick } from './peer.js';

const names = async (stream: AsyncIterable<{ event: string }>) => {
  const got: string[] = [];
  for await (const { event } of stream) got.push(event);
  return got;
};

describe('streams of events', () => {
  it('give the events of their names in order, and end with the connection', async () => {
    const { vm, peer } = await connected();
    const some = names(vm.events('A', 'B', 'A'));
    const all = names(vm.events());
    for (const name of ['A', 'C', 'B', 'A']) peer.send(event(name));
    peer.end();
    expect(await some).toEqual(['A', 'B', 'A']);
    expect(await all).toEqual(['A', 'C', 'B', 'A']);
    expect(await names(vm.events())).toEqual([]);
  });

  it('end when the connection breaks, after what was received', async () => {
    const { vm, peer } = await connected();
    const stream = vm.events();
    peer.send(event('A'));
    await tick();
    peer.address.destroy(new Error('gone'));
    expect(await names(stream)).toEqual(['A']);
    expect(await vm.closed).toMatchObject({ code: 'connection-lost' });
  });

  it('hold what comes before they are read', async () => {
    const { vm, peer } = await connected();
    const stream = vm.events('A');
    peer.send(event('A', { n: 1 }));
    peer.send(event('A', { n: 2 }));
    await tick();
    expect((await stream.next()).value?.data).toEqual({ n: 1 });
    expect((await stream.next()).value?.data).toEqual({ n: 2 });
  });

  it('serve several readers at once', async () => {
    const { vm, peer } = await connected();
    const stream = vm.events();
    const reads = Promise.all([stream.next(), stream.next(), stream.next()]);
    peer.send(event('A'));
    peer.send(event('B'));
    await tick();
    await stream.return();
    expect((await reads).map(({ value }) => value?.event)).toEqual(['A', 'B', undefined]);
  });

  it('give only what fits', async () => {
    const { vm, peer } = await connected();
    const where = vi.fn((item: { data?: unknown }) => (item.data as { n: number }).n > 1);
    const stream = vm.events('A', { where });
    for (const n of [1, 2, 0, 3]) peer.send(event('A', { n }));
    peer.end();
    const got = [];
    for await (const { data } of stream) got.push(data);
    expect(got).toEqual([{ n: 2 }, { n: 3 }]);
    expect(where).toHaveBeenCalledTimes(4);
  });

  it('fail with what their condition throws, and hurt no others', async () => {
    const { vm, peer } = await connected();
    const stream = vm.events({
      where: () => {
        throw new Error('mine');
      },
    });
    const other = vm.events();
    peer.send(event('A'));
    await expect(stream.next()).rejects.toThrow('mine');
    expect((await other.next()).value?.event).toBe('A');
    expect((await stream.next()).done).toBe(true);
  });

  it('stop listening when the loop is left', async () => {
    const { vm, peer } = await connected();
    const stream = vm.events('A');
    peer.send(event('A'));
    for await (const _event of stream) break;
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    await stream[Symbol.asyncDispose]();
  });

  it('end with an AbortError when their signal fires, or has fired', async () => {
    const { vm, peer } = await connected();
    const abort = new AbortController();
    const stream = vm.events('A', { signal: abort.signal });
    peer.send(event('A'));
    await tick();
    const reason = new Error('why');
    abort.abort(reason);
    const failure = await stream.next().catch((error) => error);
    expect(failure).toBeInstanceOf(AbortError);
    expect(failure).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: reason });
    await expect(vm.events({ signal: abort.signal }).next()).rejects.toBeInstanceOf(AbortError);
  });

  describe('with a full buffer', () => {
    const fill = async (options: object) => {
      const { vm, peer } = await connected();
      const drops: number[] = [];
      const stream = vm.events('A', { ...options, onDrop: (count) => drops.push(count) });
      for (let n = 0; n < 7; n++) peer.send(event('A', { n }));
      peer.end();
      await vm.closed;
      const got: unknown[] = [];
      try {
        for await (const { data } of stream) got.push((data as { n: number }).n);
      } catch (error) {
        got.push(error);
      }
      return { got, drops, dropped: stream.dropped };
    };

    it('keep the newest and count the rest', async () => {
      const { got, drops, dropped } = await fill({ buffer: 3 });
      expect(got).toEqual([4, 5, 6]);
      expect(drops).toEqual([1, 2, 3, 4]);
      expect(dropped).toBe(4);
    });

    it('keep the oldest', async () => {
      const { got, dropped } = await fill({ buffer: { size: 3, policy: 'drop-newest' } });
      expect(got).toEqual([0, 1, 2]);
      expect(dropped).toBe(4);
    });

    it('fail', async () => {
      const { got } = await fill({ buffer: { size: 3, policy: 'fail' } });
      expect(got.slice(0, 3)).toEqual([0, 1, 2]);
      expect(got[3]).toBeInstanceOf(ConnectionError);
      expect(got[3]).toMatchObject({ code: 'buffer-full' });
    });

    it('keep 1,024 by default', async () => {
      const { vm, peer } = await connected();
      const stream = vm.events();
      for (let n = 0; n < 3000; n++) peer.send(event('A', { n }));
      peer.end();
      await vm.closed;
      expect(stream.dropped).toBe(3000 - 1024);
      expect((await stream.next()).value?.data).toEqual({ n: 3000 - 1024 });
      expect(await names(stream)).toHaveLength(1023);
    });
  });
});

describe('listeners', () => {
  it('are called for each event, or once, until they are removed', async () => {
    const { vm, peer } = await connected();
    const each = vi.fn();
    const first = vi.fn();
    const never = vi.fn();
    const off = vm.on('A', each);
    vm.once('A', first);
    vm.once('A', never)();
    peer.send(event('A'));
    peer.send(event('B'));
    peer.send(event('A'));
    await tick();
    off();
    off();
    peer.send(event('A'));
    await tick();
    expect(each).toHaveBeenCalledTimes(2);
    expect(first).toHaveBeenCalledTimes(1);
    expect(never).not.toHaveBeenCalled();
  });

  it('may add and remove listeners while they are called', async () => {
    const { vm, peer } = await connected();
    let calls = 0;
    const again = () => {
      calls++;
      vm.once('A', again);
    };
    vm.once('A', again);
    peer.send(event('A'));
    peer.send(event('A'));
    await tick();
    expect(calls).toBe(2);
  });

  it('throw where nobody catches it, and hurt no others', async () => {
    const { vm, peer } = await connected();
    const caught = new Promise((resolve) => {
      const listeners = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.once('uncaughtException', (error) => {
        for (const listener of listeners) process.on('uncaughtException', listener);
        resolve(error);
      });
    });
    const other = vi.fn();
    vm.on('A', () => {
      throw new Error('mine');
    });
    vm.on('A', other);
    peer.send(event('A'));
    expect(await caught).toMatchObject({ message: 'mine' });
    expect(other).toHaveBeenCalled();
    const result = vm.execute('x');
    await peer.answer({ return: 1 });
    expect(await result).toBe(1);
  });
});

describe('waiting for an event', () => {
  it('listens before it returns', async () => {
    const { vm, peer } = await connected();
    const stopped = vm.waitFor('STOP', ({ data }) => (data as { n: number }).n === 2);
    const result = vm.execute('stop');
    await peer.take();
    peer.send(event('STOP', { n: 1 }));
    peer.send(event('STOP', { n: 2 }));
    peer.send({ return: {}, id: 2 });
    await result;
    expect((await stopped).data).toEqual({ n: 2 });
  });

  it('has a deadline and a signal', async () => {
    const { vm } = await connected();
    const late = vm.waitFor('A', undefined, { timeout: 10 });
    await expect(late).rejects.toBeInstanceOf(TimeoutError);
    const abort = new AbortController();
    const aborted = vm.waitFor('A', undefined, { signal: abort.signal });
    abort.abort();
    await expect(aborted).rejects.toBeInstanceOf(AbortError);
    const never = vm.waitFor('A', undefined, { signal: abort.signal });
    await expect(never).rejects.toBeInstanceOf(AbortError);
  });

  it('rejects when the connection ends first, also when nobody waits any more', async () => {
    const { vm, peer } = await connected();
    const waiting = vm.waitFor('A');
    vm.waitFor('B');
    peer.end();
    await expect(waiting).rejects.toMatchObject({ name: 'ConnectionError', message: /before A/ });
    await expect(vm.waitFor('A')).rejects.toBeInstanceOf(ConnectionError);
    await tick();
  });

  it('rejects with what the condition throws', async () => {
    const { vm, peer } = await connected();
    const waiting = vm.waitFor('A', () => {
      throw new Error('mine');
    });
    peer.send(event('A'));
    await expect(waiting).rejects.toThrow('mine');
  });
});

describe('timestamps', () => {
  it('stay exact and give a date', async () => {
    const { vm, peer } = await connected();
    const stream = vm.events();
    peer.send('{"event": "A", "timestamp": {"seconds": 1795187998, "microseconds": 291898}}\n');
    const { value } = await stream.next();
    expect(value?.timestamp).toEqual({ seconds: 1795187998, microseconds: 291898 });
    expect(value && eventDate(value)?.toISOString()).toBe('2026-11-20T15:19:58.291Z');
  });

  it('give no date where the server had none', () => {
    expect(eventDate({ timestamp: { seconds: -1, microseconds: -1 } })).toBeUndefined();
    expect(eventDate({})).toBeUndefined();
    for (const strange of [2n ** 63n, 'now', null, {}, 1e300]) {
      expect(eventDate(JSON.parse('{}', () => ({ timestamp: { seconds: strange } })))).toBe(
        undefined,
      );
    }
    expect(eventDate({ timestamp: { seconds: 0, microseconds: 0 } })?.getTime()).toBe(0);
  });
});
