import { connect, type Socket } from 'node:net';

interface Event {
  readonly event: string;
}

/**
 * The least that a client can be: lines, JSON.parse, a map of pending ids. It trusts its server in
 * everything and has neither limits nor endings.
 */
export class Floor {
  readonly #socket: Socket;
  readonly #pending = new Map<number, (value: unknown) => void>();
  #rest = '';
  #id = 0;
  #queue: Event[] = [];
  #reader: ((result: IteratorResult<Event>) => void) | undefined;
  names: ReadonlySet<string> | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      const lines = (this.#rest + chunk).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#message(JSON.parse(line));
    });
  }

  static async open(path: string): Promise<Floor> {
    const socket = connect(path);
    await new Promise((resolve) => socket.once('connect', resolve));
    const floor = new Floor(socket);
    await floor.execute('qmp_capabilities');
    return floor;
  }

  execute(name: string, args?: object): Promise<unknown> {
    const id = ++this.#id;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#socket.write(`${JSON.stringify({ execute: name, arguments: args, id })}\n`);
    });
  }

  events(): AsyncIterable<Event> {
    return {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise((resolve) => {
            const value = this.#queue.shift();
            if (value) resolve({ value, done: false });
            else this.#reader = resolve;
          }),
      }),
    };
  }

  close(): void {
    this.#socket.destroy();
  }

  #message(message: { id?: number; return?: unknown; event?: string }): void {
    if (message.id !== undefined) {
      this.#pending.get(message.id)?.(message.return);
      this.#pending.delete(message.id);
    } else if (message.event !== undefined) {
      if (this.names && !this.names.has(message.event)) return;
      const reader = this.#reader;
      this.#reader = undefined;
      if (reader) reader({ value: message as Event, done: false });
      else this.#queue.push(message as Event);
    }
  }
}
