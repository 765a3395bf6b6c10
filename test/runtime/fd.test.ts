import { Duplex } from 'node:stream';
import { connectSdk } from '@qapi-ts/runtime';
import { fdSocket } from '@qapi-ts/runtime/fd';
import { describe, expect, it } from 'vitest';
import { loadUSocket } from '../../runtime/fd/load.js';
import { type AnyClient, GREETING, SDK } from './peer.js';

/** What a write of `usocket` takes. */
interface Passed {
  readonly data: Buffer;
  readonly fds?: readonly number[];
}

/** A socket with the manners of `usocket`, above all that it is silent when it is destroyed. */
class Silent extends Duplex {
  static last: Silent;
  readonly passed: Passed[] = [];
  breaks = false;

  constructor() {
    super({ writableObjectMode: true });
    Silent.last = this;
    queueMicrotask(() => {
      this.emit('connected');
      this.push(GREETING);
    });
  }

  override _read() {}

  override write(chunk: unknown): boolean {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    return super.write(Buffer.isBuffer(data) ? { data } : data);
  }

  override _write(chunk: Passed, _encoding: string, done: (error?: Error) => void) {
    if (this.breaks) return done(new Error('EPIPE'));
    this.passed.push(chunk);
    for (const [, id] of chunk.data.toString().matchAll(/"id":(\d+)/g)) {
      this.push(`{"return": {}, "id": ${id}}\r\n`);
    }
    done();
  }

  override destroy(): this {
    return this;
  }
}

const connected = async () => {
  const socket = fdSocket('/qmp', { USocket: Silent });
  const vm = await connectSdk<AnyClient>(SDK, socket);
  return { socket, vm, peer: Silent.last };
};

describe('file descriptors', () => {
  it('go out before the command that takes them, one at a time', async () => {
    const { socket, vm, peer } = await connected();
    peer.passed.length = 0;
    await Promise.all(
      [7, 8].map((fd) => socket.withFd(fd, () => vm.execute('getfd', { fdname: `fd${fd}` }))),
    );
    const seen = peer.passed.map(({ data, fds }) => fds?.join() ?? /fd\d/.exec(String(data))?.[0]);
    expect(seen).toEqual(['7', 'fd7', '8', 'fd8']);
    await vm.close();
  });

  it('that cannot be sent end the connection, and with it the command', async () => {
    const { socket, vm, peer } = await connected();
    peer.breaks = true;
    const sent = socket.withFd(7, () => vm.execute('getfd', { fdname: 'x' }));
    await expect(sent).rejects.toMatchObject({ code: 'connection-lost' });
    expect(await vm.closed).toMatchObject({ cause: { message: 'EPIPE' } });
    await expect(socket.withFd(7, async () => {})).rejects.toThrow('No connection to /qmp');
  });

  it('are refused where there is no connection yet', async () => {
    const socket = fdSocket('/qmp', { USocket: Silent });
    await expect(socket.withFd(7, async () => {})).rejects.toThrow('No connection to /qmp');
  });
});

describe('the optional package', () => {
  it('gives its constructor', async () => {
    const load = async (name: string) => ({ default: { USocket: name === 'usocket' && Silent } });
    expect(await loadUSocket(load)).toBe(Silent);
  });

  it('is named where it is missing', async () => {
    const cause = new Error('none');
    const missing = loadUSocket(() => Promise.reject(cause));
    await expect(missing).rejects.toThrow('Passing file descriptors needs the package usocket');
    await expect(missing).rejects.toMatchObject({ cause });
  });

  it('is asked for when a connection is made, wherever it is or is not', async () => {
    const name = 'usocket';
    const problem = await import(name).then(
      () => /ENOENT/,
      () => /needs the package usocket/,
    );
    const failure = connectSdk(SDK, fdSocket('/none/qmp'));
    await expect(failure).rejects.toMatchObject({ code: 'connect-failed' });
    await expect(failure).rejects.toThrow(problem);
  });
});
