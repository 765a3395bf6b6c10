import type { CommandData } from '../../schema/index.js';
import type { Faults, Subject } from '../faults.js';
import { type Input, Reader } from '../input/reader.js';
import { Refusal } from '../refusal.js';
import { isPromise, type JsonObject, type JsonValue } from '../values.js';
import { Sender, type Wire } from '../wire.js';
import { type Layout, writeJson } from '../write-json.js';
import { idOf, isOob, readRequest } from './request.js';

/** Commands that a monitor reads ahead when out-of-band execution is on; else it waits for each. */
const QUEUE = 8;
/** Bytes not taken by the client at which no more commands are read. */
const BACKLOG = 1024 * 1024;
/** Bytes waiting in either direction at which the connection is broken. */
const TOO_MUCH = 64 * 1024 * 1024;

const encoder = new TextEncoder();
const NOTHING = new Uint8Array();
/** What an agent puts before the reply that ends a synchronization. */
const SENTINEL = Uint8Array.of(0xff);

/** One command, as whoever answers it sees it. */
export interface Call {
  readonly command: CommandData;
  readonly given: JsonObject;
  readonly id: JsonValue | undefined;
  readonly oob: boolean;
  readonly session: Session;
  /** Set: called after the reply, then every connection ends. */
  quits: (() => void) | undefined;
}

/** The server that a session belongs to. */
export interface Host {
  /** Release that it speaks like, as far as releases differ. */
  readonly major: number;
  readonly layout: Layout;
  readonly faults: Faults;
  /** What a monitor says first; absent at an agent, which negotiates nothing. */
  readonly greeting: object | undefined;
  readonly capabilities: readonly string[];
  command(name: string): CommandData | undefined;
  /** @throws Refusal, also in the promise */
  answer(call: Call): unknown;
  quit(): void;
}

/** One connection of a client: reads commands, and sends replies and events. */
export class Session {
  readonly #host: Host;
  readonly #wire: Wire;
  readonly #sender: Sender;
  readonly #reader: Reader;
  readonly #abort = new AbortController();
  #queue: Input[] = [];
  #started = false;
  #negotiated = false;
  #oob = false;
  /** A command is being executed in band. */
  #busy = false;
  /** A command is being executed out of band. */
  #overtaking = false;
  #pumping = false;
  #paused = false;

  constructor(host: Host, wire: Wire) {
    this.#host = host;
    this.#wire = wire;
    this.#sender = new Sender(wire, host.faults);
    this.#reader = new Reader(host.major);
  }

  /** Aborted when the connection ends. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Begins to speak, once; what came before is read then. */
  start(): void {
    if (this.#started) return;
    const { greeting } = this.#host;
    this.#started = true;
    if (greeting === undefined) this.#negotiated = true;
    else this.#send({ QMP: greeting }, { message: 'greeting' });
    this.#pump();
  }

  receive(chunk: Uint8Array): void {
    if (this.signal.aborted) return;
    this.#reader.push(chunk);
    if (this.#reader.waiting > TOO_MUCH) this.cut();
    else this.#pump();
  }

  /** The client has taken what waited. */
  drained(): void {
    this.#pump();
  }

  /** The connection is gone. */
  closed(): void {
    this.#sender.stop();
    this.#queue = [];
    this.#abort.abort();
  }

  /** Sends an event, unless the client is not past negotiation. */
  event(event: { readonly event: string; readonly data?: unknown }): void {
    if (this.#negotiated) this.#send(event, { message: 'event', name: event.event });
  }

  /** Sends bytes as they are, past all faults. */
  raw(bytes: Uint8Array): void {
    if (!this.signal.aborted) this.#wire.send(bytes);
  }

  /** Ends the connection once all is sent. */
  end(): void {
    this.#sender.end();
  }

  /** Breaks the connection. */
  cut(): void {
    this.#sender.cut();
  }

  get #full(): boolean {
    const many = this.#queue.length >= (this.#oob ? QUEUE : 1);
    return many || this.#overtaking || this.#sender.backlog > BACKLOG;
  }

  /** Reads and executes as far as it goes. */
  #pump(): void {
    if (this.#pumping || !this.#started) return;
    this.#pumping = true;
    for (;;) {
      this.#work();
      const input = this.signal.aborted || this.#full ? undefined : this.#reader.next();
      if (input === undefined) break;
      const overtakes = this.#oob && input.kind === 'value' && isOob(input.value);
      if (overtakes) this.#overtake(input);
      else this.#queue.push(input);
    }
    this.#pumping = false;
    if (this.#full === this.#paused) return;
    this.#paused = !this.#paused;
    if (this.#paused) this.#wire.pause();
    else this.#wire.resume();
  }

  /** Executes at once what does not wait for the others; one at a time, as they come. */
  #overtake(input: Input): void {
    const done = this.#execute(input);
    if (done === undefined) return;
    this.#overtaking = true;
    done.then(() => {
      this.#overtaking = false;
      this.#pump();
    });
  }

  #work(): void {
    while (!this.#busy && !this.signal.aborted) {
      const input = this.#queue.shift();
      if (input === undefined) return;
      const done = this.#execute(input);
      if (done === undefined) continue;
      this.#busy = true;
      done.then(() => {
        this.#busy = false;
        this.#pump();
      });
    }
  }

  /** Answers one input; a promise, which never rejects, where that takes time. */
  #execute(input: Input): Promise<void> | undefined {
    if (input.kind === 'error') return this.#refuse(undefined, undefined, new Refusal(input.text));
    const id = idOf(input.value);
    let name: string | undefined;
    try {
      const request = readRequest(input.value, this.#oob);
      name = request.name;
      const command = this.#find(request.name, request.oob);
      const { oob, arguments: given } = request;
      const call: Call = { command, given, id, oob, session: this, quits: undefined };
      const value = this.#host.answer(call);
      if (!isPromise(value)) return this.#reply(call, value);
      return Promise.resolve(value).then(
        (result) => this.#reply(call, result),
        (error) => this.#refuse(name, id, error),
      );
    } catch (error) {
      return this.#refuse(name, id, error);
    }
  }

  #find(name: string, oob: boolean): CommandData {
    const command = this.#host.command(name);
    if (!this.#negotiated && name !== 'qmp_capabilities') {
      const text = "Expecting capabilities negotiation with 'qmp_capabilities'";
      throw new Refusal(text, 'CommandNotFound');
    }
    if (command === undefined) {
      throw new Refusal(`The command ${name} has not been found`, 'CommandNotFound');
    }
    if (oob && command.allowOob !== true) {
      throw new Refusal(`The command ${name} does not support OOB`);
    }
    return command;
  }

  /**
   * Ends negotiation.
   * @throws Refusal where it is over, or the client wants what is not offered
   */
  negotiate(enable: readonly unknown[]): void {
    if (this.#negotiated) {
      const text = 'Capabilities negotiation is already complete, command ignored';
      throw new Refusal(text, 'CommandNotFound');
    }
    const missing = enable.find((name) => !this.#host.capabilities.some((one) => one === name));
    if (missing !== undefined) throw new Refusal(`Capability ${missing} not available`);
    this.#negotiated = true;
    this.#oob = enable.includes('oob');
  }

  #reply({ command, id, quits }: Call, value: unknown): undefined {
    const { name } = command;
    if (command.silent !== true) {
      try {
        const prefix = name === 'guest-sync-delimited' ? SENTINEL : NOTHING;
        this.#send({ return: value ?? {}, id }, { message: 'reply', name }, prefix);
      } catch (error) {
        return this.#refuse(name, id, error);
      }
    }
    if (quits === undefined) return;
    quits();
    this.#host.quit();
  }

  /** What is no Refusal is a fault of the handler, and told to whoever waits for the reply. */
  #refuse(name: string | undefined, id: JsonValue | undefined, error: unknown): undefined {
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal(`The mock's handler of ${name} failed: ${messageOf(error)}`);
    const { class: errorClass, message: desc, data } = refusal;
    this.#send({ id, error: { class: errorClass, desc, data } }, { message: 'reply', name });
  }

  #send(message: object, subject: Subject, prefix = NOTHING): void {
    if (this.signal.aborted) return;
    const { layout } = this.#host;
    const text = encoder.encode(writeJson(message, layout) + layout.newline);
    const bytes = new Uint8Array(prefix.length + text.length);
    bytes.set(prefix);
    bytes.set(text, prefix.length);
    this.#sender.send(bytes, subject);
    if (this.#sender.backlog > TOO_MUCH) this.cut();
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
