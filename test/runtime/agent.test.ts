import { CommandError, connectSdk, ProtocolError, TimeoutError } from '@qapi-ts/runtime';
import { describe, expect, it } from 'vitest';
import { describeWithShared } from '../support/shared.js';
import { transcripts } from '../support/transcripts.js';
import { type AnyClient, Peer, tick } from './peer.js';

const SDK = {
  protocol: 'qga',
  commands: 'guest-ping guest-info guest-shutdown',
  silent: ['guest-shutdown'],
} as const;

const FF = Uint8Array.of(0xff);
const PARSE_ERROR = { error: { class: 'GenericError', desc: "JSON parse error, stray '\\uFFFD'" } };

/** Answers the synchronization that comes next, as the agent does: noise first. */
async function synchronize(peer: Peer): Promise<void> {
  const sync = await peer.take();
  expect(sync.execute).toBe('guest-sync-delimited');
  expect(sync.text.startsWith('\ufffd{')).toBe(true);
  peer.send(`${JSON.stringify(PARSE_ERROR)}\n`);
  peer.send(FF);
  peer.send(`{"return": ${(sync.arguments as { id: number }).id}}\n`);
}

async function connected(options = {}): Promise<{ ga: AnyClient; peer: Peer }> {
  const peer = new Peer();
  const connecting = connectSdk<AnyClient>(SDK, peer.address, options);
  await synchronize(peer);
  return { ga: await connecting, peer };
}

describe('a guest agent', () => {
  it('is synchronized first, and has no greeting', async () => {
    const { ga, peer } = await connected();
    expect(peer.raw.charCodeAt(0)).toBe(0xff);
    expect(ga.greeting).toBeUndefined();
    const ping = ga.execute('guest-ping');
    const { id, execute } = await peer.take();
    expect({ id, execute }).toEqual({ id: undefined, execute: 'guest-ping' });
    peer.send('{"return": {}}\n');
    expect(await ping).toEqual({});
  });

  it('may have the remains of earlier sessions before the answer', async () => {
    const peer = new Peer();
    const connecting = connectSdk<AnyClient>(SDK, peer.address);
    const sync = await peer.take();
    const { id } = sync.arguments as { id: number };
    peer.send('urn": "half of a stale reply\\"}}\n{"return": {}}\n');
    peer.send(FF);
    peer.send(`{"return": ${id === 5 ? 6 : 5}}\n{"return": {"half": [`);
    peer.send(Buffer.concat([Buffer.from('"\xff{"return": 7}\n', 'latin1'), FF]));
    for (const char of `{"return": ${id}}\n`) peer.send(char);
    const ga = await connecting;
    const ping = ga.execute('guest-ping');
    await peer.take();
    peer.send('{"return": 1}\n');
    expect(await ping).toBe(1);
  });

  it('gets one command after the other', async () => {
    const { ga, peer } = await connected();
    const results = Promise.all([ga.execute('a'), ga.execute('b').catch((error) => error)]);
    expect((await peer.take()).execute).toBe('a');
    await tick();
    expect(peer.pending).toBe(false);
    peer.send('{"return": "A"}\n');
    expect((await peer.take()).execute).toBe('b');
    peer.send('{"error": {"class": "CommandNotFound", "desc": "no b"}}\n');
    const [a, b] = await results;
    expect(a).toBe('A');
    expect(b).toBeInstanceOf(CommandError);
  });

  it('is synchronized again after a command that was given up', async () => {
    const { ga, peer } = await connected();
    const slow = ga.execute('slow', {}, { timeout: 10 });
    await peer.take();
    await expect(slow).rejects.toMatchObject({ name: 'TimeoutError', outcome: 'unknown' });
    await tick();
    expect(peer.pending).toBe(false);
    const next = ga.execute('next');
    peer.send('{"return": "late reply of slow"}\n');
    await synchronize(peer);
    expect((await peer.take()).execute).toBe('next');
    peer.send('{"return": "right"}\n');
    expect(await next).toBe('right');
  });

  it('is asked again when it does not answer a synchronization, as after a reboot', async () => {
    const { ga, peer } = await connected();
    const first = ga.execute('first', {}, { timeout: 10 });
    await peer.take();
    await expect(first).rejects.toBeInstanceOf(TimeoutError);
    const second = ga.execute('second', {}, { timeout: 10 });
    const lost = await peer.take();
    expect(lost.execute).toBe('guest-sync-delimited');
    await expect(second).rejects.toMatchObject({ name: 'TimeoutError', outcome: 'unknown' });
    const third = ga.execute('third');
    await synchronize(peer);
    expect((await peer.take()).execute).toBe('third');
    peer.send('{"return": 3}\n');
    expect(await third).toBe(3);
  });

  it('does not answer some commands unless they fail', async () => {
    const { ga, peer } = await connected();
    const shutdown = ga.execute('guest-shutdown');
    const ping = ga.execute('guest-ping');
    expect((await peer.take()).execute).toBe('guest-shutdown');
    expect(await shutdown).toEqual({});
    await synchronize(peer);
    expect((await peer.take()).execute).toBe('guest-ping');
    peer.send('{"return": {}}\n');
    await ping;

    const refused = ga.execute('guest-shutdown', { mode: 'x' });
    await peer.take();
    peer.send('{"error": {"class": "GenericError", "desc": "no such mode"}}\n');
    await expect(refused).rejects.toMatchObject({ desc: 'no such mode' });
  });

  it('fails the command whose reply makes no sense, and goes on', async () => {
    const { ga, peer } = await connected();
    const bad = ga.execute('bad').catch((error) => error);
    await peer.take();
    peer.send('garbage}}\n');
    expect(await bad).toBeInstanceOf(ProtocolError);
    expect(await bad).toMatchObject({ code: 'malformed', message: /^bad: / });
    const next = ga.execute('next');
    await synchronize(peer);
    await peer.take();
    peer.send('{"return": 1}\n');
    expect(await next).toBe(1);
  });

  it('has a deadline for its first answer', async () => {
    const peer = new Peer();
    const connecting = connectSdk(SDK, peer.address, { negotiationTimeout: 10 });
    await expect(connecting).rejects.toBeInstanceOf(TimeoutError);
    await peer.closed;
  });

  it('has no out-of-band execution', async () => {
    const { ga } = await connected();
    const urgent = ga.execute('guest-ping', {}, { oob: true });
    await expect(urgent).rejects.toMatchObject({ code: 'oob-unavailable' });
  });
});

describeWithShared('recorded synchronizations', () => {
  const answers = transcripts()
    .filter(({ name, agent }) => agent && /g01|half-line-sync/.test(name))
    .flatMap(({ name, records }) =>
      records.flatMap(({ dir, bytes }, at) => {
        const text = Buffer.from(bytes).toString('latin1');
        const asked = dir === 'C' ? /sync-delimited.*"id":(\d+)/s.exec(text)?.[1] : undefined;
        if (!asked) return [];
        const end = records.findIndex((record, n) => n > at && record.dir === 'C');
        const replies = records.slice(at + 1, end < 0 ? undefined : end);
        const all = Buffer.concat(replies.filter((r) => r.dir === 'S').map((r) => r.bytes));
        return [{ name, asked, answer: all.toString('latin1') }];
      }),
    );

  it.each(answers)('$name, id $asked', async ({ asked, answer }) => {
    for (let cut = 0; cut <= answer.length; cut += 7) {
      const peer = new Peer();
      const connecting = connectSdk<AnyClient>(SDK, peer.address);
      const { id } = (await peer.take()).arguments as { id: number };
      const bytes = Buffer.from(answer.replace(`"return": ${asked}`, `"return": ${id}`), 'latin1');
      peer.send(bytes.subarray(0, cut));
      peer.send(bytes.subarray(cut));
      await (await connecting).close();
    }
  });
});
