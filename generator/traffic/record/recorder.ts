import { createServer, type Server, type Socket } from 'node:net';
import { TrafficError } from '../error.js';
import { headerLine, line, type Side } from '../file/format.js';
import { LineFile } from '../file/writer.js';
import { writeJson } from '../json/write.js';
import { type Listening, listenAt, type Place } from '../place.js';
import { isBlank, type Piece, Splitter } from '../split.js';
import { join } from './connection.js';
import { LooseBytes, Masker } from './masker.js';
import type { Secrets } from './secrets.js';

export interface RecorderOptions {
  /** The server that is spoken to. */
  readonly target: Place;
  /** Where clients are awaited. */
  readonly listen: Place;
  readonly file: string;
  /** Whether a file that exists is replaced. */
  readonly replace: boolean;
  readonly secrets: Secrets;
  /** Told of each client that could not be connected to the server. */
  readonly unreachable: (error: Error) => void;
  /** Microseconds, from any time on. */
  readonly clock?: () => number;
}

export interface Recorder extends Listening {
  /** Clients that came, and messages that passed. */
  readonly clients: number;
  readonly messages: number;
  /** Resolves when the first client and its server are done. */
  readonly first: Promise<void>;
  /** Rejects with a TrafficError when the file cannot be written; then all connections are broken. */
  readonly failed: Promise<never>;
}

/** More would be a mistake: a monitor serves one at a time. */
const MAX_CONNECTIONS = 16;

/**
 * Stands between clients and a server, and writes down what they say.
 * @throws TrafficError where the file or the place to listen at cannot be had
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const file = new LineFile(options.file, options.replace);
  const recording = new Recording(file, options);
  try {
    recording.write(headerLine(new Date()));
    const listening = await listenAt(recording.server, options.listen);
    return Object.assign(recording, {
      address: listening.address,
      async close() {
        recording.breakAll();
        await listening.close();
        file.close();
      },
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

class Recording {
  readonly server: Server;
  readonly first: Promise<void>;
  readonly failed: Promise<never>;
  clients = 0;
  messages = 0;
  readonly #file: LineFile;
  readonly #options: RecorderOptions;
  readonly #loose: LooseBytes;
  readonly #now: () => number;
  readonly #open = new Set<() => void>();
  #fail: (error: unknown) => void = () => {};
  #firstDone: () => void = () => {};

  constructor(file: LineFile, options: RecorderOptions) {
    this.#file = file;
    this.#options = options;
    this.#loose = new LooseBytes(options.secrets);
    const clock = options.clock ?? (() => performance.now() * 1000);
    const start = clock();
    this.#now = () => Math.max(0, Math.round(clock() - start));
    this.first = new Promise((resolve) => {
      this.#firstDone = resolve;
    });
    this.failed = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    // Whoever does not wait for it has not asked.
    this.failed.catch(() => {});
    const settings = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true };
    this.server = createServer(settings, (socket) => this.#join(socket));
    this.server.maxConnections = MAX_CONNECTIONS;
  }

  breakAll(): void {
    for (const cut of this.#open) cut();
  }

  write(text: string): void {
    try {
      this.#file.write(text);
    } catch (error) {
      this.#fail(error);
      this.breakAll();
      if (!(error instanceof TrafficError)) throw error;
    }
  }

  #join(socket: Socket): void {
    const conn = ++this.clients;
    const masker = new Masker(this.#options.secrets, this.#loose);
    const splitters = { client: new Splitter(), server: new Splitter() };
    const tell = (from: Side, pieces: readonly Piece[]) => {
      for (const piece of pieces) this.#tell(conn, from, piece, masker);
    };
    this.write(line.open(this.#now(), conn));
    const cut = join(socket, this.#options.target, {
      bytes: (from, chunk) => tell(from, splitters[from].push(chunk)),
      end: (from, how) => {
        tell(from, splitters[from].end());
        this.write(line.end({ t: this.#now(), conn, from }, how));
      },
      done: (unreachable) => {
        this.#open.delete(cut);
        // What one side had begun when the other broke.
        for (const side of ['client', 'server'] as const) tell(side, splitters[side].end());
        if (unreachable !== undefined) this.#options.unreachable(unreachable);
        this.#firstDone();
      },
    });
    this.#open.add(cut);
  }

  #tell(conn: number, from: Side, piece: Piece, masker: Masker): void {
    const at = { t: this.#now(), conn, from };
    if (piece.kind === 'bytes') {
      const hidden = from === 'client' && masker.hides(piece.bytes) && !isBlank(piece.bytes);
      this.write(line.bytes(at, piece.bytes, hidden));
      return;
    }
    this.messages++;
    const told = from === 'client' ? masker.command(piece.value) : masker.fromServer(piece.value);
    const { value, text = writeJson(value) } = piece;
    if (told === null) this.write(line.bytes(at, Buffer.from(text), true));
    else this.write(line.message(at, told.value, told.masked, piece.text));
  }
}
