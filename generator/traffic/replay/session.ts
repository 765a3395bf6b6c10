import { commandKey, commandName, isSync, withId } from '../command.js';
import { isObject, type Json, type JsonObject } from '../json/value.js';
import { asciiJson, canonicalJson } from '../json/write.js';
import type { Piece } from '../split.js';
import { findAlike, findSame, takeBytes, tellDifference } from './match.js';
import type { Observer } from './observer.js';
import { Repeats } from './repeats.js';
import type { Expected, Said, Script } from './script.js';

/** How long a command that others overtook is waited for, in milliseconds. */
const GRACE = 1000;

/** Commands that are never answered are forgotten beyond this. */
const MAX_ANSWERING = 1000;

/** What a session says, to whom it speaks. */
export interface Speaker {
  /** Resolves when more can be sent. */
  send(bytes: Uint8Array | string): Promise<void>;
  end(how: 'closed' | 'broken'): void;
  /** All that came is taken. */
  resume(): void;
}

export interface SessionOptions {
  /** 1 is the recorded pace, 2 twice as fast, Infinity without waiting. */
  readonly speed: number;
  /** A command with other arguments gets the recorded answer. */
  readonly loose: boolean;
  /** Absent where nobody asks how the client keeps to the recording. */
  readonly observer: Observer | undefined;
}

/**
 * One recorded connection, spoken again. What the server said comes in its order, each thing when
 * the client has sent all that came before it; a reply comes even if commands before it are missing,
 * and what others overtook is given up after a while.
 */
export class ReplaySession {
  readonly #script: Script;
  readonly #speaker: Speaker;
  readonly #options: SessionOptions;
  readonly #repeats = new Repeats();
  readonly #inputs: Piece[] = [];
  #wake: () => void = () => {};
  #over = false;
  /** The client sends no more. */
  #leaving = false;
  /** The recorded client has left: the server ended it because of that. */
  #clientLeft = false;
  /** Bytes that are the beginning of recorded ones. */
  #bytes: Uint8Array = new Uint8Array();
  #newline = '\n';
  /** Commands that are answered in the order of their coming, and when the last of them is. */
  readonly #answering: Expected[] = [];
  #lastDue = 0;
  /** A moment of now, in milliseconds, and the recorded one that it stands for, in microseconds. */
  #anchor = { now: performance.now(), recorded: 0 };

  constructor(script: Script, speaker: Speaker, options: SessionOptions) {
    this.#script = script;
    this.#speaker = speaker;
    this.#options = options;
  }

  /** Takes what the client sent. @returns how much of it waits */
  input(piece: Piece): number {
    this.#inputs.push(piece);
    this.#wake();
    return this.#inputs.length;
  }

  /** The client sends no more: it is answered what it asked. */
  leave(): void {
    this.#leaving = true;
    this.#wake();
  }

  /** The client has gone. */
  close(): void {
    this.#over = true;
    this.#wake();
  }

  /** Speaks until the connection ends, then tells what was not asked for. */
  async run(): Promise<void> {
    await this.#script.head();
    this.#anchor = { now: performance.now(), recorded: this.#script.start ?? 0 };
    try {
      while (!this.#over || this.#inputs.length > 0) {
        const input = this.#inputs.shift();
        if (input !== undefined) await this.#take(input);
        else if (this.#leaving) {
          await this.#advance(true);
          this.#over = true;
        } else {
          this.#speaker.resume();
          await this.#wait(await this.#advance());
        }
      }
      await this.#tellMissing();
    } finally {
      await this.#script.close();
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    if (this.#over || this.#leaving || this.#inputs.length > 0 || milliseconds <= 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (milliseconds < 2 ** 31) timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.#wake = () => {};
  }

  /** Says what is due, or all that could be. @returns milliseconds until more is */
  async #advance(all = false): Promise<number> {
    const script = this.#script;
    for (let head = await script.head(); head && !this.#over; head = await script.head()) {
      if (head.kind === 'end') {
        if (head.item.from === 'client') this.#clientLeft = true;
        else if (!this.#clientLeft) {
          const wait = this.#until(head.item.t);
          if (wait > 0 && !all) return wait;
          this.#over = true;
          this.#speaker.end(head.item.how);
        }
      } else if (head.kind === 'said') {
        if (head.command?.skipped) this.#keep(head);
        else if (!head.done) {
          const wait = this.#dueIn(head);
          if (wait > 0 && !all) return wait;
          await this.#say(head);
        }
      } else if (head.taken !== undefined) {
        const now = Math.max(this.#anchor.now, head.taken.at);
        this.#anchor = { now, recorded: head.item.t };
      } else {
        const left = (head.overtaken ?? Number.POSITIVE_INFINITY) + GRACE - performance.now();
        if (left > 0) return Math.min(left, await this.#sayAhead(all));
        head.skipped = true;
        this.#options.observer?.missing(head);
      }
      script.shift();
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Something before these has not come: says greetings, and replies to what has. */
  async #sayAhead(all: boolean): Promise<number> {
    let next = Number.POSITIVE_INFINITY;
    const waitsForReply = () =>
      this.#script.entries.some((one) => 'taken' in one && one.taken && !one.reply);
    // A monitor greets soon after it was connected to.
    const isYoung = () => this.#script.entries.length < 16;
    while ((isYoung() || waitsForReply()) && (await this.#script.more()));
    for (const entry of [...this.#script.entries]) {
      if (entry.kind !== 'said' || entry.done) continue;
      if (!entry.greeting && entry.command?.taken === undefined) continue;
      const wait = this.#dueIn(entry);
      if (wait <= 0 || all) await this.#say(entry);
      else next = Math.min(next, wait);
    }
    return next;
  }

  /** Milliseconds until something recorded is due. */
  #dueIn({ item, command }: Said): number {
    const due = command?.taken?.due;
    return due === undefined ? this.#until(item.t) : due - performance.now();
  }

  #until(recorded: number): number {
    // A client that is faster than the recorded one gets what it would have had by now.
    const isLate = this.#script.entries.some((one) => 'taken' in one && one.taken !== undefined);
    if (isLate) return 0;
    return this.#anchor.now + this.#span(this.#anchor.recorded, recorded) - performance.now();
  }

  /** Milliseconds that what took so long takes now. */
  #span(from: number, to: number): number {
    return Math.max(0, to - from) / 1000 / this.#options.speed;
  }

  async #say(said: Said): Promise<void> {
    if (said.done) return;
    said.done = true;
    const { item, command, prefix } = said;
    if (command !== undefined && this.#answering.includes(command)) {
      // Who gives no id goes by the order.
      for (let first = this.#answering.shift(); first && first !== command; ) {
        if (first.reply !== undefined) await this.#say(first.reply);
        first = this.#answering.shift();
      }
    }
    if (item.kind === 'bytes') {
      const bytes = Buffer.from(item.bytes ?? []).toString('latin1');
      // What has the form of a message ended a line.
      const text = bytes.endsWith('}') ? bytes + this.#newline : bytes;
      await this.#speaker.send(Buffer.from(text, 'latin1'));
    } else if (command?.taken !== undefined && command.item.kind === 'message') {
      const recorded = command.item.value;
      this.#keep(said);
      const { message } = command.taken;
      // What was asked in the same words is answered in the same words.
      const isSame = message !== undefined && canonicalJson(message) === canonicalJson(recorded);
      if (prefix !== undefined) await this.#speaker.send(prefix);
      await this.#send(isSame ? item.value : answerTo(message ?? recorded, item.value));
    } else await this.#send(item.value);
  }

  /** For who asks again, or late. */
  #keep(said: Said): void {
    const asked = said.command?.item;
    if (asked?.kind === 'message') this.#repeats.remember(commandKey(asked.value), said);
  }

  #send(message: JsonObject): Promise<void> {
    // A monitor, which greets, ends its lines so; an agent does not.
    if (message.has('QMP')) this.#newline = '\r\n';
    return this.#speaker.send(asciiJson(message) + this.#newline);
  }

  async #take(input: Piece): Promise<void> {
    if (input.kind === 'bytes') return this.#takeBytes(input.bytes);
    const { value } = input;
    const { observer, loose } = this.#options;
    const same = await findSame(this.#script, value);
    if (same !== undefined) {
      await this.#mark(same, value);
      observer?.same(same);
      return;
    }
    // What is said to this now comes after what is due to those before.
    await this.#advance(true);
    const repeated = this.#repeats.find(commandKey(value));
    if (repeated?.item.kind === 'message') {
      observer?.unexpected(value);
      if (repeated.prefix !== undefined) await this.#speaker.send(repeated.prefix);
      return this.#send(answerTo(value, repeated.item.value));
    }
    // What a client can do is its own; what it is answered is not.
    const anyArguments = loose || commandName(value) === 'qmp_capabilities';
    const alike = anyArguments ? await findAlike(this.#script, value) : undefined;
    if (alike !== undefined) {
      await this.#mark(alike, value);
      if (observer) tellDifference(observer, alike, value);
      return;
    }
    observer?.unexpected(value);
    return this.#refuse(`The recording has no answer to ${commandName(value)}`, value.get('id'));
  }

  async #takeBytes(bytes: Uint8Array): Promise<void> {
    const all = Buffer.concat([this.#bytes, bytes]);
    const rest = await takeBytes(this.#script, all, (expected) => {
      const at = this.#overtake(expected);
      expected.taken = { due: at, at, message: undefined };
      this.#options.observer?.same(expected);
    });
    this.#bytes = rest ?? new Uint8Array();
    if (rest !== undefined) return;
    this.#options.observer?.unexpected(all);
    // Half a message is not answered.
    if (!this.#leaving) await this.#refuse('The recording does not have these bytes', undefined);
  }

  #refuse(desc: string, id: Json | undefined): Promise<void> {
    const error = new Map([
      ['class', 'GenericError'],
      ['desc', desc],
    ]);
    return this.#send(withId(new Map([['error', error]]), id));
  }

  async #mark(expected: Expected, message: JsonObject): Promise<void> {
    const at = this.#overtake(expected);
    while (expected.reply === undefined && (await this.#script.more()));
    const { item, reply } = expected;
    const due = reply === undefined ? at : at + this.#span(item.t, reply.item.t);
    if (message.has('exec-oob')) {
      expected.taken = { due, at, message };
      return;
    }
    this.#lastDue = Math.max(this.#lastDue, due);
    expected.taken = { due: this.#lastDue, at, message };
    this.#answering.push(expected);
    if (this.#answering.length > MAX_ANSWERING) this.#answering.shift();
  }

  /** What is expected before something that has come was overtaken. @returns now */
  #overtake(expected: Expected): number {
    const at = performance.now();
    for (const entry of this.#script.entries) {
      if (entry === expected) break;
      if ('taken' in entry && entry.taken === undefined) entry.overtaken ??= at;
    }
    return at;
  }

  async #tellMissing(): Promise<void> {
    if (this.#options.observer === undefined) return;
    for (let head = await this.#script.head(); head; head = await this.#script.head()) {
      if ('taken' in head && head.taken === undefined) this.#options.observer?.missing(head);
      this.#script.shift();
    }
  }
}

/** A recorded reply as the answer to a command: with its id, or its number of a synchronization. */
function answerTo(command: JsonObject, reply: JsonObject): JsonObject {
  const args = command.get('arguments');
  const sync = isSync(commandName(command)) && isObject(args) ? args.get('id') : undefined;
  const synced = sync !== undefined && reply.has('return');
  return withId(synced ? new Map(reply).set('return', sync) : reply, command.get('id'));
}
