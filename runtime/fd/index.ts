/**
 * Passing file descriptors, which `getfd` and `add-fd` take from the socket itself.
 *
 * Accepts: the path of a Unix socket, and the `usocket` package, an optional peer dependency: Node
 * has no way of its own to send SCM_RIGHTS. Guarantees: an opener as for any Unix socket, whose
 * descriptors reach the command they are meant for. Leaves to the caller: closing its own copies.
 */
import type { Duplex } from 'node:stream';
import type { Opener } from '../transport/index.js';
import { opened } from '../transport/node.js';
import { loadUSocket, type UnixSocketConstructor } from './load.js';

export type { UnixSocketConstructor };

/** How the socket is had. */
export interface FdSocketOptions {
  /** By default that of the package `usocket`, loaded when it is needed. */
  readonly USocket?: UnixSocketConstructor | undefined;
}

/** A way to a Unix socket that carries file descriptors; given as an address. */
export interface FdSocket extends Opener {
  /**
   * Sends a descriptor, and lets `run` execute the command that takes it. One at a time: what is
   * asked for meanwhile waits.
   * @throws Error where there is no connection, and what `run` throws
   */
  withFd<T>(fd: number, run: () => Promise<T>): Promise<T>;
}

/**
 * A way to the monitor at a Unix socket over which descriptors can be passed:
 * `const socket = fdSocket(path); const vm = await connect(socket);
 * await socket.withFd(fd, () => vm.getfd({ fdname: 'tap' }))`.
 */
export function fdSocket(path: string, options: FdSocketOptions = {}): FdSocket {
  let socket: Duplex | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    name: path,
    async open(signal) {
      const USocket = options.USocket ?? (await loadUSocket());
      const next = telling(new USocket(path));
      signal.addEventListener('abort', () => next.destroy());
      const link = await opened(next, 'connected');
      socket = next;
      next.once('close', () => {
        if (socket === next) socket = undefined;
      });
      return link;
    },
    withFd(fd, run) {
      const mine = turn.then(() => {
        if (!socket?.writable) throw new Error(`No connection to ${path}`);
        // The server keeps what came with any byte until a command takes it.
        socket.write({ data: Buffer.from(' '), fds: [fd] });
        return run();
      });
      turn = mine.catch(() => {});
      return mine;
    },
  };
}

/**
 * `usocket` tells nobody that it was destroyed, not even where the stream did it because a write
 * had failed: without this a connection that breaks while something is sent would never end.
 */
function telling(socket: Duplex): Duplex {
  const destroy = socket.destroy.bind(socket);
  let told = false;
  socket.destroy = (error) => {
    destroy();
    if (told) return socket;
    told = true;
    process.nextTick(() => {
      if (error) socket.emit('error', error);
      socket.emit('close');
    });
    return socket;
  };
  return socket;
}
