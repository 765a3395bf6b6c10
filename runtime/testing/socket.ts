import { createServer, type Server, type Socket } from 'node:net';
import type { Session } from './session/session.js';
import type { MockServer } from './types.js';
import type { Wire } from './wire.js';

/** Listens, and has each connection accepted. */
export async function listen(
  address: string,
  accept: (wire: Wire) => Session,
): Promise<MockServer> {
  const target = targetOf(address);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const session = accept(wireOf(socket));
    socket.on('data', (chunk) => session.receive(chunk));
    socket.on('drain', () => session.drained());
    // What a client does to its own connection is its own matter; `close` follows.
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      session.closed();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(target, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { address: nameOf(server), close, [Symbol.asyncDispose]: close };
}

function wireOf(socket: Socket): Wire {
  return {
    send(bytes) {
      if (socket.writable) socket.write(bytes);
    },
    get backlog() {
      return socket.writableLength;
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    end: () => void socket.end(),
    cut() {
      // Only TCP has a way to say that a connection broke.
      if (socket.remoteAddress === undefined) socket.destroy();
      else socket.resetAndDestroy();
    },
  };
}

type Target = { readonly path: string } | { readonly host: string; readonly port: number };

function targetOf(address: string): Target {
  const [, scheme, rest = address] = /^(unix|tcp):(.*)$/s.exec(address) ?? [];
  const [, v6, host, port] = /^(?:\[(.+)\]|([^/:]*)):(\d{1,5})$/.exec(rest) ?? [];
  if (port !== undefined && scheme !== 'unix') {
    return { host: v6 ?? (host || 'localhost'), port: Number(port) };
  }
  if (scheme === 'tcp' || rest === '') throw new TypeError(`${address} is no address`);
  return { path: rest };
}

function nameOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return bound ?? '';
  const host = bound.address.includes(':') ? `[${bound.address}]` : bound.address;
  return `${host}:${bound.port}`;
}
