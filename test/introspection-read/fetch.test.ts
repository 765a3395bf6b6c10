import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import {
  fetchIntrospection,
  type LiveAddress,
  parseLiveAddress,
} from '../../generator/introspection/fetch/index.js';
import { readIntrospection } from '../../generator/introspection/read/index.js';
import { command, EMPTY } from './support.js';

describe('addresses', () => {
  it.each([
    ['unix:/run/vm.sock', { path: '/run/vm.sock' }],
    ['unix:vm.sock', { path: 'vm.sock' }],
    ['unix:a:b', { path: 'a:b' }],
    ['tcp:localhost:4444', { host: 'localhost', port: 4444 }],
    ['tcp:::1:4444', { host: '::1', port: 4444 }],
    ['tcp:[fe80::1]:65535', { host: 'fe80::1', port: 65535 }],
  ])('%s', (text, address) => {
    expect(parseLiveAddress(text)).toEqual(address);
  });

  it.each([
    '',
    'reply.json',
    './unix:x',
    'unix:',
    'tcp:',
    'tcp:host',
    'tcp::1',
    'tcp:h:0',
    'tcp:h:65536',
    'tcp:h:1x',
  ])('%j is none', (text) => {
    expect(parseLiveAddress(text)).toBeNull();
  });
});

describe('asking a server', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A server that greets, negotiates, and answers everything else with `answer`. */
  async function serve(answer: string | null, greeting = true): Promise<LiveAddress> {
    const server = createServer((socket) => {
      socket.setEncoding('utf8');
      socket.on('error', () => socket.destroy());
      if (greeting) socket.write('{"QMP": {"version": {}, "capabilities": []}}\r\n');
      let text = '';
      socket.on('data', (chunk: string) => {
        text += chunk;
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) {
          const { execute, id }: { execute: string; id: unknown } = JSON.parse(line);
          const reply = execute === 'qmp_capabilities' ? '"return": {}' : answer;
          if (reply !== null) socket.write(`{${reply}, "id": ${JSON.stringify(id)}}\r\n`);
        }
      });
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { host: '127.0.0.1', port: address.port };
  }

  it('gives the reply for reading', async () => {
    const diagnostics = new Diagnostics();
    const address = await serve(`"return": ${JSON.stringify([EMPTY, command('stop')])}`);
    const file = await fetchIntrospection(address, 'tcp:somewhere', diagnostics);
    if (file === null) throw new Error('no reply');
    expect(file.path).toBe('tcp:somewhere');
    expect(readIntrospection(file, diagnostics)?.map(({ name }) => name)).toEqual(['stop']);
  });

  it('reports a server without the command, and one that refuses', async () => {
    for (const [errorClass, text] of [
      ['CommandNotFound', 'since 2.5'],
      ['GenericError', 'not now'],
    ]) {
      const diagnostics = new Diagnostics();
      const address = await serve(`"error": {"class": "${errorClass}", "desc": "not now"}`);
      expect(await fetchIntrospection(address, 'x', diagnostics)).toBeNull();
      expect(diagnostics.list.map((d) => d.code)).toEqual(['introspection-error-reply']);
      expect(diagnostics.list[0]?.message).toContain(text);
    }
  });

  it.each(['{}', '7', '"a"', '[18446744073709551615]', 'null', '[[[]]]'])(
    'refuses %s as a reply when it is read',
    async (returned) => {
      const diagnostics = new Diagnostics();
      const file = await fetchIntrospection(await serve(`"return": ${returned}`), 'x', diagnostics);
      expect(file && readIntrospection(file, diagnostics)).toBeNull();
      expect(diagnostics.errors).toBeGreaterThan(0);
    },
  );

  it('rejects with a typed error when there is no answer, no greeting, no server', async () => {
    const ask = async (address: LiveAddress): Promise<string> => {
      const options = { timeout: 200 };
      const failure = await fetchIntrospection(address, 'x', new Diagnostics(), options).then(
        () => null,
        (error: unknown) => error,
      );
      return failure instanceof Error ? failure.name : 'nothing';
    };
    expect(await ask(await serve(null))).toBe('TimeoutError');
    expect(await ask(await serve(null, false))).toBe('TimeoutError');
    expect(await ask({ path: '/nonexistent/qmp' })).toBe('ConnectionError');
  });

  it('can be called off', async () => {
    const signal = AbortSignal.timeout(100);
    const asked = fetchIntrospection(await serve(null), 'x', new Diagnostics(), { signal });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
