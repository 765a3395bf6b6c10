import { createServer, type Socket } from 'node:net';
import type { ConnectionInFile, RecordingFile } from '../file/recording.js';
import { type Listening, listenAt, type Place } from '../place.js';
import { Splitter } from '../split.js';
import type { Observer } from './observer.js';
import { Script } from './script.js';
import { ReplaySession, type Speaker } from './session.js';

export interface ReplayOptions {
  readonly recording: RecordingFile;
  readonly listen: Place;
  /** 1 is the recorded pace, 2 twice as fast, Infinity without waiting. */
  readonly speed: number;
  /** A command with other arguments gets the recorded answer. */
  readonly loose: boolean;
  /**
   * Gives who is told of a client, by its number from 1 and the connection that is spoken to it;
   * null to have it sent away. Everyone is spoken to, in turns, where this is absent.
   */
  readonly observe?: (client: number, connection: ConnectionInFile | undefined) => Observer | null;
  /** Told where a session failed: the file is not what it was. */
  readonly failed: (error: unknown) => void;
}

export interface ReplayServer extends Listening {
  /** Clients that came. */
  readonly clients: number;
  /** Resolves when every client that came has gone, and all was told of it. */
  idle(): Promise<void>;
}

/** Input that waits at which no more is read. */
const MANY = 100;

/**
 * Serves a recording: the first client is the first recorded one, and so on; after the last it
 * begins anew.
 * @throws TrafficError where the place to listen at cannot be had
 */
export async function startReplay(options: ReplayOptions): Promise<ReplayServer> {
  const { recording, observe } = options;
  const { connections } = recording;
  const running = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  let clients = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    // What a client does to its own connection is its own matter; `close` follows.
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    const client = ++clients;
    const own = connections[observe ? client - 1 : (client - 1) % connections.length];
    const observer = observe?.(client, own);
    if (own === undefined || observer === null) return void socket.destroy();
    const session = serve(socket, own, observer, options).catch(options.failed);
    running.add(session);
    session.finally(() => running.delete(session));
  });
  const { address, close } = await listenAt(server, options.listen);
  return {
    address,
    get clients() {
      return clients;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([close(), ...running]);
    },
  };
}

async function serve(
  socket: Socket,
  connection: ConnectionInFile,
  observer: Observer | undefined,
  { recording, speed, loose }: ReplayOptions,
): Promise<void> {
  const script = new Script(recording.items(connection));
  const session = new ReplaySession(script, speakerTo(socket), { speed, loose, observer });
  const splitter = new Splitter();
  const listen = (pieces: ReturnType<Splitter['push']>) => {
    for (const piece of pieces) if (session.input(piece) > MANY) socket.pause();
  };
  socket.on('data', (chunk) => listen(splitter.push(chunk)));
  socket.once('end', () => {
    listen(splitter.end());
    session.leave();
  });
  socket.once('close', () => session.close());
  try {
    await session.run();
    socket.end();
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function speakerTo(socket: Socket): Speaker {
  return {
    async send(bytes) {
      if (!socket.writable || bytes.length === 0) return;
      if (socket.write(bytes)) return;
      await new Promise<void>((resolve) => {
        const done = () => {
          socket.off('drain', done).off('close', done);
          resolve();
        };
        socket.on('drain', done).on('close', done);
      });
    },
    resume: () => void socket.resume(),
    end(how) {
      if (how === 'closed') socket.end();
      else if (socket.remoteAddress === undefined) socket.destroy();
      else socket.resetAndDestroy();
    },
  };
}
