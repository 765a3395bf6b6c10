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

/** The constructor that the `usocket` package exports as `USocket`. */
export type UnixSocketConstructor = new (path: string) => Duplex;

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
      const USocket = options.USocket ?? (await load());
      const next = new USocket(path);
      signal.addEventListener('abort', () => next.destroy());
      const link = await opened(next, 'connected');
      socket = next;
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

async function load(): Promise<UnixSocketConstructor> {
  // Not a literal, so that neither the compiler nor a bundler asks for an optional package.
  const name = 'usocket';
  try {
    const { default: module } = (await import(name)) as {
      readonly default: { readonly USocket: UnixSocketConstructor };
    };
    return module.USocket;
  } catch (cause) {
    throw new Error('Passing file descriptors needs the package usocket', { cause });
  }
}
