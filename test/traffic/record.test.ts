import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectSocket, createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { createMock } from '@qapi-ts/runtime/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LineFile } from '../../generator/traffic/file/writer.js';
import { startRecorder } from '../../generator/traffic/index.js';
import { folderWith } from '../support/files.js';
import { Client, linesOf, recorderOf, secrets, serverDoing } from './support.js';

type RecordedLine = ReturnType<typeof linesOf>[number];

const without = ({ t: _t, conn: _conn, ...rest }: RecordedLine) => rest;

describe('a recording', () => {
  test('has what a client and a server say, as they said it', async () => {
    const mock = createMock({ schema, clock: () => 0, pretty: true });
    await using server = await mock.listen(join(folderWith(), 'qmp'));
    const { recorder, path, file } = await recorderOf(server.address);
    const client = new Client(path);
    await client.until('"QMP"');
    client.send('{"execute":"qmp_capabilities","id":1.0}');
    await client.until('return');
    client.send('{ "execute": "query-name",\n "id" :[18446744073709551615, "\\u00e9"]}\r\n');
    await client.until('18446744073709551615');
    mock.emit('STOP');
    await client.until('STOP');
    client.send("{'execute':'quit'}");
    await client.closed;
    await recorder.first;
    await recorder.close();

    const text = readFileSync(file, 'utf8');
    const [header, ...lines] = linesOf(file);
    expect(header).toEqual({
      format: 'qapi-ts traffic',
      version: 1,
      started: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(text).toContain('{"execute":"qmp_capabilities","id":1.0}');
    expect(text).toContain('{ "execute": "query-name","id" :[18446744073709551615, "\\u00e9"]}');
    expect(text).toContain('{"execute": "quit"}');
    const times = lines.map(({ t }) => Number(t));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every(Number.isSafeInteger)).toBe(true);
    const said = lines.map(({ from, message, end, open }) => {
      const [first = ''] = Object.keys((message as object | undefined) ?? { end, open });
      return from === undefined ? first && 'open' : `${from} ${end ? 'end' : first}`;
    });
    expect(said.slice(0, -2)).toEqual([
      ...['open', 'server QMP', 'client execute', 'server return', 'client execute'],
      ...[
        'server return',
        'server timestamp',
        'client execute',
        'server timestamp',
        'server return',
      ],
    ]);
    expect(said.slice(-2).toSorted()).toEqual(['client end', 'server end']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(path)).toBe(false);
    expect(recorder).toMatchObject({ clients: 1, messages: 9 });
  });

  test('has no secret of a client’s that is known', async () => {
    const mock = createMock({ schema });
    await using server = await mock.listen(join(folderWith(), 'qmp'));
    const { recorder, path, file } = await recorderOf(server.address);
    const seen: unknown[] = [];
    mock.handle('set_password', (args) => {
      seen.push(args);
      return {};
    });
    {
      await using vm = await connect(path);
      await vm.executeUnknown('set_password', { protocol: 'vnc', password: 'hunter2' });
    }
    await recorder.close();
    expect(seen).toMatchObject([{ password: 'hunter2' }]);
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
    expect(linesOf(file)).toContainEqual(
      expect.objectContaining({
        from: 'client',
        masked: ['/arguments/password'],
        message: expect.objectContaining({ arguments: { protocol: 'vnc', password: '***' } }),
      }),
    );
  });

  test('numbers its clients, and has what is no message', async () => {
    const server = await serverDoing((socket, count) => {
      socket.write(`\xff{"return": ${count}}\n{"return": inf}\n`, 'latin1');
      socket.on('data', () => {});
      socket.on('end', () => socket.end());
    });
    const { recorder, path, file } = await recorderOf(server);
    for (const rest of ['{"execute":"guest-pi', 'ng"}\n', '{"password":"hunter2"\xff']) {
      const client = new Client(path);
      await client.until('inf');
      client.send(`\xff${rest}`);
      client.socket.end();
      await client.closed;
    }
    await recorder.close();
    const lines = linesOf(file).slice(1);
    const loose = (conn: number, side: string) =>
      lines
        .filter((line) => line.conn === conn && line.from === side && line.end === undefined)
        .map(without);
    expect(loose(1, 'server')).toEqual([
      { from: 'server', bytes: '\xff' },
      { from: 'server', message: { return: 1 } },
      { from: 'server', bytes: '{"return": inf}' },
    ]);
    const joined = (conn: number) => loose(conn, 'client').map((line) => line.bytes ?? line.hidden);
    expect(joined(1).join('')).toBe('\xff{"execute":"guest-pi');
    expect(joined(2).join('')).toBe('\xffng"}\n');
    expect(joined(3)).toEqual(['\xff', 22]);
    expect(recorder.clients).toBe(3);
  });
});

describe('what passes a recorder', () => {
  test('is every byte, in both directions at once, however slow the reader', async () => {
    const hash = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    const up = randomBytes(1_000_000);
    const down = randomBytes(1_000_000);
    let received: Promise<Buffer> = Promise.resolve(Buffer.alloc(0));
    const server = await serverDoing((socket) => {
      const chunks: Buffer[] = [];
      received = new Promise((done) => {
        socket.on('data', (chunk: Buffer) => chunks.push(chunk));
        socket.once('end', () => done(Buffer.concat(chunks)));
      });
      socket.end(down);
    });
    const { recorder, path } = await recorderOf(server);
    const client = new Client(path);
    client.socket.pause();
    client.socket.end(up);
    await new Promise<void>((done) => client.socket.once('finish', done));
    client.socket.resume();
    expect(await client.closed).toBe(false);
    expect(hash(await received)).toBe(hash(up));
    expect(hash(Buffer.from(client.heard, 'latin1'))).toBe(hash(down));
    await recorder.close();
  });

  test('ends and breaks as it did', async () => {
    const ended = await recorderOf(await serverDoing((socket) => socket.end('{"return": {}}')));
    const one = new Client(ended.path);
    expect(await one.closed).toBe(false);
    await ended.recorder.first;
    await ended.recorder.close();
    const ends = ({ file }: typeof ended) =>
      linesOf(file)
        .filter(({ end }) => end !== undefined)
        .map(without);
    expect(ends(ended)).toEqual([
      { from: 'server', end: 'closed' },
      { from: 'client', end: 'closed' },
    ]);

    // A connection of TCP can break.
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.resetAndDestroy());
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const file = join(folderWith(), 'broken.jsonl');
    const broken = await startRecorder({
      target: { host: '127.0.0.1', port },
      listen: { host: '127.0.0.1', port: 0 },
      ...{ file, replace: false, secrets: secrets(), unreachable: () => {} },
    });
    const to = Number(/\d+$/.exec(broken.address)?.[0]);
    const socket = connectSocket({ host: '127.0.0.1', port: to });
    const failure = new Promise<Error>((done) => socket.once('error', done));
    socket.write('{"execute":"half');
    expect(await failure).toMatchObject({ code: 'ECONNRESET' });
    await broken.first;
    await broken.close();
    const lines = linesOf(file).slice(1).map(without);
    expect(lines).toEqual([
      { open: true },
      { from: 'server', end: 'broken' },
      { from: 'client', bytes: '{"execute":"half' },
    ]);
  });

  test('is nothing where there is no server', async () => {
    const { recorder, path, file, unreachable } = await recorderOf('/absent/server');
    const client = new Client(path);
    await client.closed;
    await recorder.first;
    await recorder.close();
    expect(unreachable).toEqual([expect.stringContaining('ENOENT')]);
    expect(linesOf(file).slice(1).map(without)).toEqual([
      { open: true },
      { from: 'server', end: 'broken' },
    ]);
  });
});

describe('the file', () => {
  test('is not written over unless that is asked for', () => {
    const file = join(folderWith(), 'there');
    writeFileSync(file, 'mine');
    expect(() => new LineFile(file, false)).toThrow(`${file} exists already (--force replaces it)`);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const replaced = new LineFile(file, true);
    replaced.write('{}');
    replaced.close();
    expect(readFileSync(file, 'utf8')).toBe('{}\n');
  });

  test.runIf(process.platform === 'linux')('that is full ends the recording', async () => {
    expect(() => new LineFile('/dev/full', true).write('{}')).toThrow(
      'cannot write to /dev/full: ENOSPC',
    );
    const folder = folderWith();
    const starting = startRecorder({
      ...{ target: { path: join(folder, 'q') }, listen: { path: join(folder, 'p') } },
      ...{ file: '/dev/full', replace: true, secrets: secrets(), unreachable: () => {} },
    });
    await expect(starting.then(({ failed }) => failed)).rejects.toThrow('ENOSPC');
  });
});
