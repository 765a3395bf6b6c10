/**
 * TLS: a way to a monitor behind `tls-creds=…`.
 *
 * Accepts: the options of `node:tls`. Guarantees: an opener whose connections are encrypted, and
 * verified unless the options say otherwise. Leaves to the caller: keys and certificates.
 */
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Link, Opener } from '../transport/index.js';
import { opened } from '../transport/node.js';

/** How TLS is spoken. */
export interface TlsOptions extends ConnectionOptions {
  /**
   * Send whole records. QEMU 5.2 to 10 takes one byte of a record and then waits for the next
   * record, so that by default each byte sent is a record of its own; commands are short.
   */
  readonly wholeRecords?: boolean | undefined;
}

/**
 * A way to a TLS server, to be given as an address: `connect(tls({ host, port, ca, cert, key }))`.
 */
export function tls({ wholeRecords = false, ...options }: TlsOptions): Opener {
  return {
    name: `tls:${options.host ?? 'localhost'}:${options.port ?? ''}`,
    async open(signal) {
      const socket = connect(options);
      signal.addEventListener('abort', () => socket.destroy());
      const link = await opened(socket, 'secureConnect');
      return wholeRecords ? link : inBytes(socket, link);
    },
  };
}

/** Sends each byte as a record. */
function inBytes(socket: TLSSocket, link: Link): Link {
  const waiting: Buffer[] = [];
  let at = 0;
  let busy = false;
  let closing = false;
  const next = () => {
    const chunk = waiting[0];
    busy = chunk !== undefined && !socket.destroyed;
    if (!chunk || socket.destroyed) {
      if (closing) link.close();
      return;
    }
    const byte = chunk.subarray(at, ++at);
    if (at === chunk.length) {
      waiting.shift();
      at = 0;
    }
    // The next byte only when this one is out: what waits together becomes one record.
    socket.write(byte, next);
  };
  return {
    start: link.start,
    send(data) {
      if (data.length > 0) waiting.push(Buffer.from(data as Uint8Array));
      if (!busy) next();
    },
    close(abrupt) {
      closing = true;
      if (abrupt || !busy) link.close(abrupt);
    },
  };
}
