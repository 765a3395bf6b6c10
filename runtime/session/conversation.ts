import { CommandError, ConnectionError, ProtocolError, type WireError } from '../errors.js';
import { createDecoder, createFramer, type Framer } from '../framing/index.js';
import { parseJson, stringifyJson } from '../json/index.js';
import type { Link } from '../transport/index.js';
import { givenUp, watch } from './guard.js';
import type { CommandOptions, Message, SessionOptions } from './options.js';

/** A command that is not done. One that was given up stays until its reply has come. */
export interface Pending {
  readonly name: string;
  /** What its reply is looked up by. */
  readonly key: unknown;
  readonly text: string;
  readonly oob: boolean;
  sent?: true;
  /** Settles the caller's promise; absent once that is done. */
  done?: ((error: Error | undefined, value?: unknown) => void) | undefined;
}

/** What the conversations with a monitor and with an agent have in common. */
export abstract class Conversation {
  readonly #link: Link;
  readonly #decode = createDecoder();
  readonly #options: SessionOptions;
  protected readonly framer: Framer;
  /** Commands sent and not answered, in the order of sending. */
  readonly pending = new Map<unknown, Pending>();
  /** Commands not sent yet, in the order of the calls. */
  readonly #queue = new Set<Pending>();
  /** In-band commands in flight, and how many there may be. */
  protected inFlight = 0;
  protected window = Number.POSITIVE_INFINITY;
  /** Commands have to wait. */
  protected held = true;
  #quitting = false;
  #closing = false;
  /** Why the conversation ended; absent while it lives. */
  #end: ConnectionError | undefined;
  #settle: { resolve(): void; reject(reason: unknown): void } | undefined;
  #closed: (reason: ConnectionError) => void = () => {};

  /** Resolves when commands can be sent. */
  readonly ready = new Promise<void>((resolve, reject) => {
    this.#settle = { resolve, reject };
  });
  /** Resolves when the connection has ended; with the code that says whether in order. */
  readonly closed = new Promise<ConnectionError>((resolve) => {
    this.#closed = resolve;
  });

  constructor(link: Link, options: SessionOptions) {
    this.#link = link;
    this.#options = options;
    this.framer = createFramer(
      {
        message: (message) => this.#message(message as Message),
        damaged: (text) =>
          this.later(import('../framing/repair.js'), ({ repair }) => {
            this.#message(repair(text) as Message, true);
          }),
      },
      options.messageLimit,
    );
  }

  /** Begins to listen. */
  start(): void {
    this.#link.start(
      (chunk) => {
        if (!this.#end) this.#guarded(() => this.bytes(chunk));
      },
      (reason) => this.#finish(reason),
    );
  }

  /** One message. */
  protected abstract receive(message: Message, damaged: boolean): void;
  /**
   * Finds the id to send, if any, and what the reply will be looked up by.
   * @throws where the command cannot be sent so
   */
  protected abstract identify(
    name: string,
    oob: boolean,
    id: unknown,
  ): { readonly key: unknown; readonly id?: unknown };
  /** What the peer sent cannot be understood. */
  protected abstract broken(error: ProtocolError): void;
  /** A command will not be waited for any longer. */
  protected abandoned(_command: Pending): void {}
  /** Just before commands are sent; may hold them. */
  protected prepare(): void {}

  protected bytes(chunk: Uint8Array): void {
    this.framer.push(this.#decode(chunk));
  }

  /** Whether the end was asked for from here. */
  get over(): boolean {
    return this.#closing || this.#quitting;
  }

  /** Executes one command. */
  execute(
    name: string,
    args: object | undefined,
    options: CommandOptions & { readonly oob?: boolean | undefined } = {},
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const command = this.command(name, args, options.oob, options.id);
      const { signal, timeout } = options;
      let stop = () => {};
      command.done = (error, value) => {
        command.done = undefined;
        stop();
        if (error) reject(error);
        else resolve(value);
      };
      if (this.#end) return this.#lost(command);
      if (signal || timeout !== undefined) {
        stop = watch(signal, timeout, (late) => {
          const outcome = command.sent ? 'unknown' : 'not-sent';
          this.#queue.delete(command);
          command.done?.(givenUp(late, signal, name, outcome));
          this.abandoned(command);
        });
      }
      if (!command.done) return;
      if (command.oob && !this.held) return this.dispatch(command);
      this.#queue.add(command);
      this.pump();
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

  /** Ends the connection because of what the peer or the caller did. */
  abort(reason: unknown): void {
    this.#link.close(true);
    this.#finish(reason);
  }

  command(name: string, args?: object, oob = false, id?: unknown): Pending {
    let text = `{"${oob ? 'exec-oob' : 'execute'}":${JSON.stringify(name)}`;
    if (args !== undefined) text += `,"arguments":${stringifyJson(args)}`;
    const { key, id: own } = this.identify(name, oob, id);
    if (own !== undefined) text += `,"id":${stringifyJson(own)}`;
    return { name, key, text: `${text}}\n`, oob };
  }

  /** Does what the peer may have made impossible. */
  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.broken(error);
    }
  }

  /** Does what happens so seldom that it is loaded when it does. */
  later<T>(module: Promise<T>, action: (module: T) => void): void {
    module.then(
      (loaded) => this.#guarded(() => action(loaded)),
      (error) => this.abort(error),
    );
  }

  /** Sends what may be sent. */
  pump(): void {
    for (const command of this.#queue) {
      this.prepare();
      if (this.held || (!command.oob && this.inFlight >= this.window)) return;
      this.#queue.delete(command);
      this.dispatch(command);
    }
  }

  /** Sends one command now. */
  dispatch(command: Pending): void {
    this.pending.set(command.key, command);
    command.sent = true;
    if (!command.oob) this.inFlight++;
    if (command.name === 'quit') this.#quitting = true;
    this.send(command.text);
  }

  /** Sends a text as it is. */
  protected send(text: string | Uint8Array): void {
    if (typeof text === 'string') this.#options.traced?.(true, parseJson(text) as Message);
    // A command that is alone has nothing to wait for; many go out in one write.
    this.#link.send(text, this.pending.size < 2);
  }

  /** Commands can be sent from now on. */
  protected open(): void {
    this.held = false;
    this.#settle?.resolve();
    this.pump();
  }

  answer(command: Pending, message: Message, damaged = false): void {
    this.forget(command);
    const { name, done } = command;
    if (damaged) {
      done?.(new ProtocolError('malformed', `${name}: the reply is not JSON`));
    } else if (message.error === undefined) done?.(undefined, message.return);
    else done?.(new CommandError(name, Object(message.error) as WireError));
    if (this.#queue.size > 0) this.pump();
  }

  forget(command: Pending): void {
    if (this.pending.delete(command.key) && !command.oob) this.inFlight--;
  }

  #message(message: Message, damaged = false): void {
    if (this.#end) return;
    this.#options.traced?.(false, message);
    this.receive(message, damaged);
  }

  #finish(reason?: unknown): void {
    if (this.#end) return;
    const clean = this.over || reason === undefined;
    this.#end = clean
      ? new ConnectionError('connection-closed', 'The connection is closed')
      : new ConnectionError('connection-lost', `The connection broke: ${message(reason)}`, reason);
    this.#settle?.reject(reason instanceof ProtocolError ? reason : this.#end);
    const left = [...this.pending.values(), ...this.#queue];
    this.pending.clear();
    this.#queue.clear();
    for (const command of left) this.#lost(command);
    this.#closed(this.#end);
  }

  #lost({ name, sent, done }: Pending): void {
    const { code, message, cause } = this.#end as ConnectionError;
    // A server that quits does not always get its reply out.
    if (sent && name === 'quit') done?.(undefined, {});
    else {
      const outcome = sent ? 'unknown' : 'not-sent';
      done?.(new ConnectionError(code, `${name}: ${message}`, cause, outcome));
    }
  }
}

const message = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason));
