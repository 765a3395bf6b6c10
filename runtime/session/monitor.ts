import { CommandError, ProtocolError } from '../errors.js';
import type { EventHub, QapiEvent } from '../events/index.js';
import type { Link } from '../transport/index.js';
import { Conversation, type Pending } from './conversation.js';
import { greetingOf } from './greeting.js';
import { keyOf } from './ids.js';
import type { Greeting, Message, SessionOptions } from './options.js';

/** QEMU reads this many in-band commands ahead; more would keep it from out-of-band ones. */
const OOB_WINDOW = 8;

/** A conversation with a QMP monitor, of QEMU or of the storage daemon. */
export class Monitor extends Conversation {
  readonly #hub: EventHub;
  readonly #oob: boolean;
  greeting: Greeting | undefined;
  #lastId = 0;
  /** Greetings answered. */
  #greetings = 0;
  /** A command is on its way that shows which others the server could not parse. */
  #attributing = false;

  constructor(link: Link, hub: EventHub, options: SessionOptions) {
    super(link, options);
    this.#hub = hub;
    this.#oob = options.oob !== false;
    this.start();
  }

  protected override wants(name: string): boolean {
    return this.#hub.wants(name) || name === 'COMMAND_DROPPED';
  }

  protected override command(name: string, args?: object, oob?: boolean, id?: unknown): Pending {
    if (oob && this.window !== OOB_WINDOW) {
      const text = `${name}: out-of-band execution is not negotiated`;
      throw new ProtocolError('oob-unavailable', text, 'not-sent');
    }
    return super.command(name, args, oob, id);
  }

  protected override identify(id: unknown): { key: unknown; id: unknown } {
    if (id !== undefined) {
      const key = keyOf(id);
      if (this.pending.has(key)) throw new TypeError('A command of this id is in flight');
      return { key, id };
    }
    do this.#lastId++;
    while (this.pending.has(this.#lastId));
    return { key: this.#lastId, id: this.#lastId };
  }

  protected override broken(error: ProtocolError): void {
    this.abort(this.greeting || error.code !== 'malformed' ? error : notQmp(error));
  }

  protected override receive(message: Message, damaged: boolean) {
    const { id, event } = message;
    if (message.return !== undefined || message.error !== undefined) {
      if (!this.greeting) return this.abort(notQmp());
      if (id === undefined) return this.#unidentified(message);
      const command = this.pending.get(keyOf(id));
      if (command) this.answer(command, message, damaged);
    } else if (typeof event === 'string') {
      if (event === 'COMMAND_DROPPED') this.#dropped(message.data);
      this.#hub.emit(message as unknown as QapiEvent);
    } else if (message.QMP !== undefined) this.#negotiate(message.QMP);
    else if (!this.greeting) this.abort(notQmp());
  }

  /** Answers a greeting: the first, or one of a server whose monitor was opened once more. */
  #negotiate(body: unknown) {
    this.greeting = greetingOf(body);
    const oob = this.#oob && this.greeting.capabilities.includes('oob');
    this.window = oob ? OOB_WINDOW : Number.POSITIVE_INFINITY;
    this.held = true;
    const again = this.#greetings++ > 0;
    const command = this.command('qmp_capabilities', oob ? { enable: ['oob'] } : undefined);
    command.done = (error) => {
      if (!(error instanceof CommandError)) {
        if (!error) this.open();
        // The earlier of two negotiations may have been the one that counts.
      } else if (again && error.class === 'CommandNotFound') this.open();
      else this.abort(new ProtocolError('negotiation-refused', `Not negotiated: ${error.desc}`));
    };
    this.dispatch(command);
  }

  /**
   * A reply without an id: an error of something that the server could not parse. Which of the
   * commands in flight that was shows once a later one has been answered, since they are answered
   * in their order; and one bad input may give several errors.
   */
  #unidentified(message: Message) {
    const suspects = [...this.pending.values()].filter((command) => !command.oob);
    const [only] = suspects;
    if (message.error === undefined) {
      if (only && this.pending.size === 1) return this.answer(only, message);
      return this.abort(new ProtocolError('unattributed', 'The server sent a reply without an id'));
    }
    if (!only || this.#attributing) return;
    this.#attributing = true;
    // All servers refuse this once negotiated, and do nothing.
    const fence = this.command('qmp_capabilities');
    fence.done = () => {
      this.#attributing = false;
      for (const command of suspects) {
        if (this.pending.get(command.key) === command) this.answer(command, message);
      }
    };
    this.dispatch(fence);
  }

  /** QEMU 2.12 and 3.0 drop requests that their queue has no place for. */
  #dropped(data: unknown) {
    const { id } = { ...(data as { readonly id?: unknown } | undefined) };
    const command = this.pending.get(keyOf(id));
    if (!command) return;
    this.forget(command);
    const text = `${command.name}: the server dropped the command unexecuted`;
    command.done?.(new ProtocolError('command-dropped', text, 'not-sent'));
    this.pump();
  }
}

function notQmp(cause?: Error): ProtocolError {
  const error = new ProtocolError('not-qmp', 'The peer does not speak QMP: it sent no greeting');
  if (cause) error.cause = cause;
  return error;
}
