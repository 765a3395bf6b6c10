import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Ending, Side } from '../file/format.js';

/** Told of what passes, in its order. */
export interface Tap {
  bytes(from: Side, chunk: Uint8Array): void;
  end(from: Side, how: Ending): void;
  /** Nothing more comes. @param unreachable why the server could not be connected to */
  done(unreachable: Error | undefined): void;
}

const OTHER = { client: 'server', server: 'client' } as const;

/**
 * Joins a client to the server, byte for byte: each side's end and break reaches the other, and who
 * is slow slows the other down.
 * @returns breaks it
 */
export function join(client: Socket, server: NetConnectOpts, tap: Tap): () => void {
  const upstream = connect({ ...server, allowHalfOpen: true, noDelay: true });
  const sockets = { client, server: upstream };
  let connected = false;
  let failure: Error | undefined;
  /** One side broke: what happens to the other is our doing. */
  let broken = false;
  let open = 2;

  const follow = (side: Side) => {
    const [from, to] = [sockets[side], sockets[OTHER[side]]];
    let ended = false;
    from.on('data', (chunk: Buffer) => {
      // Sent before it is looked at: being recorded costs the peers little.
      const taken = to.destroyed || to.write(chunk);
      if (!taken) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      tap.bytes(side, chunk);
    });
    from.once('end', () => {
      ended = true;
      tap.end(side, 'closed');
      to.end();
    });
    from.once('close', () => {
      if (!ended && !broken) {
        broken = true;
        tap.end(side, 'broken');
        breakOff(to);
      }
      // It waits for a drain that will not come.
      to.resume();
      if (--open === 0) tap.done(connected ? undefined : failure);
    });
  };

  for (const side of ['client', 'server'] as const) {
    sockets[side].on('error', (error) => {
      if (side === 'server') failure ??= error;
    });
    follow(side);
  }
  upstream.once('connect', () => {
    connected = true;
    client.resume();
  });
  return () => {
    client.destroy();
    upstream.destroy();
  };
}

/** As a peer that broke off: only TCP has a way to say it. */
function breakOff(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
}
