import { CommandError, ConnectionError, ProtocolError, type WireError } from '../errors.js';
import type { EventHub, QapiEvent } from '../events/index.js';
import { createDecoder, createFramer } from '../framing/index.js';
import { parseJson, stringifyJson } from '../json/index.js';
import type { Link } from '../transport/index.js';
import { greetingOf } from './greeting.js';
import { watch } from './guard.js';
import { keyOf } from './ids.js';
import type { CommandOptions, Greeting, Message, Pending, SessionOptions } from './options.js';

/** QEMU reads this many in-band commands ahead; more would keep it from out-of-band ones. */
const OOB_WINDOW = 8;

/** More than memory has place for. */
const ANY = 2 ** 32;

/** One conversation: with a monitor, or with what has been made to look like one. */
export class Monitor {
  readonly #link: Link;
  readonly #hub: EventHub;
  readonly #options: SessionOptions;
  readonly #framer;
  /** Commands sent and not answered, in the order of sending. */
  readonly pending = new Map<unknown, Pending>();
  /** Commands not sent yet, in the order of the calls. */
  readonly #queue = new Set<Pending>();
  #lastId = 0;
  /** In-band commands in flight, and how many there may be. */
  #inFlight = 0;
  #window = 0;
  /** Commands have to wait for a negotiation. */
  #held = true;
  /** Greetings answered. */
  #greetings = 0;
  greeting: Greeting | undefined;
  /** Whether events that nobody wants are looked for, or must not be. */
  #skips: boolean;
  /** The end was asked for from here. */
  over = false;
  /** Why the conversation ended; absent while it lives. */
  #end: ConnectionError | undefined;
  #ready = nothing;
  #closed: (reason: ConnectionError) => void = nothing;

  /** Resolves when the connection has ended; with the code that says whether in order. */
  readonly closed = new Promise<ConnectionError>((resolve) => {
    this.#closed = resolve;
  });
  /** Resolves when commands can be sent. */
  readonly ready = new Promise<void>((resolve, reject) => {
    this.#ready = resolve;
    // A break while negotiating is of this family too; what the peer did wrong says more.
    this.closed.then((end) => reject(end.cause instanceof ProtocolError ? end.cause : end));
  });

  constructor(link: Link, hub: EventHub, options: SessionOptions) {
    this.#link = link;
    this.#hub = hub;
    this.#options = options;
    // Whoever traces wants all events.
    this.#skips = !!options.traced;
    const decode = createDecoder();
    this.#framer = createFramer(
      {
        message: (message) => this.receive(message as Message),
        damaged: (text) => this.#later(({ damaged }) => damaged(this, text)),
      },
      options.messageLimit,
    );
    link.start(
      (chunk) => {
        if (!this.#end) this.#guarded(() => this.#framer.push(decode(chunk)));
      },
      (reason) => this.#finish(reason),
    );
  }

  /** Executes one command. */
  execute(
    name: string,
    args: object | undefined,
    options: CommandOptions & { readonly oob?: boolean | undefined } = {},
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { signal, timeout, oob, id } = options;
      if (oob && this.#window !== OOB_WINDOW) {
        return this.#later(({ unavailable }) => reject(unavailable(name)));
      }
      const command = this.command(name, args, oob, id);
      let stop = nothing;
      command.done = (error, value) => {
        command.done = undefined;
        stop();
        if (error) reject(error);
        else resolve(value);
        // What is left of a command must not keep its answer until all memory is looked through.
        resolve = reject = nothing;
      };
      if (this.#end) return this.#lost(command);
      if (signal || timeout !== undefined) {
        stop = watch(signal, timeout, name, (error) => {
          this.#queue.delete(command);
          command.done?.(Object.assign(error, { outcome: outcomeOf(command) }));
          if (command.sent) this.#link.forget?.(command.key);
        });
      }
      if (!command.done) return;
      if (this.#held || (!command.oob && this.#inFlight >= this.#window)) this.#queue.add(command);
      else this.dispatch(command);
    });
  }

  /** Ends the connection in order. */
  close(): void {
    this.over = true;
    this.#link.close();
    // Nobody waits for the peer's end to learn that nothing more will come.
    this.#finish();
  }

  /** Ends the connection because of what the peer or the caller did. */
  abort(reason: unknown): void {
    this.#link.close(true);
    this.#finish(reason);
  }

  /** Makes a command ready to be sent. */
  command(name: string, args?: object, oob = false, id?: unknown): Pending {
    if (id === undefined) {
      do id = ++this.#lastId;
      while (this.pending.has(id));
    }
    const key = keyOf(id);
    if (this.pending.has(key)) throw new TypeError('The id is in use');
    const message = { [oob ? 'exec-oob' : 'execute']: name, arguments: args, id };
    const text = `${stringifyJson(message)}\n`;
    return { name, key, text, oob };
  }

  /** The command in flight that has this id. */
  find(id: unknown): Pending | undefined {
    try {
      return this.pending.get(keyOf(id));
    } catch {
      // Nested beyond the stack: none of ours.
      return;
    }
  }

  /** Sends a command now. */
  dispatch(command: Pending): void {
    const { text, key, oob, name } = command;
    this.pending.set(key, command);
    command.sent = true;
    if (!oob) this.#inFlight++;
    if (name === 'quit') this.over = true;
    this.#options.traced?.(true, parseJson(text) as Message);
    this.#link.send(text);
  }

  /** Settles a command, and sends those that waited for it. */
  answer(command: Pending, error: Error | undefined, value?: unknown): void {
    if (this.pending.delete(command.key) && !command.oob) this.#inFlight--;
    command.done?.(error, value);
    if (this.#queue.size > 0) this.#pump();
  }

  #pump() {
    for (const command of this.#queue) {
      if (this.#held || (!command.oob && this.#inFlight >= this.#window)) return;
      this.#queue.delete(command);
      this.dispatch(command);
    }
  }

  /**
   * Takes a message.
   * @param failure for a reply that cannot be used: what its command is told
   */
  receive(message: Message, failure?: (command: string) => Error): void {
    if (this.#end) return;
    this.#options.traced?.(false, message);
    const { id, event, error, QMP } = message;
    const reply = message.return !== undefined || error !== undefined;
    if (!reply && typeof event === 'string') {
      if (event === 'COMMAND_DROPPED') {
        this.#later(({ dropped }) => dropped(this, message.data));
      }
      if (!this.#hub.emit(message as unknown as QapiEvent) && !this.#skips) this.#skip();
    } else if (!reply && QMP !== undefined) this.#negotiate(QMP);
    else if (this.#greetings === 0) throw notQmp();
    else if (reply && id === undefined) {
      const pending = [...this.pending.values()];
      this.#later(({ unidentified }) => unidentified(this, message, pending));
    } else if (reply) {
      const command = this.find(id);
      if (!command) return;
      const { name } = command;
      if (error !== undefined) failure ??= () => new CommandError(name, Object(error) as WireError);
      this.answer(command, failure?.(name), message.return);
    }
  }

  /** Events have come that nobody wants; those to come are not parsed. */
  #skip() {
    this.#skips = true;
    const wants = (name: string) => this.#hub.wants(name);
    this.#later(({ createSkipper }) => this.#framer.skip(createSkipper(wants)));
  }

  /** Answers a greeting: the first, or one of a server whose monitor was opened once more. */
  #negotiate(body: unknown) {
    const { oob = true, window = ANY } = this.#options;
    this.greeting = greetingOf(body);
    const offered = oob && this.greeting?.capabilities.includes('oob');
    this.#window = offered ? OOB_WINDOW : window;
    this.#held = true;
    const again = this.#greetings++ > 0;
    const command = this.command('qmp_capabilities', offered ? { enable: ['oob'] } : undefined);
    command.done = (error) => {
      // The earlier of two negotiations may have been the one that counts.
      const refused =
        error instanceof CommandError && !(again && error.class === 'CommandNotFound');
      if (refused) {
        this.abort(new ProtocolError('negotiation-refused', `Not negotiated: ${error.desc}`));
      } else if (!this.#end) {
        this.#held = false;
        this.#ready();
        this.#pump();
      }
    };
    this.dispatch(command);
  }

  /** Does what the peer may have made impossible. */
  #guarded(action: () => void) {
    try {
      action();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const strange = this.#greetings === 0 && error.code === 'malformed';
      this.abort(strange ? notQmp(error) : error);
    }
  }

  /** Does what happens so seldom that it is loaded when it does. */
  #later(action: (rare: typeof import('./rare.js')) => void) {
    import('./rare.js').then(
      (rare) => this.#guarded(() => action(rare)),
      (error) => this.abort(error),
    );
  }

  #finish(reason?: unknown) {
    if (this.#end) return;
    const why = (reason as Error | undefined)?.message ?? reason;
    this.#end =
      this.over || reason === undefined
        ? new ConnectionError('connection-closed', 'The connection is closed')
        : new ConnectionError('connection-lost', `The connection broke: ${why}`, reason);
    const left = [...this.pending.values(), ...this.#queue];
    this.pending.clear();
    this.#queue.clear();
    for (const command of left) this.#lost(command);
    this.#closed(this.#end);
  }

  #lost(command: Pending) {
    const { name, sent, done } = command;
    const { code, message, cause } = this.#end as ConnectionError;
    // A server that quits does not always get its reply out.
    if (sent && name === 'quit') done?.(undefined, {});
    else done?.(new ConnectionError(code, `${name}: ${message}`, cause, outcomeOf(command)));
  }
}

const nothing = () => {};

const outcomeOf = ({ sent }: Pending) => (sent ? 'unknown' : 'not-sent');

const notQmp = (cause?: Error) =>
  new ProtocolError('not-qmp', 'The peer sent no QMP greeting', undefined, cause);
