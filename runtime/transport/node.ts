import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Address } from './address.js';
import type { Link, Opener } from './link.js';

/**
 * Where all sockets read into. What was read is decoded before the next read begins, but on
 * Windows, where reads begin before they have something to read.
 */
const SHARED = process.platform === 'win32' ? undefined : Buffer.allocUnsafe(65_536);

/** So much is not kept back for the end of a turn, in UTF-16 units: some thirty commands. */
const EARLY = 1024;

type Listener = (chunk: Uint8Array) => void;

/** How long an ended connection waits for the peer's end before it is cut, in milliseconds. */
const LINGER = 500;

/** Finds the way to an address that is no text. */
export function opener(address: Exclude<Address, string>): Opener {
  if ('open' in address) return address;
  if ('pipe' in address) {
    const stream = address;
    return { name: 'the given stream', open: async () => streamLink(stream) };
  }
  const target = address;
  return {
    name: 'path' in target ? target.path : `${target.host ?? 'localhost'}:${target.port}`,
    open(signal) {
      let deliver: Listener = () => {};
      const callback = (length: number, bytes: Uint8Array) => {
        deliver(bytes.subarray(0, length));
        return true;
      };
      const socket = connect({
        ...{ ...target, signal, noDelay: true },
        onread: { buffer: SHARED ?? Buffer.allocUnsafe(65_536), callback },
      });
      return opened(socket, 'connect', (listener) => {
        deliver = listener;
      });
    },
  };
}

/** Waits until a socket is open. */
export function opened(
  socket: Duplex,
  event: string,
  listen?: (listener: Listener) => void,
): Promise<Link> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once(event, () => {
      socket.off('error', reject);
      resolve(streamLink(socket, listen));
    });
  });
}

/** A link over a stream that is open, whose data comes by its events or by the given way. */
export function streamLink(
  stream: Duplex,
  listen: (listener: Listener) => void = (listener) => stream.on('data', listener),
): Link {
  let failure: unknown;
  let waiting = '';
  stream.on('error', (error) => {
    failure ??= error;
  });

  const flush = () => {
    const text = waiting;
    waiting = '';
    if (text && stream.writable) stream.write(text);
  };

  return {
    start(data, end) {
      let ended = false;
      const finish = () => {
        if (ended) return;
        ended = true;
        stream.destroy();
        end(failure);
      };
      if (stream.destroyed) return finish();
      listen(data);
      // A stream that was paused by whoever made it does not begin by itself.
      stream.resume();
      stream.once('end', finish);
      stream.once('close', finish);
    },
    send(data) {
      if (typeof data === 'string') {
        // The commands of one turn go out in one write. A promise is the cheapest way to its end.
        if (!waiting) Promise.resolve().then(flush);
        waiting += data;
        // Of many, the server works on the first while the rest is still being made.
        if (waiting.length > EARLY) flush();
      } else {
        flush();
        if (stream.writable) stream.write(data);
      }
    },
    close(abrupt) {
      if (abrupt || stream.destroyed) return void stream.destroy();
      flush();
      const timer = setTimeout(() => stream.destroy(), LINGER);
      stream.once('close', () => clearTimeout(timer));
      stream.end();
    },
  };
}
