import { connectSdk, type Link, type Opener } from '@qapi-ts/runtime';
import { describe, expect, it } from 'vitest';
import { streamLink } from '../../runtime/transport/node.js';
import { type AnyClient, event, GREETING, Peer, SDK, tick } from './peer.js';

/** A server that can be reached again and again, or not. */
function reachable(plan: (attempt: number) => Peer | Error) {
  const peers: Peer[] = [];
  let attempts = 0;
  const opener: Opener = {
    name: 'test',
    open: async (): Promise<Link> => {
      const next = plan(attempts++);
      if (next instanceof Error) throw next;
      peers.push(next);
      return streamLink(next.address);
    },
  };
  return { opener, peers, attempts: () => attempts };
}

const greeter = () => {
  const peer = new Peer();
  peer.send(GREETING);
  peer.answer().catch(() => {});
  return peer;
};

const reconnect = { minDelay: 1, maxDelay: 4 };

describe('reconnecting', () => {
  it('negotiates again, tells the gap among the events, and repeats no command', async () => {
    const { opener, peers } = reachable((attempt) =>
      attempt === 1 || attempt === 2 ? new Error('refused') : greeter(),
    );
    const vm = await connectSdk<AnyClient>(SDK, opener, { reconnect });
    const seen: string[] = [];
    const all = (async () => {
      for await (const { event } of vm.events()) seen.push(event);
    })();
    const stop = vm.events('STOP');
    const waiting = vm.waitFor('STOP').catch((error) => error);
    const lost = vm.waitFor('CONNECTION_LOST');
    const restored = vm.waitFor('CONNECTION_RESTORED');
    const pending = vm.execute('stop').catch((error) => error);
    await peers[0]?.take();
    peers[0]?.send(event('RESUME'));
    await tick();
    peers[0]?.address.destroy(new Error('gone'));

    expect(await pending).toMatchObject({ name: 'ConnectionError', outcome: 'unknown' });
    expect((await lost).data).toMatchObject({ reason: { code: 'connection-lost' } });
    await expect(vm.execute('x')).rejects.toMatchObject({ outcome: 'not-sent' });
    expect(await waiting).toMatchObject({ name: 'ConnectionError', message: /before STOP/ });
    expect((await restored).data).toEqual({ attempts: 3 });

    const result = vm.execute('query-status');
    expect(await peers[1]?.answer({ return: 1 })).toMatchObject({ execute: 'query-status' });
    expect(await result).toBe(1);
    peers[1]?.send(event('STOP'));
    expect((await stop.next()).value?.event).toBe('STOP');
    await vm.close();
    await all;
    expect(seen).toEqual(['RESUME', 'CONNECTION_LOST', 'CONNECTION_RESTORED', 'STOP']);
    expect(await vm.closed).toBeUndefined();
  });

  it('goes on as often as needed, also when the server ends in order', async () => {
    const { opener, peers } = reachable(greeter);
    const vm = await connectSdk<AnyClient>(SDK, opener, { reconnect });
    for (let n = 0; n < 5; n++) {
      const restored = vm.waitFor('CONNECTION_RESTORED');
      peers[n]?.end();
      await restored;
    }
    expect(peers).toHaveLength(6);
    await vm.close();
  });

  it('gives up after the attempts it may make', async () => {
    const { opener, peers, attempts } = reachable((n) => (n ? new Error('refused') : greeter()));
    const vm = await connectSdk<AnyClient>(SDK, opener, {
      reconnect: { ...reconnect, attempts: 3 },
    });
    const stream = vm.events('STOP');
    peers[0]?.address.destroy(new Error('gone'));
    expect(await vm.closed).toMatchObject({ code: 'connection-lost' });
    expect(attempts()).toBe(4);
    expect((await stream.next()).done).toBe(true);
  });

  it('does not come back after quit or close', async () => {
    const { opener, peers, attempts } = reachable(greeter);
    const vm = await connectSdk<AnyClient>(SDK, opener, { reconnect });
    const quit = vm.execute('quit');
    await peers[0]?.answer();
    peers[0]?.address.destroy(new Error('ECONNRESET'));
    await quit;
    expect(await vm.closed).toBeUndefined();
    expect(attempts()).toBe(1);
  });

  it('stops when it is closed in between', async () => {
    const { opener, peers } = reachable((n) => (n ? new Error('refused') : greeter()));
    const vm = await connectSdk<AnyClient>(SDK, opener, { reconnect: { minDelay: 60_000 } });
    const lost = vm.waitFor('CONNECTION_LOST');
    peers[0]?.address.destroy(new Error('gone'));
    await lost;
    await vm.close();
    await vm.closed;
  });
});
