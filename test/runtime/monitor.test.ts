import {
  CommandError,
  ConnectionError,
  connectSdk,
  ProtocolError,
  TimeoutError,
} from '@qapi-ts/runtime';
import { describe, expect, it } from 'vitest';
import { type AnyClient, connected, event, GREETING, Peer, SDK, tick } from './peer.js';

const connect = (peer: Peer, options = {}) => connectSdk<AnyClient>(SDK, peer.address, options);

describe('greeting and negotiation', () => {
  it.each([
    [
      '{"QMP": {"version": {"qemu": "0.12.50", "package": ""}, "capabilities": []}}',
      [0, 12, 50],
      [],
    ],
    [
      '{"QMP": {"version": {"qemu": {"major": 7, "minor": 2, "micro": 1}, "package": "d"}, "capabilities": ["oob"]}}',
      [7, 2, 1],
      ['oob'],
    ],
    ['{"QMP": {"capabilities": []}}', [0, 0, 0], []],
    ['{"QMP": {"version": null, "capabilities": null, "x": 1}, "__com.y": 2}', [0, 0, 0], []],
    ['{"QMP": {}}', [0, 0, 0], []],
  ])('reads %s', async (greeting, [major, minor, micro], capabilities) => {
    const { vm } = await connected({}, { greeting });
    expect(vm.greeting).toMatchObject({ qemu: { major, minor, micro }, capabilities });
  });

  it('enables out-of-band execution where it is offered and wanted', async () => {
    const peer = new Peer();
    peer.send(GREETING);
    const connecting = connect(peer);
    const { execute, arguments: args } = await peer.take();
    expect({ execute, args }).toEqual({ execute: 'qmp_capabilities', args: { enable: ['oob'] } });
    peer.send({ return: {}, id: 1 });
    await (await connecting).close();

    const plain = new Peer();
    plain.send(GREETING);
    const other = connect(plain, { oob: false });
    expect((await plain.take()).arguments).toBeUndefined();
    plain.send({ return: {}, id: 1 });
    await (await other).close();
  });

  it('takes events before the greeting and before the reply', async () => {
    const peer = new Peer();
    peer.send(event('RESUME'));
    peer.send(GREETING);
    const connecting = connect(peer);
    peer.send(event('STOP'));
    await peer.answer();
    expect((await connecting).greeting?.qemu.major).toBe(10);
  });

  it('takes a reply to the negotiation that has no id', async () => {
    const peer = new Peer();
    peer.send('{"QMP": {}}');
    const connecting = connect(peer);
    await peer.take();
    peer.send({ return: {} });
    await connecting;
  });

  it('negotiates again after a second greeting, before or after the reply', async () => {
    const peer = new Peer();
    peer.send(GREETING + GREETING);
    const connecting = connect(peer);
    await peer.answer();
    await peer.answer({ error: { class: 'CommandNotFound', desc: 'already' } });
    const vm = await connecting;

    peer.send(GREETING);
    await tick();
    const status = vm.execute('query-status');
    expect(await peer.answer()).toMatchObject({ execute: 'qmp_capabilities' });
    expect(await peer.answer({ return: 5 })).toMatchObject({ execute: 'query-status' });
    expect(await status).toBe(5);
  });

  it('says when the server refuses', async () => {
    const peer = new Peer();
    peer.send(GREETING);
    const connecting = connect(peer);
    await Promise.all([
      expect(connecting).rejects.toMatchObject({ code: 'negotiation-refused', message: /no way/ }),
      peer.answer({ error: { class: 'GenericError', desc: 'no way' } }),
    ]);
    await peer.closed;
  });

  it.each([
    'SSH-2.0-OpenSSH_9.2\r\n',
    'HTTP/1.1 400 Bad Request\r\n\r\n',
    '{"hello": 1}\n',
    '{"return": {}}\n',
    '{"error": {"class": "GenericError", "desc": "x"}}\n',
    '\u0000\u0001\u0002',
  ])('says when the server is not QMP: %j', async (text) => {
    const peer = new Peer();
    peer.send(text);
    const failure = await connect(peer).catch((error) => error);
    expect(failure).toBeInstanceOf(ProtocolError);
    expect(failure).toMatchObject({ code: 'not-qmp' });
    await peer.closed;
  });

  it('waits for a silent server no longer than the deadline', async () => {
    const peer = new Peer();
    const connecting = connect(peer, { negotiationTimeout: 20 });
    await expect(connecting).rejects.toBeInstanceOf(TimeoutError);
    await peer.closed;
    const late = new Peer();
    late.send(GREETING);
    await expect(connect(late, { negotiationTimeout: 20 })).rejects.toBeInstanceOf(TimeoutError);
  });

  it('says when the server ends at once', async () => {
    const peer = new Peer();
    peer.end();
    await expect(connect(peer)).rejects.toMatchObject({ code: 'connection-closed' });
  });
});

describe('commands', () => {
  it('match their replies in any order', async () => {
    const { vm, peer } = await connected({ oob: false });
    const results = Promise.all(['a', 'b', 'c'].map((name) => vm.execute(name)));
    const sent = [await peer.take(), await peer.take(), await peer.take()];
    for (const { execute, id } of sent.reverse()) peer.send({ return: execute, id });
    expect(await results).toEqual(['a', 'b', 'c']);
  });

  it('send arguments, bigints included, and give replies whole', async () => {
    const { vm, peer } = await connected();
    const result = vm.execute('x', { size: 2n ** 64n - 1n, list: [1n], 'node-name': 'é' });
    const { text } = await peer.take();
    expect(text).toContain('"arguments":{"size":18446744073709551615,"list":[1],"node-name":"é"}');
    peer.send('{"id": 2, "return": {"size": 18446744073709551615, "__com.x": [1.5]}, "__y": 0}\n');
    expect(await result).toEqual({ size: 18446744073709551615n, '__com.x': [1.5] });
  });

  it.each([[{}], ['OK'], [null], [[]], [false], [0], ['']])('return %j as it is', async (value) => {
    const { vm, peer } = await connected();
    const result = vm.execute('x');
    await peer.answer({ return: value });
    expect(await result).toEqual(value);
  });

  it('have methods, each with the same effect', async () => {
    const { vm, peer } = await connected();
    const { queryStatus } = vm as unknown as { queryStatus(): Promise<unknown> };
    expect('then' in vm).toBe(false);
    const result = queryStatus.call(vm);
    expect(await peer.answer({ return: 1 })).toMatchObject({ execute: 'query-status' });
    expect(await result).toBe(1);
  });

  it.each([
    [{ class: 'GenericError', desc: 'd' }, 'GenericError', 'd', undefined],
    [
      { class: 'DeviceNotRemovable', data: { device: 'v' }, desc: 'd' },
      'DeviceNotRemovable',
      'd',
      { device: 'v' },
    ],
    [{ class: 'JSONParsing', data: {} }, 'JSONParsing', 'JSONParsing', {}],
    [{ desc: 'd', later: 1 }, 'GenericError', 'd', undefined],
    [{}, 'GenericError', 'GenericError', undefined],
  ])('reject with the error %j', async (error, type, desc, data) => {
    const { vm, peer } = await connected();
    const failure = vm.execute('x').catch((caught) => caught);
    await peer.answer({ error });
    const caught = (await failure) as CommandError;
    expect(caught).toBeInstanceOf(CommandError);
    expect(caught).toMatchObject({ class: type, desc, command: 'x', code: 'command-failed' });
    expect(caught.data).toEqual(data);
    expect(caught.wire).toEqual(error);
    expect(caught.message).toBe(`x: ${desc}`);
  });

  it.each([['text'], [5], [true], [null]])('survive an error that is %j', async (error) => {
    const { vm, peer } = await connected();
    const failure = vm.execute('x').catch((caught) => caught);
    await peer.answer({ error });
    expect(await failure).toBeInstanceOf(CommandError);
  });

  it('take ids of the caller, objects in any order of members', async () => {
    const { vm, peer } = await connected();
    const first = vm.execute('a', {}, { id: { b: [1, { y: 1, x: null }], a: 2n ** 60n } });
    const second = vm.execute('b', {}, { id: 'text' });
    await expect(vm.execute('c', {}, { id: 'text' })).rejects.toThrow(TypeError);
    const third = vm.execute('c', {}, { id: null });
    for (let n = 0; n < 3; n++) await peer.take();
    peer.send('{"return": "C", "id": null}{"return": "B", "id": "text"}');
    peer.send('{"return": "A", "id": {"a": 1152921504606846976, "b": [1, {"x": null, "y": 1}]}}');
    expect(await Promise.all([first, second, third])).toEqual(['A', 'B', 'C']);
  });

  it('ignore replies of ids never sent, and of every kind', async () => {
    const { vm, peer } = await connected();
    const result = vm.execute('a');
    const { id } = await peer.take();
    for (const stranger of [99, '2', [2], { id: 2 }, true, 1e300, -1]) {
      peer.send({ return: 'wrong', id: stranger });
      peer.send({ error: { desc: 'wrong' }, id: stranger });
    }
    peer.send({ unknown: 1 });
    peer.send({ return: 'right', id });
    expect(await result).toBe('right');
  });

  it('fail alone when their reply has a number that is none', async () => {
    const { vm, peer } = await connected();
    const bad = vm.execute('a').catch((caught) => caught);
    const good = vm.execute('b');
    const { id } = await peer.take();
    peer.send(`{"return": {"v": inf}, "id": ${id}}\r\n`);
    await peer.answer({ return: 'fine' });
    expect(await bad).toMatchObject({ name: 'ProtocolError', code: 'malformed', message: /^a: / });
    expect(await good).toBe('fine');
  });
});

describe('replies without an id', () => {
  it('are errors of the command that the server could not parse, and never shift answers', async () => {
    const { vm, peer } = await connected({ oob: false });
    const settled = Promise.allSettled(['a', 'bad', 'c'].map((name) => vm.execute(name)));
    const [a, , c] = [await peer.take(), await peer.take(), await peer.take()];
    peer.send({ return: 'A', id: a?.id });
    for (const desc of ['first', 'second', 'third']) {
      peer.send({ error: { class: 'GenericError', desc } });
    }
    peer.send({ return: 'C', id: c?.id });
    const fence = await peer.take();
    const later = vm.execute('d');
    const d = await peer.take();
    peer.send({ error: { class: 'CommandNotFound', desc: 'negotiated' }, id: fence.id });
    peer.send({ return: 'D', id: d.id });
    const [first, second, third] = await settled;
    expect(first).toMatchObject({ value: 'A' });
    expect(second).toMatchObject({
      reason: { name: 'CommandError', command: 'bad', desc: 'first' },
    });
    expect(third).toMatchObject({ value: 'C' });
    expect(await later).toBe('D');
  });

  it('are given to the only command there is', async () => {
    const { vm, peer } = await connected();
    const result = vm.execute('a');
    await peer.take();
    peer.send({ return: 1 });
    expect(await result).toBe(1);
  });

  it('end the connection when they cannot be given to one', async () => {
    const { vm, peer } = await connected();
    const results = Promise.allSettled([vm.execute('a'), vm.execute('b')]);
    await peer.take();
    peer.send({ return: 1 });
    for (const result of await results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { outcome: 'unknown' } });
    }
    expect(await vm.closed).toMatchObject({ cause: { code: 'unattributed' } });
  });

  it('are nobody’s when no command is in flight', async () => {
    const { vm, peer } = await connected();
    peer.send({ error: { class: 'GenericError', desc: 'stray' } });
    peer.send({ return: 'stray' });
    await tick();
    const result = vm.execute('a');
    await peer.answer({ return: 1 });
    expect(await result).toBe(1);
  });
});

describe('out-of-band execution', () => {
  it('keeps eight in-band commands in flight and overtakes the rest', async () => {
    const { vm, peer } = await connected();
    const order: string[] = [];
    const all = Array.from({ length: 20 }, (_, n) =>
      vm.execute(`c${n}`).then(() => order.push(`c${n}`)),
    );
    const urgent = vm.execute('yank', {}, { oob: true }).then(() => order.push('yank'));
    const sent = [];
    for (let n = 0; n < 9; n++) sent.push(await peer.take());
    await tick();
    expect(peer.pending).toBe(false);
    const last = sent.pop();
    expect(last?.text).toContain('"exec-oob":"yank"');
    peer.send({ return: {}, id: last?.id });
    await urgent;
    for (const { id } of sent) peer.send({ return: {}, id });
    for (let n = 8; n < 20; n++) expect(await peer.answer()).toMatchObject({ execute: `c${n}` });
    await Promise.all(all);
    expect(order).toEqual(['yank', ...Array.from({ length: 20 }, (_, n) => `c${n}`)]);
  });

  it('counts a command that was given up until its reply has come', async () => {
    const { vm, peer } = await connected();
    const abort = new AbortController();
    const eight = Array.from({ length: 8 }, () => vm.execute('slow', {}, { signal: abort.signal }));
    const ninth = vm.execute('ninth');
    const sent = [];
    for (let n = 0; n < 8; n++) sent.push(await peer.take());
    abort.abort();
    await Promise.allSettled(eight);
    await tick();
    expect(peer.pending).toBe(false);
    peer.send({ return: {}, id: sent[3]?.id });
    expect(await peer.answer({ return: 9 })).toMatchObject({ execute: 'ninth' });
    expect(await ninth).toBe(9);
  });

  it('is refused where it is not negotiated', async () => {
    const { vm } = await connected({ oob: false });
    await expect(vm.execute('yank', {}, { oob: true })).rejects.toMatchObject({
      code: 'oob-unavailable',
      outcome: 'not-sent',
    });
  });

  it('says which command a server of 2.12 dropped', async () => {
    const { vm, peer } = await connected();
    const dropped = vm.execute('a').catch((caught) => caught);
    const kept = vm.execute('b');
    const { id } = await peer.take();
    peer.send(event('COMMAND_DROPPED', { id: 1234, reason: 'queue-full' }));
    peer.send(event('COMMAND_DROPPED', { id: id as number, reason: 'queue-full' }));
    peer.send(event('COMMAND_DROPPED'));
    expect(await dropped).toMatchObject({ code: 'command-dropped', outcome: 'not-sent' });
    await peer.answer({ return: 1 });
    expect(await kept).toBe(1);
  });
});

describe('the message limit', () => {
  it('ends the connection with a clear error', async () => {
    const { vm, peer } = await connected({ messageLimit: 1000 });
    const result = vm.execute('a').catch((caught) => caught);
    await peer.take();
    peer.send(`{"return": "${'x'.repeat(2000)}`);
    expect(await result).toMatchObject({ name: 'ConnectionError', outcome: 'unknown' });
    const end = await vm.closed;
    expect(end).toBeInstanceOf(ConnectionError);
    expect(end?.cause).toMatchObject({
      code: 'too-large',
      message: /longer than the limit of 1000/,
    });
  });
});

describe('the trace', () => {
  it('sees every message both ways, with secrets masked', async () => {
    const seen: { direction: string; message: object; time: number }[] = [];
    const sdk = { ...SDK, secrets: { set: ['password', 'more.key', 'list.pin', 'absent'] } };
    const { vm, peer } = await connected({ trace: (entry) => seen.push(entry) }, { sdk });
    const args = {
      password: 'p',
      more: { key: 1, open: 2 },
      list: [{ pin: 3 }, 4],
      size: 2n ** 60n,
    };
    const result = vm.execute('set', args);
    const { text } = await peer.take();
    expect(text).toContain('"password":"p"');
    peer.send(event('STOP'));
    peer.send({ return: {}, id: 2 });
    await result;
    expect(seen.map(({ direction }) => direction).join(' ')).toBe(
      'received sent received sent received received',
    );
    expect(seen[3]?.message).toEqual({
      execute: 'set',
      id: 2,
      arguments: {
        password: '***',
        more: { key: '***', open: 2 },
        list: [{ pin: '***' }, 4],
        size: 2n ** 60n,
      },
    });
    expect(seen[4]?.message).toEqual(event('STOP'));
    expect(Math.abs((seen[0]?.time ?? 0) - Date.now())).toBeLessThan(10_000);
    expect(args.password).toBe('p');
  });
});
