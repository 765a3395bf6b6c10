import { CommandError, ProtocolError } from '../errors.js';
import type { EventHub, QapiEvent } from '../events/index.js';
import type { Link } from '../transport/index.js';
import { Conversation } from './conversation.js';
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
  /** Whether events that nobody wants are passed over. */
  #skips: boolean;

  constructor(link: Link, hub: EventHub, options: SessionOptions) {
    super(link, options);
    this.#hub = hub;
    this.#oob = options.oob !== false;
    // Whoever traces wants them all.
    this.#skips = !!options.traced;
    this.start();
  }

  protected override identify(
    name: string,
    oob: boolean,
    id: unknown,
  ): { key: unknown; id: unknown } {
    if (oob && this.window !== OOB_WINDOW) {
      const text = `${name}: out-of-band execution is not negotiated`;
      throw new ProtocolError('oob-unavailable', text, 'not-sent');
    }
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
      if (id === undefined) {
        const pending = [...this.pending.values()];
        return this.later(import('./rare.js'), (rare) => rare.unidentified(this, message, pending));
      }
      const command = this.pending.get(keyOf(id));
      if (command) this.answer(command, message, damaged);
    } else if (typeof event === 'string') {
      if (event === 'COMMAND_DROPPED') {
        this.later(import('./rare.js'), (rare) => rare.dropped(this, message.data));
      }
      if (this.#skips || this.#hub.wants(event)) this.#hub.emit(message as unknown as QapiEvent);
      else this.#skip();
    } else if (message.QMP !== undefined) this.#negotiate(message.QMP);
    else if (!this.greeting) this.abort(notQmp());
  }

  /** Events have come that nobody wants; those to come are not parsed. */
  #skip() {
    this.#skips = true;
    const wants = (name: string) => this.#hub.wants(name) || name === 'COMMAND_DROPPED';
    this.later(import('../framing/skip.js'), ({ createSkipper }) => {
      this.framer.skip(createSkipper(wants));
    });
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
}

function notQmp(cause?: Error): ProtocolError {
  const error = new ProtocolError('not-qmp', 'The peer does not speak QMP: it sent no greeting');
  if (cause) error.cause = cause;
  return error;
}
