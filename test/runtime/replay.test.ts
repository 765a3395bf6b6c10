import { connectSdk } from '@qapi-ts/runtime';
import { expect, it } from 'vitest';
import { describeWithShared } from '../support/shared.js';
import { type Transcript, transcripts } from '../support/transcripts.js';
import { random } from './chaos.js';
import { type AnyClient, connected, GREETING, Peer, SDK, tick } from './peer.js';

const GREETED = /\{\s*"QMP"[\s\S]*?\]\s*\}\s*\}\s*/g;

/** What the server sent on each connection, cut anew. */
function streams(transcript: Transcript, seed: number): Uint8Array[][] {
  const connections = new Map<string, Uint8Array[]>();
  for (const { dir, bytes, connection } of transcript.records) {
    if (dir === 'S') connections.set(connection, [...(connections.get(connection) ?? []), bytes]);
  }
  const next = random(seed);
  return [...connections.values()].map((chunks) => {
    // Its greetings, of which some servers send two, are left out: their answers would have ids that
    // were recorded for others.
    const text = Buffer.concat(chunks).toString('latin1');
    const whole = Buffer.from(text.replace(GREETED, ''), 'latin1');
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < whole.length; ) {
      const end = at + 1 + Math.floor(next() * 3000);
      pieces.push(whole.subarray(at, end));
      at = end;
    }
    return pieces;
  });
}

const all = transcripts();

describeWithShared('a client that hears a recorded session', () => {
  it.each(all.filter(({ agent }) => !agent).map((one) => [one.name, one] as const))(
    'of a monitor keeps its step: %s',
    async (_name, transcript) => {
      for (const pieces of streams(transcript, 3)) {
        const { vm, peer } = await connected({ oob: false });
        const seen: string[] = [];
        const reading = (async () => {
          for await (const { event } of vm.events({ buffer: 100_000 })) seen.push(event);
        })();
        for (const piece of pieces) peer.send(piece);
        while (peer.address.readableLength > 0) await tick();
        await tick();
        const answer = vm.execute('query-status');
        expect(await peer.answer({ return: 'right' })).toMatchObject({ execute: 'query-status' });
        expect(await answer).toBe('right');
        await vm.close();
        await reading;
        const text = Buffer.concat(pieces).toString('latin1');
        expect(seen.length).toBe(text.match(/"event": "/g)?.length ?? 0);
      }
    },
  );

  it.each(all.filter(({ agent }) => agent).map((one) => [one.name, one] as const))(
    'of an agent finds its step again: %s',
    async (_name, transcript) => {
      for (const pieces of streams(transcript, 4)) {
        const peer = new Peer();
        const synchronize = async () => {
          const { execute, arguments: args } = await peer.take();
          expect(execute).toBe('guest-sync-delimited');
          peer.send(Buffer.from(`\xff{"return": ${(args as { id: number }).id}}\n`, 'latin1'));
        };
        const sdk = { protocol: 'qga', commands: 'guest-ping' } as const;
        const connecting = connectSdk<AnyClient>(sdk, peer.address);
        for (const piece of pieces) peer.send(piece);
        await synchronize();
        const ga = await connecting;
        for (const piece of pieces) peer.send(piece);
        while (peer.address.readableLength > 0) await tick();
        await tick();
        const ping = ga.execute('guest-ping');
        const next = await peer.take();
        if (next.execute === 'guest-sync-delimited') {
          const { id } = next.arguments as { id: number };
          peer.send(Buffer.from(`\xff{"return": ${id}}\n`, 'latin1'));
          await peer.take();
        }
        peer.send('{"return": {}}\n');
        expect(await ping).toEqual({});
        await ga.close();
      }
    },
  );

  it('has the whole of what was recorded', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(GREETING).toContain(SDK.protocol.toUpperCase());
  });
});
