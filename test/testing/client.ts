import type { Mock } from '@qapi-ts/runtime/testing';

/** A client that sends bytes as they are and shows what came, as one character a byte. */
export class RawClient {
  #received = '';
  /** The reason of the end, null for an end in order, absent while the connection lives. */
  end: unknown;
  readonly #link: Awaited<ReturnType<Mock['open']>>;

  private constructor(link: Awaited<ReturnType<Mock['open']>>) {
    this.#link = link;
    link.start(
      (chunk) => {
        this.#received += Buffer.from(chunk).toString('latin1');
      },
      (reason) => {
        this.end = reason ?? null;
      },
    );
  }

  /** Connects, and takes what the server says first. */
  static async to(mock: Pick<Mock, 'open'>): Promise<RawClient> {
    const client = new RawClient(await mock.open(new AbortController().signal));
    await turn();
    return client;
  }

  /** What came since it was last asked for. */
  take(): string {
    const text = this.#received;
    this.#received = '';
    return text;
  }

  /** Sends, and waits until the server has done what it can at once. */
  async send(data: string | Uint8Array): Promise<string> {
    this.#link.send(data);
    await turn();
    return this.take();
  }

  close(): void {
    this.#link.close(true);
  }
}

/** Lets everything happen that needs no time. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));
