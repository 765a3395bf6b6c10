import { commandName, kindOfMessage } from '../command.js';
import type { BytesItem, EndItem, Item, MessageItem } from '../file/items.js';
import type { JsonObject } from '../json/value.js';
import { Pairing } from '../pairing.js';
import { isBlank } from '../split.js';

/** How a client's message or bytes came to pass. */
export interface Taken {
  /** When, in milliseconds. */
  readonly at: number;
  /** When its reply is due. */
  readonly due: number;
  /** Absent for bytes. */
  readonly message: JsonObject | undefined;
}

/** Something that a client is expected to send. */
export interface Expected {
  readonly kind: 'command' | 'bytes';
  readonly item: MessageItem | BytesItem;
  taken: Taken | undefined;
  /** When a later one came first, in milliseconds. */
  overtaken: number | undefined;
  /** It is not expected any longer. */
  skipped: boolean;
  reply: Said | undefined;
}

/** Something that the server said. */
export interface Said {
  readonly kind: 'said';
  readonly item: MessageItem | BytesItem;
  /** What an agent puts before the end of a synchronization. */
  readonly prefix: Uint8Array | undefined;
  /** What it answers. */
  readonly command: Expected | undefined;
  /** A server greets whether or not the client has spoken. */
  readonly greeting: boolean;
  done: boolean;
}

export interface Ended {
  readonly kind: 'end';
  readonly item: EndItem;
}

export type Entry = Expected | Said | Ended;

/** How much is read ahead, to find commands that come in another order. */
const MAX_ENTRIES = 2000;
const MAX_SIZE = 16 * 1024 * 1024;

/** What is to come of a recorded connection, as far as it is read. */
export class Script {
  readonly #items: AsyncIterator<Item>;
  readonly #pairing = new Pairing<Expected>();
  #entries: Entry[] = [];
  #size = 0;
  /** Bytes of the server's that may belong to the next message. */
  #prefix: BytesItem | undefined;
  #ended = false;
  /** Time of the first item, in microseconds. */
  start: number | undefined;

  constructor(items: AsyncIterator<Item>) {
    this.#items = items;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The next thing; absent at the end. */
  async head(): Promise<Entry | undefined> {
    while (this.#entries.length === 0 && (await this.#read()));
    return this.#entries[0];
  }

  /** Takes the next thing away. */
  shift(): void {
    const entry = this.#entries.shift();
    if (entry !== undefined) this.#size -= entry.item.size;
  }

  /** Reads on; false where there is no more, or enough of it. */
  async more(): Promise<boolean> {
    if (this.#entries.length >= MAX_ENTRIES || this.#size >= MAX_SIZE) return false;
    return this.#read();
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#items.return?.();
  }

  async #read(): Promise<boolean> {
    if (this.#ended) return false;
    const { value: item, done } = await this.#items.next();
    if (done) {
      this.#ended = true;
      this.#flush();
      return this.#entries.length > 0;
    }
    this.start ??= item.t;
    this.#add(item);
    return true;
  }

  #add(item: Item): void {
    const isServerMessage = item.kind === 'message' && item.from === 'server';
    if (!isServerMessage) this.#flush();
    if (item.kind === 'end') this.#push({ kind: 'end', item });
    else if (item.kind === 'bytes' && item.from === 'server') this.#prefix = item;
    else if (item.kind === 'bytes') {
      if (item.bytes === undefined || !isBlank(item.bytes)) this.#expect('bytes', item);
    } else if (isServerMessage) this.#say(item);
    else if (item.kind === 'message') this.#expect('command', item);
  }

  #expect(kind: Expected['kind'], item: MessageItem | BytesItem): void {
    const entry: Expected = {
      ...{ kind, item, taken: undefined, overtaken: undefined },
      ...{ skipped: false, reply: undefined },
    };
    if (item.kind === 'message') this.#pairing.command(entry, item.value.get('id'));
    else this.#pairing.bytes(entry);
    this.#push(entry);
  }

  #say(item: MessageItem): void {
    const kind = kindOfMessage(item.value);
    const command = kind === 'reply' ? this.#pairing.reply(item.value) : undefined;
    let prefix: Uint8Array | undefined;
    if (command !== undefined) {
      prefix = this.#prefix?.bytes;
      this.#prefix = undefined;
    }
    this.#flush();
    const greeting = kind === 'greeting';
    const said: Said = { kind: 'said', item, prefix, command, greeting, done: false };
    if (command !== undefined) command.reply ??= said;
    this.#push(said);
  }

  /** Bytes of the server's that belong to no reply stand for themselves. */
  #flush(): void {
    const item = this.#prefix;
    this.#prefix = undefined;
    if (item === undefined) return;
    const none = { prefix: undefined, command: undefined, greeting: false, done: false };
    this.#push({ kind: 'said', item, ...none });
  }

  #push(entry: Entry): void {
    this.#entries.push(entry);
    this.#size += entry.item.size;
  }
}

/** The name of what was expected. */
export const expectedName = ({ item }: Expected): string =>
  item.kind === 'message' ? commandName(item.value) : '';
