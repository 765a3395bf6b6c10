import { connect, type Socket } from 'node:net';
import { eventName, kindOfMessage } from '../command.js';
import { TrafficError } from '../error.js';
import type { JsonObject } from '../json/value.js';
import { Pairing } from '../pairing.js';
import { nameOf, type Place } from '../place.js';
import { isBlank, Splitter } from '../split.js';

/** A command that was sent. */
export interface Sent {
  readonly line: number;
  readonly name: string;
  /** It was not, because secrets in it are masked. */
  readonly skipped: boolean;
  reply: JsonObject | undefined;
}

/** What came of one kind and name, and is not asked for, beyond which the oldest are forgotten. */
const MAX_KEPT = 1000;

/** A connection to a real server, with what came of it sorted. */
export class LiveServer {
  readonly #socket: Socket;
  readonly #timeout: number;
  readonly #pairing = new Pairing<Sent>();
  readonly #came = new Map<string, JsonObject[]>();
  #changed: () => void = () => {};
  ended = false;

  private constructor(socket: Socket, timeout: number) {
    this.#socket = socket;
    this.#timeout = timeout;
    const splitter = new Splitter();
    socket.on('data', (chunk) => {
      for (const piece of splitter.push(chunk)) {
        if (piece.kind === 'message') this.#take(piece.value);
      }
      this.#changed();
    });
    // The end tells; why is the server's matter.
    socket.on('error', () => {});
    for (const event of ['end', 'close'] as const) {
      socket.once(event, () => {
        this.ended = true;
        this.#changed();
      });
    }
  }

  /** @throws TrafficError where there is no server */
  static open(place: Place, timeout: number): Promise<LiveServer> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...place, allowHalfOpen: true, noDelay: true });
      const refused = (error: Error) =>
        reject(new TrafficError(`cannot connect to ${nameOf(place)}: ${error.message}`));
      socket.once('error', refused);
      socket.once('connect', () => {
        socket.off('error', refused);
        resolve(new LiveServer(socket, timeout));
      });
    });
  }

  command(sent: Sent, message: JsonObject, text: string): void {
    this.#pairing.command(sent, message.get('id'));
    if (this.#socket.writable) this.#socket.write(`${text}\n`);
  }

  bytes(bytes: Uint8Array): void {
    if (!isBlank(bytes)) this.#pairing.bytes();
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Waits until there is something; undefined when the time is up or the server has gone. */
  async until<T>(look: () => T | undefined): Promise<T | undefined> {
    const deadline = performance.now() + this.#timeout;
    for (;;) {
      const found = look();
      const left = deadline - performance.now();
      if (found !== undefined || this.ended || left <= 0) return found;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  }

  /** Takes the earliest of a kind: `greeting`, `reply` for those of no command, `event NAME`. */
  next(kind: string): JsonObject | undefined {
    return this.#came.get(kind)?.shift();
  }

  /** Ends this side. */
  end(): void {
    this.#socket.end();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(message: JsonObject): void {
    const kind = kindOfMessage(message);
    const sent = kind === 'reply' ? this.#pairing.reply(message) : undefined;
    if (sent !== undefined) {
      sent.reply = message;
      return;
    }
    const key = kind === 'event' ? `event ${eventName(message)}` : kind;
    const list = this.#came.get(key) ?? [];
    list.push(message);
    if (list.length > MAX_KEPT) list.shift();
    // Names are the server's: as many as it likes are too many.
    if (this.#came.size < MAX_KEPT) this.#came.set(key, list);
  }
}
