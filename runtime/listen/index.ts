/**
 * Listening for a QEMU that connects out (`-qmp unix:PATH` without `server=on`).
 *
 * Accepts: where to listen. Guarantees: an opener that gives each connection once, in the order
 * of their coming. Leaves to the caller: who may reach the place.
 */
import { createServer, type ListenOptions, type Socket } from 'node:net';
import type { Link, Opener } from '../transport/index.js';
import { streamLink } from '../transport/node.js';

/** A place that QEMU connects to; given as an address, it waits for the next connection. */
export interface Listener extends Opener {
  /** The TCP port; 0 for a Unix socket. */
  readonly port: number;
  /** Stops listening; connections that were taken go on. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Listens at the path of a Unix socket, or at `{ host, port }`; port 0 takes any.
 * @throws what the platform gives, such as EADDRINUSE
 */
export async function listen(where: string | ListenOptions): Promise<Listener> {
  const arrived: Link[] = [];
  const waiting: ((link: Link) => void)[] = [];
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket: Socket) => {
    const link = streamLink(socket);
    const next = waiting.shift();
    if (next) next(link);
    else arrived.push(link);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(typeof where === 'string' ? { path: where } : where, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const link of arrived.splice(0)) link.close(true);
      server.close(() => resolve());
    });
  return {
    name: typeof where === 'string' ? where : `${where.host ?? where.path ?? ''}:${port}`,
    port,
    close,
    [Symbol.asyncDispose]: close,
    open: (signal) =>
      new Promise((resolve, reject) => {
        const link = arrived.shift();
        if (link) return resolve(link);
        waiting.push(resolve);
        signal.addEventListener('abort', () => {
          const at = waiting.indexOf(resolve);
          if (at >= 0) waiting.splice(at, 1);
          reject(signal.reason);
        });
      }),
  };
}
