/**
 * WebSocket: a way to a monitor behind a `websocket=on` character device, from browsers too.
 *
 * Accepts: a URL. Guarantees: an opener that imports nothing of Node. Leaves to the caller: the
 * constructor, where the platform has none.
 */
import type { Link, Opener } from '../transport/index.js';

/** What of a WebSocket is needed; the platform's and the `ws` package's have it. */
export interface WebSocketLike {
  binaryType: string;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: (event: object) => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Makes a WebSocket. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => object;

/** How a WebSocket is opened. */
export interface WebSocketOptions {
  /** The constructor; by default the platform's, which Node has from 22 on. */
  readonly WebSocket?: WebSocketConstructor | undefined;
}

/**
 * A way to a WebSocket server, to be given as an address: `connect(webSocket('ws://host:port'))`.
 * @throws TypeError where the platform has no WebSocket and none is given
 */
export function webSocket(url: string, options: WebSocketOptions = {}): Opener {
  const platform = (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket;
  const Constructor = options.WebSocket ?? platform;
  if (!Constructor) {
    throw new TypeError('This platform has no WebSocket; give a constructor, such as that of `ws`');
  }
  return {
    name: url,
    open: (signal) =>
      new Promise((resolve, reject) => {
        // QEMU takes this subprotocol only, and binary messages only.
        const socket = new Constructor(url, ['binary']) as WebSocketLike;
        socket.binaryType = 'arraybuffer';
        signal.addEventListener('abort', () => socket.close());
        socket.addEventListener('open', () => resolve(link(socket)));
        socket.addEventListener('error', (event) => reject(reasonOf(event)));
        socket.addEventListener('close', () => reject(new Error('The WebSocket was closed')));
      }),
  };
}

function link(socket: WebSocketLike): Link {
  const encoder = new TextEncoder();
  const early: Uint8Array[] = [];
  let deliver = (chunk: Uint8Array): void => void early.push(chunk);
  let finish = (_reason?: unknown): void => {};
  let failure: unknown;
  let closed = false;
  socket.addEventListener('message', ({ data }) => {
    deliver(typeof data === 'string' ? encoder.encode(data) : new Uint8Array(data as ArrayBuffer));
  });
  socket.addEventListener('error', (event) => {
    failure = reasonOf(event);
  });
  const end = () => {
    closed = true;
    finish(failure);
    finish = () => {};
  };
  socket.addEventListener('close', end);
  return {
    start(data, ended) {
      deliver = data;
      finish = ended;
      for (const chunk of early.splice(0)) data(chunk);
      if (closed) end();
    },
    send(data) {
      if (closed) return;
      const bytes = typeof data === 'string' ? encoder.encode(data) : data;
      socket.send(bytes as Uint8Array<ArrayBuffer>);
    },
    close() {
      socket.close();
    },
  };
}

/** A platform's error event says nothing, on purpose; that of `ws` carries an error. */
const reasonOf = (event: object): Error =>
  'error' in event && event.error instanceof Error ? event.error : new Error('WebSocket error');
