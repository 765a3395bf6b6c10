import { commandName, eventName, kindOfMessage } from '../command.js';
import type { Item, MessageItem } from '../file/items.js';
import type { RecordingFile } from '../file/recording.js';
import { type Difference, differences } from '../json/compare.js';
import { isObject, type JsonObject } from '../json/value.js';
import { writeJson } from '../json/write.js';
import { Pairing } from '../pairing.js';
import type { Place } from '../place.js';
import { isBlank } from '../split.js';
import { type Finding, Findings } from './findings.js';
import { LiveServer, type Sent } from './live.js';

export interface PlayOptions {
  readonly recording: RecordingFile;
  readonly server: Place;
  /** Whether values count, or only kinds of values, names of members and classes of errors. */
  readonly values: boolean;
  /** How long each reply or event is waited for, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Says to a real server what the recorded clients said, one client after the other, each thing when
 * all that was recorded before it has come; tells where what comes is not what was recorded.
 * @throws TrafficError where there is no server
 */
export async function playClient(options: PlayOptions): Promise<Findings> {
  const findings = new Findings();
  const { recording, server, timeout, signal } = options;
  for (const [index, connection] of recording.connections.entries()) {
    if (signal.aborted) break;
    const live = await LiveServer.open(server, timeout);
    const close = () => live.close();
    signal.addEventListener('abort', close);
    try {
      const player = new Player(live, index + 1, options, findings);
      for await (const item of recording.items(connection)) {
        if (signal.aborted) break;
        await player.take(item);
      }
      await player.settle();
    } finally {
      signal.removeEventListener('abort', close);
      live.close();
    }
  }
  return findings;
}

/** One recorded client. */
class Player {
  readonly #live: LiveServer;
  readonly #client: number;
  readonly #options: PlayOptions;
  readonly #findings: Findings;
  /** Which recorded reply is for what. */
  readonly #recorded = new Pairing<Sent>();
  /** What has to come before more is said. */
  #owed: (() => Promise<void>)[] = [];
  #left = false;

  constructor(live: LiveServer, client: number, options: PlayOptions, findings: Findings) {
    this.#live = live;
    this.#client = client;
    this.#options = options;
    this.#findings = findings;
  }

  async take(item: Item): Promise<void> {
    if (item.kind === 'message') {
      if (item.from === 'client') await this.#say(item);
      else this.#expect(item);
    } else if (item.kind === 'bytes' && item.from === 'client') {
      await this.settle();
      if (item.bytes !== undefined) {
        this.#live.bytes(item.bytes);
        if (!isBlank(item.bytes)) this.#recorded.bytes();
      } else {
        this.#findings.notSent++;
        this.#recorded.bytes({ line: item.line, name: '', skipped: true, reply: undefined });
      }
    } else if (item.kind === 'end') {
      await this.settle();
      if (item.from === 'client') {
        this.#left = true;
        this.#live.end();
      } else await this.#expectEnd(item.line);
    }
  }

  /** Waits for what is owed, and compares it. */
  async settle(): Promise<void> {
    const owed = this.#owed;
    this.#owed = [];
    for (const one of owed) if (!this.#options.signal.aborted) await one();
  }

  async #say({ value, masked, line }: MessageItem): Promise<void> {
    await this.settle();
    const skipped = masked.length > 0;
    const sent: Sent = { line, name: commandName(value), skipped, reply: undefined };
    this.#recorded.command(sent, value.get('id'));
    if (skipped) this.#findings.notSent++;
    else this.#live.command(sent, value, writeJson(value));
  }

  #expect(item: MessageItem): void {
    const { value, line } = item;
    const kind = kindOfMessage(value);
    const sent = kind === 'reply' ? this.#recorded.reply(value) : undefined;
    if (sent?.skipped) return;
    const key = kind === 'event' ? `event ${eventName(value)}` : kind;
    const name = kind === 'event' ? eventName(value) : (sent?.name ?? '');
    const look = () => (sent === undefined ? this.#live.next(key) : sent.reply);
    this.#owed.push(async () => {
      const now = await this.#live.until(look);
      if (now === undefined) return this.#report('missing', kind, name, line);
      const found = this.#compare(item, now);
      if (found.length > 0) this.#report('differs', kind, name, line, found);
      else this.#findings.same++;
    });
  }

  #compare({ value, masked }: MessageItem, now: JsonObject): Difference[] {
    const { values } = this.#options;
    const [was, is] = [value, now].map(timeless) as [JsonObject, JsonObject];
    const found = differences(was, is, { masked, values, limit: 20 });
    const [wasClass, isClass] = [classOf(was), classOf(is)];
    if (!values && wasClass !== undefined && isClass !== undefined && wasClass !== isClass) {
      found.push({ at: '/error/class', recorded: wasClass, now: isClass });
    }
    return found;
  }

  async #expectEnd(line: number): Promise<void> {
    // It may have ended because the client did.
    const ended = await this.#live.until(() => this.#live.ended || undefined);
    if (!ended && !this.#left) this.#report('missing', 'end', '', line);
  }

  #report(
    problem: Finding['problem'],
    about: Finding['about'],
    name: string,
    line: number,
    found: readonly Difference[] = [],
  ): void {
    if (this.#options.signal.aborted) return;
    this.#findings.add({ problem, about, name, line, client: this.#client, differences: found });
  }
}

/** Without what is another each time. */
function timeless(message: JsonObject): JsonObject {
  const rest = new Map(message);
  rest.delete('id');
  rest.delete('timestamp');
  return rest;
}

function classOf(message: JsonObject): string | undefined {
  const error = message.get('error');
  const name = isObject(error) ? error.get('class') : undefined;
  return typeof name === 'string' ? name : undefined;
}
