import { readFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Recorder, Secrets, startRecorder } from '../../generator/traffic/index.js';
import { folderWith } from '../support/files.js';
import { embedded, schemaOf } from '../support/sdk.js';

let known: Secrets | undefined;

/** Secrets by the schemas of 10.2. */
export function secrets(): Secrets {
  known ??= new Secrets([schemaOf(embedded('10.2', 'qmp')), schemaOf(embedded('10.2', 'qga'))]);
  return known;
}

export interface Recorded {
  readonly recorder: Recorder;
  readonly path: string;
  readonly file: string;
  /** What the server that cannot be reached is called. */
  readonly unreachable: string[];
}

/** A recorder in front of the server at a path. */
export async function recorderOf(server: string): Promise<Recorded> {
  const folder = folderWith();
  const path = join(folder, 'proxy');
  const file = join(folder, 'session.jsonl');
  const unreachable: string[] = [];
  const recorder = await startRecorder({
    target: { path: server },
    listen: { path },
    file,
    replace: false,
    secrets: secrets(),
    unreachable: ({ message }) => unreachable.push(message),
  });
  return { recorder, path, file, unreachable };
}

/** The lines of a recording, parsed; every one has to be whole. */
export function linesOf(file: string): readonly Readonly<Record<string, unknown>>[] {
  const text = readFileSync(file, 'utf8');
  if (!text.endsWith('\n')) throw new Error(`${file} does not end with a line`);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A server that does with each connection what it is told. */
export async function serverDoing(body: (socket: Socket, count: number) => void): Promise<string> {
  const path = join(folderWith(), 'server');
  let count = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    body(socket, ++count);
  });
  server.unref();
  await new Promise<void>((done) => server.listen(path, done));
  return path;
}

/** A client of bytes. */
export class Client {
  readonly socket: Socket;
  /** What came, one character a byte. */
  heard = '';
  /** Resolves when the connection is gone; true where it broke. */
  readonly closed: Promise<boolean>;
  #changed: () => void = () => {};

  constructor(path: string) {
    this.socket = createConnection({ path, allowHalfOpen: true });
    this.socket.on('data', (chunk) => {
      this.heard += chunk.toString('latin1');
      this.#changed();
    });
    let broken = false;
    this.socket.on('error', () => {
      broken = true;
    });
    this.socket.once('end', () => this.socket.end());
    this.closed = new Promise((done) =>
      this.socket.once('close', () => {
        done(broken);
        this.#changed();
      }),
    );
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Waits until this was heard. */
  until(text: string): Promise<void> {
    return this.while(() => !this.heard.includes(text));
  }

  /** Waits for more while this holds; not beyond the end of the connection. */
  async while(holds: () => boolean): Promise<void> {
    while (holds() && !this.socket.destroyed) {
      await new Promise<void>((changed) => {
        this.#changed = changed;
      });
    }
  }
}
