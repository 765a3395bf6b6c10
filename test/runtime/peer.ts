import { Duplex } from 'node:stream';
import {
  type Client,
  type ConnectOptions,
  connectSdk,
  type SdkDescription,
} from '@qapi-ts/runtime';

/** Types under which any command and event passes. */
export interface AnyCommands {
  readonly [name: string]: { arguments?: object; returns: unknown; oob: true };
}
export interface AnyEvents {
  readonly [name: string]: {
    event: string;
    timestamp: { seconds: number; microseconds: number };
    data?: unknown;
  };
}
export type AnyClient = Client<AnyCommands, AnyEvents, AnyEvents[string]>;

export const SDK: SdkDescription = { protocol: 'qmp', commands: 'query-status stop quit' };

export const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 10}, "package": "p"}, "capabilities": ["oob"]}}\r\n';

/** The far end of a connection, played by a test. */
export class Peer {
  /** What the client is given as its address. */
  readonly address: Duplex;
  /** Everything that came, as bytes in Latin-1. */
  raw = '';
  #text = '';
  readonly #waiting: (() => void)[] = [];
  readonly closed: Promise<void>;

  constructor() {
    const written = (chunk: Buffer, _encoding: string, done: () => void) => {
      this.raw += chunk.toString('latin1');
      this.#text += chunk.toString();
      for (const wake of this.#waiting.splice(0)) wake();
      done();
    };
    this.address = new Duplex({
      read() {},
      write: written,
      final: (done) => {
        for (const wake of this.#waiting.splice(0)) wake();
        this.address.push(null);
        done();
      },
    });
    this.closed = new Promise((resolve) => this.address.once('close', resolve));
  }

  /** Sends text, or a message as one line. */
  send(what: string | object | Uint8Array): void {
    const plain = typeof what === 'string' || what instanceof Uint8Array;
    this.address.push(plain ? what : `${JSON.stringify(what)}\r\n`);
  }

  /** The next message that the client sent. */
  async take(): Promise<{ execute?: string; arguments?: unknown; id?: unknown; text: string }> {
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0) {
        const text = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return { ...JSON.parse(text.replace(/^\ufffd/, '')), text };
      }
      if (this.address.destroyed || this.address.writableEnded) throw new Error('the client ended');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Whether a message waits that the client sent. */
  get pending(): boolean {
    return this.#text.includes('\n');
  }

  /** Takes the next message and answers it. */
  async answer(body: object = { return: {} }): Promise<{ execute?: string; id?: unknown }> {
    const command = await this.take();
    this.send({ ...body, id: command.id });
    return command;
  }

  /** Ends the connection in order. */
  end(): void {
    this.address.push(null);
  }
}

export const tick = (delay = 5) => new Promise((resolve) => setTimeout(resolve, delay));

/** A client, and the peer it has negotiated with. */
export async function connected(
  options: ConnectOptions = {},
  { sdk = SDK, greeting = GREETING }: { sdk?: SdkDescription; greeting?: string } = {},
): Promise<{ vm: AnyClient; peer: Peer }> {
  const peer = new Peer();
  peer.send(greeting);
  const connecting = connectSdk<AnyClient>(sdk, peer.address, options);
  await peer.answer();
  return { vm: await connecting, peer };
}

export const event = (name: string, data?: object) => ({
  timestamp: { seconds: 1, microseconds: 5 },
  event: name,
  ...(data ? { data } : {}),
});
