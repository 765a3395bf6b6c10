import {
  CommandError,
  ConnectionError,
  type Outcome,
  ProtocolError,
  type WireError,
} from '../errors.js';
import type { EventHub, QapiEvent } from '../events/index.js';
import { createDecoder, createFramer, type Framer } from '../framing/index.js';
import { stringifyJson } from '../json/index.js';
import type { Link } from '../transport/index.js';
import { greetingOf } from './greeting.js';
import { givenUp, watch } from './guard.js';
import { keyOf } from './ids.js';
import type { CommandOptions, Greeting, Message, SessionOptions } from './options.js';
import { mask } from './secrets.js';

/** QEMU reads this many in-band commands ahead; more would keep it from out-of-band ones. */
const OOB_WINDOW = 8;

/** How long a command that answers only to fail is given to fail, in milliseconds. */
const SILENCE = 200;

/** The byte that QMP can nowhere contain. */
const SENTINEL = 0xff;

/** A command that is not done. One that was given up stays here until its reply has come. */
interface Pending {
  readonly name: string;
  readonly key: unknown;
  readonly text: string;
  readonly message: Message;
  readonly oob: boolean;
  sent: boolean;
  /** Settles the caller's promise; absent once that is done. */
  done: ((error: Error | undefined, value?: unknown) => void) | undefined;
}

/** One conversation over one link. */
export class Session {
  readonly #link: Link;
  readonly #hub: EventHub;
  readonly #options: SessionOptions;
  readonly #framer: Framer;
  readonly #agent: boolean;
  readonly #decode = createDecoder();
  /** Commands sent and not answered, in the order of sending. */
  readonly #pending = new Map<unknown, Pending>();
  /** Commands that wait to be sent. */
  #queue: Pending[] = [];
  /** In-band commands in flight, and how many there may be. */
  #inFlight = 0;
  #window: number;
  #lastId = 0;
  /** Commands wait for a negotiation or a synchronization, whose id this is. */
  #waitingFor: unknown;
  #greeting: Greeting | undefined;
  /** The agent's answers are out of step: it has to be synchronized before the next command. */
  #dirty = false;
  /** Errors without an id, and the id of the command that shows which commands they are of. */
  #orphans: WireError[] = [];
  #fence: unknown;
  #quitting = false;
  #closing = false;
  /** Why the session ended; absent while it lives. */
  #end: ConnectionError | undefined;
  #opened: ((error?: Error) => void) | undefined;
  #closed: (reason: ConnectionError | undefined) => void = () => {};

  /** Resolves when commands can be sent. */
  readonly ready: Promise<void>;
  /** Resolves when the connection has ended; with the reason where it broke. */
  readonly closed: Promise<ConnectionError | undefined>;

  constructor(link: Link, hub: EventHub, options: SessionOptions) {
    this.#link = link;
    this.#hub = hub;
    this.#options = options;
    this.#agent = options.protocol === 'qga';
    this.#window = this.#agent ? 1 : Number.POSITIVE_INFINITY;
    this.#framer = createFramer(
      {
        wants: (name) => hub.wants(name) || !!options.trace || name === 'COMMAND_DROPPED',
        message: (message) => this.#receive(message as Message, false),
        damaged: (message) => this.#receive(message as Message, true),
      },
      options.messageLimit,
    );
    this.ready = new Promise((resolve, reject) => {
      this.#opened = (error) => (error ? reject(error) : resolve());
    });
    this.closed = new Promise((resolve) => {
      this.#closed = resolve;
    });
    // Commands wait until the negotiation, of which there is no id yet.
    this.#waitingFor = this;
    link.start(
      (chunk) => this.#data(chunk),
      (reason) => this.#finish(reason),
    );
    if (this.#agent) this.#synchronize();
  }

  get greeting(): Greeting | undefined {
    return this.#greeting;
  }

  /** Executes one command. */
  execute(
    name: string,
    args: object | undefined,
    options: CommandOptions & { readonly oob?: boolean | undefined } = {},
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#broken('not-sent'));
      const oob = options.oob === true;
      if (oob && this.#window !== OOB_WINDOW) {
        const text = `${name}: out-of-band execution is not negotiated`;
        return reject(new ProtocolError('oob-unavailable', text, 'not-sent'));
      }
      const command = this.#command(name, args, oob, options.id);
      let stop: (() => void) | undefined;
      command.done = (error, value) => {
        command.done = undefined;
        stop?.();
        if (error) reject(error);
        else resolve(value);
      };
      const { signal, timeout } = options;
      if (signal || timeout !== undefined) {
        stop = watch(signal, timeout, (late) => this.#giveUp(command, late, signal));
        if (!command.done) return;
      }
      this.#queue.push(command);
      this.#pump();
    });
  }

  /** Ends the connection in order. */
  close(): void {
    if (this.#end) return;
    this.#closing = true;
    this.#link.close();
    // Nobody waits for the peer's end to learn that nothing more will come.
    this.#finish();
  }

  /** Ends the connection because of something that the peer or the caller did. */
  abort(reason: Error): void {
    this.#link.close(true);
    this.#finish(reason);
  }

  #command(name: string, args: object | undefined, oob: boolean, id: unknown): Pending {
    const verb = oob ? 'exec-oob' : 'execute';
    const message: { [member: string]: unknown } = { [verb]: name };
    let text = `{"${verb}":${JSON.stringify(name)}`;
    if (args !== undefined) {
      message.arguments = args;
      text += `,"arguments":${stringifyJson(args)}`;
    }
    let key: unknown = 0;
    // Agents before 3.0 refuse an id; the agent answers one command after the other anyway.
    if (!this.#agent) {
      if (id === undefined) {
        do id = ++this.#lastId;
        while (this.#pending.has(id));
      }
      key = keyOf(id);
      if (this.#pending.has(key)) throw new TypeError(`${name}: its id is in use`);
      message.id = id;
      text += `,"id":${stringifyJson(id)}`;
    }
    return { name, key, message, text: `${text}}\n`, oob, sent: false, done: undefined };
  }

  /** Sends what may be sent. */
  #pump() {
    while (this.#queue.length > 0 && !this.#end && this.#waitingFor === undefined) {
      const command = this.#queue[0] as Pending;
      if (!command.oob && this.#inFlight >= this.#window) return;
      if (this.#dirty) return this.#synchronize();
      this.#queue.shift();
      this.#send(command);
    }
  }

  #send(command: Pending) {
    const { name, oob, key, message, text } = command;
    command.sent = true;
    this.#pending.set(key, command);
    if (!oob) this.#inFlight++;
    if (name === 'quit') this.#quitting = true;
    this.#trace('sent', message, name);
    this.#link.send(text);
    if (this.#options.silent?.includes(name)) this.#expectSilence(command);
  }

  /** A command that answers only to fail has succeeded when it has not failed by then. */
  #expectSilence(command: Pending) {
    setTimeout(() => {
      if (!command.done) return;
      command.done(undefined);
      this.#forget(command);
      // Whatever the agent says yet of this command must not be taken for the next one's answer.
      this.#dirty = this.#agent;
      this.#pump();
    }, SILENCE);
  }

  #forget(command: Pending) {
    if (this.#pending.delete(command.key) && !command.oob) this.#inFlight--;
  }

  #giveUp(command: Pending, late: boolean, signal: AbortSignal | undefined) {
    const outcome = command.sent ? 'unknown' : 'not-sent';
    command.done?.(givenUp(late, signal, command.name, outcome));
    if (!command.sent) this.#queue = this.#queue.filter((other) => other !== command);
    if (this.#agent && !this.#end) {
      // It may answer late or, after a reboot of the guest, never.
      this.#forget(command);
      if (this.#opened === undefined) this.#waitingFor = undefined;
      this.#dirty = true;
      this.#pump();
    }
  }

  #data(chunk: Uint8Array) {
    if (this.#end) return;
    try {
      if (this.#agent && this.#waitingFor !== undefined) {
        // Everything before the last sentinel is of earlier times.
        const at = chunk.lastIndexOf(SENTINEL);
        if (at >= 0) this.#skipping = false;
        if (this.#skipping) return;
        if (at >= 0) {
          this.#framer.reset();
          chunk = chunk.subarray(at + 1);
        }
      }
      this.#framer.push(this.#decode(chunk));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (this.#agent) return this.#resynchronize(error);
      this.abort(this.#greeting || error.code !== 'malformed' ? error : notQmp(error));
    }
  }

  #receive(message: Message, damaged: boolean) {
    if (this.#end) return;
    this.#trace('received', message);
    if (this.#agent) return this.#agentReply(message, damaged);
    if (message.return !== undefined || message.error !== undefined) {
      if (!this.#greeting) return this.abort(notQmp());
      this.#reply(message, damaged);
    } else if (typeof message.event === 'string') {
      if (message.event === 'COMMAND_DROPPED') this.#dropped(message.data);
      this.#hub.emit(message as unknown as QapiEvent);
    } else if (message.QMP !== undefined) this.#negotiate(message.QMP);
    else if (!this.#greeting) this.abort(notQmp());
  }

  #reply(message: Message, damaged: boolean) {
    const { id, error } = message;
    if (id === undefined) return this.#orphan(message);
    const key = keyOf(id);
    if (key === this.#waitingFor) return this.#negotiated(error);
    if (key === this.#fence) return this.#fenceReached();
    const command = this.#pending.get(key);
    if (command) this.#answer(command, message, damaged);
  }

  #answer(command: Pending, message: Message, damaged: boolean) {
    this.#forget(command);
    if (command.done) {
      if (damaged) {
        const text = `${command.name}: the reply has a number that is none`;
        command.done(new ProtocolError('malformed', text));
      } else if (message.error === undefined) command.done(undefined, message.return);
      else command.done(new CommandError(command.name, wireError(message.error)));
    }
    if (this.#queue.length > 0) this.#pump();
  }

  /** A second greeting, of a server whose monitor was opened twice, asks for it again. */
  #negotiate(body: unknown) {
    const again = this.#greeting !== undefined;
    this.#greeting = greetingOf(body);
    const oob = this.#options.oob && this.#greeting.capabilities.includes('oob');
    this.#window = oob ? OOB_WINDOW : Number.POSITIVE_INFINITY;
    const args = oob ? { enable: ['oob'] } : undefined;
    const command = this.#command('qmp_capabilities', args, false, undefined);
    this.#waitingFor = command.key;
    this.#negotiatedBefore ||= again;
    this.#trace('sent', command.message, command.name);
    this.#link.send(command.text);
  }

  #negotiated(error: unknown) {
    // The earlier of two negotiations may have been the one that counts.
    if (error !== undefined) {
      const refusal = new CommandError('qmp_capabilities', wireError(error));
      if (!this.#negotiatedBefore || refusal.class !== 'CommandNotFound') {
        const text = `The server refused to negotiate: ${refusal.desc}`;
        return this.abort(new ProtocolError('negotiation-refused', text));
      }
    }
    this.#open();
  }

  #open() {
    this.#waitingFor = undefined;
    this.#opened?.();
    this.#opened = undefined;
    this.#pump();
  }

  /**
   * A reply without an id: an error of something that the server could not parse. Which of the
   * commands in flight that was shows once a later one has been answered, since they are answered
   * in their order; and one bad input may give several errors.
   */
  #orphan(message: Message) {
    if (message.error === undefined) {
      const [only] = this.#pending.values();
      if (typeof this.#waitingFor === 'number') return this.#negotiated(undefined);
      if (only && this.#pending.size === 1 && this.#fence === undefined) {
        return this.#answer(only, message, false);
      }
      return this.abort(new ProtocolError('unattributed', 'The server sent a reply without id'));
    }
    if (this.#inFlight === 0) return;
    this.#orphans.push(wireError(message.error));
    if (this.#orphans.length > 1) return;
    // In command mode this is refused, by all servers, and does nothing.
    const fence = this.#command('qmp_capabilities', undefined, false, undefined);
    this.#fence = fence.key;
    this.#fenced = [...this.#pending.values()].filter((command) => !command.oob);
    this.#link.send(fence.text);
  }

  #fenceReached() {
    const [error = {}] = this.#orphans;
    this.#fence = undefined;
    this.#orphans = [];
    for (const command of this.#fenced) {
      if (this.#pending.get(command.key) === command) this.#answer(command, { error }, false);
    }
    this.#fenced = [];
  }

  /** QEMU 2.12 and 3.0 drop out-of-band requests that their queue has no place for. */
  #dropped(data: unknown) {
    const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
    const command = id === undefined ? undefined : this.#pending.get(keyOf(id));
    if (!command) return;
    this.#forget(command);
    const text = `${command.name}: the server dropped the command unexecuted`;
    command.done?.(new ProtocolError('command-dropped', text, 'not-sent'));
    this.#pump();
  }

  #synchronize() {
    const id = 1 + Math.floor(Math.random() * 0x7ffffffe);
    this.#waitingFor = id;
    this.#skipping = true;
    this.#dirty = false;
    const message = { execute: 'guest-sync-delimited', arguments: { id } };
    this.#trace('sent', message, message.execute);
    this.#link.send(Uint8Array.of(SENTINEL));
    this.#link.send(`${JSON.stringify(message)}\n`);
  }

  #agentReply(message: Message, damaged: boolean) {
    if (this.#waitingFor !== undefined) {
      if (message.return === this.#waitingFor) this.#open();
      else this.#skipping = true;
      return;
    }
    const [command] = this.#pending.values();
    if (command) this.#answer(command, message, damaged);
  }

  /** The agent's output made no sense: the command concerned fails, the next finds it in step. */
  #resynchronize(error: ProtocolError) {
    this.#framer.reset();
    this.#skipping = true;
    if (this.#waitingFor !== undefined) return;
    this.#dirty = true;
    const [command] = this.#pending.values();
    if (!command) return;
    this.#forget(command);
    command.done?.(new ProtocolError(error.code, `${command.name}: ${error.message}`, 'unknown'));
    this.#pump();
  }

  #finish(reason?: unknown) {
    if (this.#end) return;
    const clean = this.#closing || this.#quitting || reason === undefined;
    const cause = reason instanceof Error ? `: ${reason.message}` : '';
    this.#end = clean
      ? new ConnectionError('connection-closed', 'The connection is closed')
      : new ConnectionError('connection-lost', `The connection broke${cause}`, reason);
    this.#opened?.(reason instanceof Error ? reason : this.#end);
    this.#opened = undefined;
    const left = [...this.#pending.values(), ...this.#queue];
    this.#pending.clear();
    this.#queue = [];
    for (const command of left) {
      // A server that quits does not always get its reply out.
      if (command.sent && command.name === 'quit') command.done?.(undefined, {});
      else command.done?.(this.#broken(command.sent ? 'unknown' : 'not-sent', command.name));
    }
    this.#closed(clean ? undefined : this.#end);
  }

  #broken(outcome: Outcome, name?: string): ConnectionError {
    const { code, message, cause } = this.#end as ConnectionError;
    return new ConnectionError(code, name ? `${name}: ${message}` : message, cause, outcome);
  }

  #trace(direction: 'sent' | 'received', message: Message, name?: string) {
    const { trace, secrets } = this.#options;
    if (!trace) return;
    trace({ time: Date.now(), direction, message: mask(message, name, secrets) });
  }

  #skipping = false;
  #negotiatedBefore = false;
  #fenced: Pending[] = [];
}

const notQmp = (cause?: Error) => {
  const error = new ProtocolError('not-qmp', 'The peer does not speak QMP: it sent no greeting');
  if (cause) error.cause = cause;
  return error;
};

/** The `error` member, whatever a server made of it. */
const wireError = (value: unknown): WireError =>
  typeof value === 'object' && value !== null ? { ...value } : { desc: String(value) };
