import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connectSdk } from '@qapi-ts/runtime';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AnyClient, SDK } from '../runtime/peer.js';
import { describeLive } from '../support/qemu.js';

const chromium = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'chromium'))
  .find(existsSync);
const required = process.env.QAPI_TS_REQUIRE_LIVE === '1';

/** What the page does: it negotiates, executes, sees an event and an error, and quits. */
const PROGRAM = `
import { connectSdk, CommandError } from './runtime/browser/index.ts';
const report = (body) => fetch('/report', { method: 'POST', body: JSON.stringify(body) });
try {
  const url = new URLSearchParams(location.search).get('url');
  const sdk = { protocol: 'qmp', commands: 'query-status query-qmp-schema stop quit' };
  const vm = await connectSdk(sdk, url);
  const stopped = vm.waitFor('STOP', undefined, { timeout: 5000 });
  await vm.stop();
  const { event } = await stopped;
  const { status } = await vm.queryStatus();
  const schema = await vm.queryQmpSchema();
  const failure = await vm.executeUnknown('no-such').catch((error) => error);
  const big = { 'qom-type': 'iothread', id: 'io', 'poll-max-ns': 2n ** 63n - 1n };
  await vm.executeUnknown('object-add', big);
  const got = await vm.executeUnknown('qom-get', { path: '/objects/io', property: 'poll-max-ns' });
  const { qemu } = vm.greeting;
  await vm.quit();
  const end = await vm.closed;
  await report({
    event, status, definitions: schema.length, qemu, big: String(got), clean: end === undefined,
    failure: failure instanceof CommandError && failure.class,
  });
} catch (error) {
  await report({ error: String(error?.stack ?? error) });
}`;

describeLive(['5.2', '7.2', '11.1'], ['qemu-system-x86_64'], (start, release) => {
  let server: Server;
  let script = '';
  let reported: (body: unknown) => void = () => {};

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: { contents: PROGRAM, resolveDir: process.cwd(), loader: 'ts' },
      ...{ bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
    });
    script = outputFiles[0]?.text ?? '';
    server = createServer((request, response) => {
      if (request.url === '/report') {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          response.end();
          reported(JSON.parse(body));
        });
      } else if (request.url === '/script.js') {
        response.setHeader('content-type', 'text/javascript').end(script);
      } else {
        response.setHeader('content-type', 'text/html');
        response.end('<!doctype html><script type="module" src="/script.js"></script>');
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => new Promise<void>((done) => void server.close(() => done())));

  it('imports nothing of Node', () => {
    expect(script).not.toMatch(/["']node:/);
  });

  it('is driven by a page in Chromium', async (context) => {
    if (!chromium) {
      if (required) throw new Error('no chromium on PATH');
      return context.skip('no chromium on PATH');
    }
    const port = await freePort();
    await using qemu = await start.qemu(
      '-chardev',
      `socket,id=c,host=127.0.0.1,port=${port},server=on,wait=off,websocket=on`,
      ...['-mon', 'chardev=c,mode=control'],
    );
    // QEMU forgets to wake the thread of its monitors for what a WebSocket brings; the traffic of
    // another monitor wakes it.
    const waker = await connectSdk<AnyClient>(SDK, qemu.path);
    const waking = setInterval(() => waker.execute('query-name').catch(() => {}), 5);
    const profile = mkdtempSync(join(tmpdir(), 'qapi-ts-chromium-'));
    let browser: ChildProcess | undefined;
    try {
      const report = new Promise((resolve) => {
        reported = resolve;
      });
      const { port: pages } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${pages}/?url=ws://127.0.0.1:${port}`;
      const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
      browser = spawn(chromium, [...flags, `--user-data-dir=${profile}`, url], {
        ...{ stdio: 'ignore', detached: true },
      });
      const [major, minor] = release.split('.').map(Number);
      expect(await report).toMatchObject({
        event: 'STOP',
        status: expect.any(String),
        definitions: expect.any(Number),
        qemu: { major, minor },
        big: '9223372036854775807',
        failure: 'CommandNotFound',
        clean: true,
      });
    } finally {
      clearInterval(waking);
      await waker.close();
      await kill(browser);
      // Its processes may still be writing in their last moment.
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    }
  });
});

/** Ends a detached program with all the processes that it started. */
async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

/** A port that nobody listens at. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
