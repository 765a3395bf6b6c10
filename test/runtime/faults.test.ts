import {
  AbortError,
  CommandError,
  ConnectionError,
  connectSdk,
  ProtocolError,
  TimeoutError,
} from '@qapi-ts/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChaosServer, type Faults, random } from './chaos.js';
import { type AnyClient, connected, event, GREETING, Peer, SDK, tick } from './peer.js';

/** The long mode is for a nightly run. */
const long = process.env.QAPI_TS_LONG === '1';

const KINDS = [CommandError, ConnectionError, ProtocolError, TimeoutError, AbortError];

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', onUnhandled));
afterAll(() => {
  process.off('unhandledRejection', onUnhandled);
  expect(unhandled).toEqual([]);
});

/** One session: commands, some with deadlines or aborts, and their fates. */
async function session(seed: number): Promise<{ answered: number; failed: number }> {
  const next = random(seed ^ 0x5eed);
  const likely = (limit: number) => (next() < 0.3 ? next() * limit : 0);
  const faults: Faults = {
    drop: likely(0.1),
    garbage: likely(0.05),
    half: likely(0.03),
    kill: likely(0.03),
    delay: likely(0.3),
    noise: next() * 0.3,
  };
  const server = new ChaosServer(seed, faults);
  const reconnect = next() < 0.4 ? { minDelay: 1, maxDelay: 3, attempts: 5 } : false;
  const vm = await connectSdk<AnyClient>(SDK, server.opener(), {
    ...{ reconnect, commandTimeout: 60, negotiationTimeout: 2000 },
  });
  const stream = vm.events('NOISE');
  const reading = (async () => {
    for await (const item of stream) expect(item.data).toEqual({ n: 1 });
  })();
  const result = { answered: 0, failed: 0 };
  const all: Promise<void>[] = [];
  const count = 5 + Math.floor(next() * 30);
  let given = 0;
  for (let n = 0; n < count; n++) {
    const abort = new AbortController();
    const aborts = next() < 0.1;
    given += aborts ? 1 : 0;
    const args = { n, seed, text: 'x{"\\'.repeat(Math.floor(next() * 20)), big: 2n ** 60n + 1n };
    let settled = 0;
    all.push(
      vm.execute('echo', args, aborts ? { signal: abort.signal } : {}).then(
        (value) => {
          settled++;
          // The server reads and writes it as a double.
          expect(value).toEqual({ ...args, big: 1152921504606847000n });
          result.answered++;
        },
        (error) => {
          settled++;
          expect(KINDS.some((kind) => error instanceof kind)).toBe(true);
          if (!(error instanceof AbortError)) expect(error.message).toMatch(/^echo/);
          result.failed++;
        },
      ),
    );
    if (aborts) setTimeout(() => abort.abort(), next() * 5);
    if (next() < 0.2) await tick(next() * 3);
    expect(settled).toBeLessThan(2);
  }
  await Promise.all(all);
  expect(result.answered + result.failed).toBe(count);
  if (!server.faulty && given === 0 && faults.delay === 0) expect(result.failed).toBe(0);
  await vm.close();
  await reading;
  return result;
}

describe('faults', () => {
  const sessions = long ? 3000 : 100;

  it(`${sessions} sessions settle each command once, rightly`, { timeout: 3_600_000 }, async () => {
    const total = { answered: 0, failed: 0 };
    const seeds = Array.from({ length: sessions }, (_, seed) => seed);
    const worker = async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const { answered, failed } = await session(seed);
        total.answered += answered;
        total.failed += failed;
      }
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    console.log(`${sessions} sessions: ${total.answered} answered, ${total.failed} failed`);
    expect(total.answered).toBeGreaterThan(sessions * 10);
    expect(total.failed).toBeGreaterThan(sessions / 2);
    expect('polluted' in {}).toBe(false);
  });
});

describe('load', () => {
  const count = long ? 10_000_000 : 200_000;

  it(`the heap is flat after ${count} messages`, { timeout: 3_600_000 }, async () => {
    const { vm, peer } = await connected({ oob: false });
    const stream = vm.events('WANTED', { buffer: 16 });
    const piece = `${[0, 1, 2, 3, 4, 5, 6, 7]
      .map((n) => JSON.stringify(event(n === 3 ? 'WANTED' : 'OTHER', { n })))
      .join('\r\n')}\r\n`;
    const collect = globalThis.gc ?? (() => {});
    const round = async (messages: number) => {
      for (let n = 0; n < messages; n += 1000) {
        for (let k = 0; k < 1000; k += 10) {
          peer.send(piece);
          peer.send({ return: {}, id: -1 });
        }
        const done = vm.execute('x');
        await peer.answer();
        await done;
        peer.raw = '';
      }
      collect();
      await tick();
      collect();
      return process.memoryUsage().heapUsed;
    };
    await round(count / 10);
    const before = await round(count / 10);
    const after = await round(count);
    console.log(`heap after ${count} messages: ${((after - before) / 1024).toFixed(0)} KiB more`);
    // Without --expose-gc the figure holds garbage, which has a bound of its own.
    expect(after - before).toBeLessThan(globalThis.gc ? 1_000_000 : 40_000_000);
    expect(stream.dropped).toBeGreaterThan(count / 10 - 100);
    await vm.close();
  });

  it('1,000 connections live in one process', async () => {
    const before = process.memoryUsage();
    const all = await Promise.all(Array.from({ length: 1000 }, () => connected()));
    await Promise.all(
      all.map(async ({ vm, peer }, n) => {
        const result = vm.execute('x');
        await peer.answer({ return: n });
        expect(await result).toBe(n);
      }),
    );
    const after = process.memoryUsage();
    const each = (after.heapUsed - before.heapUsed) / 1000;
    console.log(`${(each / 1024).toFixed(1)} KiB of heap for each connection, both ends included`);
    expect(each).toBeLessThan(100_000);
    await Promise.all(all.map(({ vm }) => vm.close()));
  });
});

describe('a hostile server', () => {
  it('that sends a gibibyte without an end is cut at the limit', async () => {
    const { vm, peer } = await connected({ messageLimit: 8 << 20 });
    const piece = 'x'.repeat(65_536);
    peer.send('{"return": "');
    let sent = 0;
    while (sent < 2 ** 30 && !peer.address.destroyed) {
      peer.send(piece);
      sent += piece.length;
      await new Promise((done) => setImmediate(done));
    }
    expect(sent).toBeLessThan(10 << 20);
    expect(await vm.closed).toMatchObject({ cause: { code: 'too-large' } });
  });

  it('that nests a million deep is cut', async () => {
    const { vm, peer } = await connected();
    peer.send(`{"return":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}\n`);
    expect(await vm.closed).toMatchObject({ cause: { code: 'too-large' } });
  });

  it('that nests deep around long integers fails the one reply', async () => {
    const { vm, peer } = await connected();
    const result = vm.execute('x').catch((error) => error);
    const { id } = await peer.take();
    const deep = `${'['.repeat(50_000)}12345678901234567890${']'.repeat(50_000)}`;
    peer.send(`{"return":${deep},"id":${id}}\n`);
    const outcome = await result;
    // What the stack allows differs; what must not happen is a crash or a wrong answer.
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Error);
    else expect(Array.isArray(outcome)).toBe(true);
    await vm.close();
  });

  it.each([
    ['nests 40,000 deep', `${'['.repeat(40_000)}${']'.repeat(40_000)}`],
    ['has strange members', '{"toString":1,"valueOf":{},"__proto__":[]}'],
  ])('whose id %s answers nobody', async (_, id) => {
    const { vm, peer } = await connected();
    const result = vm.execute('x');
    const own = (await peer.take()).id;
    peer.send(`{"return":"wrong","id":${id}}\n`);
    peer.send(`{"error":{"class":"GenericError","desc":"wrong"},"id":${id}}\n`);
    peer.send({ return: 'right', id: own });
    expect(await result).toBe('right');
    await vm.close();
  });

  it('that sends events nobody reads costs no memory', async () => {
    const events = long ? 5_000_000 : 200_000;
    const { vm, peer } = await connected();
    const stream = vm.events();
    const piece = `${JSON.stringify(event('E', { a: 1 }))}\r\n`.repeat(1000);
    for (let n = 0; n < events; n += 1000) {
      peer.send(piece);
      await new Promise((done) => setImmediate(done));
    }
    expect(stream.dropped).toBe(events - 1024);
    await vm.close();
  });

  it('that names each event differently is still followed', async () => {
    const { vm, peer } = await connected();
    const wanted = vm.waitFor('WANTED');
    const names = Array.from({ length: 5000 }, (_, n) => JSON.stringify(event(`E${n}`)));
    peer.send(`${names.join('\r\n')}\r\n`);
    await tick();
    peer.send(`${names.join('\r\n')}\r\n`);
    peer.send(event('WANTED'));
    await wanted;
    await vm.close();
  });

  it('that greets again and again does not fill the queue', async () => {
    const { vm, peer } = await connected();
    peer.send(GREETING.repeat(1000));
    const closed = vm.closed;
    await tick(20);
    await vm.close();
    await closed;
  });

  it.each(['[]', '{}', '""', '{"a":"b"}', '[[1]]', '1e400', '-0', '"\\ud800"'])(
    'that gives the odd id %s is survived',
    async (id) => {
      const { vm, peer } = await connected();
      const result = vm.execute('x');
      await peer.take();
      peer.send(`{"return": 1, "id": ${id}}\n{"error": {}, "id": ${id}}\n`);
      peer.send({ return: 2, id: 2 });
      expect(await result).toBe(2);
      await vm.close();
    },
  );

  it('that never answers leaves nothing behind when it is given up', async () => {
    const peer = new Peer();
    const tries = Array.from({ length: 50 }, () =>
      connectSdk(
        SDK,
        { name: 'mute', open: () => new Promise<never>(() => {}) },
        {
          connectTimeout: 5,
        },
      ).catch((error) => error),
    );
    for (const error of await Promise.all(tries)) expect(error).toBeInstanceOf(TimeoutError);
    peer.end();
  });
});
