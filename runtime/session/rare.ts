import { ProtocolError } from '../errors.js';
import type { Conversation, Pending } from './conversation.js';
import { keyOf } from './ids.js';
import type { Message } from './options.js';

/** The conversations in which a command is on its way that shows which others failed. */
const attributing = new WeakSet<Conversation>();

/**
 * A reply without an id: an error of something that the server could not parse. Which of the
 * commands in flight that was shows once a later one has been answered, since they are answered
 * in their order; and one bad input may give several errors.
 * @param pending the commands in flight when it came
 */
export function unidentified(
  monitor: Conversation,
  message: Message,
  pending: readonly Pending[],
): void {
  const [only] = pending;
  if (message.error === undefined) {
    if (!only || pending.length > 1) {
      throw new ProtocolError('unattributed', 'The server sent a reply without an id');
    }
    monitor.answer(only, message);
  }
  const suspects = pending.filter((command) => !command.oob);
  if (message.error === undefined || suspects.length === 0 || attributing.has(monitor)) return;
  attributing.add(monitor);
  // All servers refuse this once negotiated, and do nothing.
  const fence = monitor.command('qmp_capabilities');
  fence.done = () => {
    attributing.delete(monitor);
    for (const command of suspects) {
      if (monitor.pending.get(command.key) === command) monitor.answer(command, message);
    }
  };
  monitor.dispatch(fence);
}

/** QEMU 2.12 and 3.0 drop requests that their queue has no place for, and tell so by an event. */
export function dropped(monitor: Conversation, data: unknown): void {
  const { id } = { ...(data as { readonly id?: unknown } | undefined) };
  const command = monitor.pending.get(keyOf(id));
  if (!command) return;
  monitor.forget(command);
  const text = `${command.name}: the server dropped the command unexecuted`;
  command.done?.(new ProtocolError('command-dropped', text, 'not-sent'));
  monitor.pump();
}
