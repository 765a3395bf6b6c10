/**
 * A conversation with a guest agent; loaded only by those who speak to one.
 *
 * Accepts: what a monitor's conversation accepts. Guarantees: the same, over a channel that knows
 * no connections and may hold the remains of earlier ones. Leaves to the next phase: the same.
 */
import { ProtocolError } from '../errors.js';
import { Conversation, type Message, type Pending, type SessionOptions } from '../session/index.js';
import type { Link } from '../transport/index.js';

/** How long a command that answers only to fail is given to fail, in milliseconds. */
const SILENCE = 200;

/** The byte that no message contains; the agent puts it before its answer. */
const SENTINEL = 0xff;

/**
 * The agent gives no greeting and answers one command after the other. Agents before 3.0 refuse
 * an `id`, so answers are matched by their order; whenever that is in doubt, both sides are
 * synchronized before the next command.
 */
export class Agent extends Conversation {
  readonly greeting = undefined;
  /** Which synchronization is waited for. */
  #sync = 0;
  /** Bytes are of no use until the next sentinel. */
  #skipping = true;
  #dirty = false;
  #opened = false;
  readonly #silent: readonly string[];

  constructor(link: Link, _hub: unknown, options: SessionOptions) {
    super(link, options);
    this.window = 1;
    this.#silent = options.silent ?? [];
    this.start();
    this.#synchronize();
  }

  protected override identify(name: string, oob: boolean): { key: unknown } {
    if (oob) {
      const text = `${name}: a guest agent has no out-of-band execution`;
      throw new ProtocolError('oob-unavailable', text, 'not-sent');
    }
    return { key: 0 };
  }

  override dispatch(command: Pending): void {
    super.dispatch(command);
    if (!this.#silent.includes(command.name)) return;
    setTimeout(() => {
      if (!command.done) return;
      command.done(undefined);
      this.abandoned(command);
    }, SILENCE);
  }

  protected override prepare(): void {
    if (this.#dirty) this.#synchronize();
  }

  protected override bytes(chunk: Uint8Array): void {
    if (this.held) {
      // Everything before the last sentinel is of earlier times.
      const at = chunk.lastIndexOf(SENTINEL);
      if (at >= 0) {
        this.#skipping = false;
        this.framer.reset();
        chunk = chunk.subarray(at + 1);
      }
      if (this.#skipping) return;
    }
    super.bytes(chunk);
  }

  protected override receive(message: Message, damaged: boolean): void {
    const [command] = this.pending.values();
    if (!this.held) {
      if (command) this.answer(command, message, damaged);
    } else if (message.return === this.#sync) {
      this.#opened = true;
      this.open();
    } else this.#skipping = true;
  }

  /** The command concerned fails; the next finds the agent in step. */
  protected override broken(error: ProtocolError): void {
    this.framer.reset();
    this.#skipping = true;
    const [command] = this.pending.values();
    if (!command) return;
    command.done?.(new ProtocolError(error.code, `${command.name}: ${error.message}`, 'unknown'));
    this.abandoned(command);
  }

  /** The answer may come late or, after a reboot of the guest, never; the same of a sync's. */
  protected override abandoned(command: Pending): void {
    this.forget(command);
    this.#dirty = this.#opened;
    this.pump();
  }

  #synchronize(): void {
    this.#sync = 1 + Math.floor(Math.random() * 0x7ffffffe);
    this.#skipping = true;
    this.#dirty = false;
    this.held = true;
    this.send(Uint8Array.of(SENTINEL));
    this.send(`{"execute":"guest-sync-delimited","arguments":{"id":${this.#sync}}}\n`);
  }
}
