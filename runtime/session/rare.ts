import { repair } from '../framing/repair.js';
import { CommandError, ProtocolError, type WireError } from '../session/index.js';
import type { Monitor } from './monitor.js';
import type { Message, Pending } from './options.js';

/** In one file with the rest, since each file of a bundle costs those who never load it. */
export { createSkipper } from '../framing/skip.js';

/** The conversations in which a command is on its way that shows which others failed. */
const attributing = new WeakSet<Monitor>();

/**
 * A reply without an id: an error of something that the server could not parse. Which of the
 * commands in flight that was shows once a later one has been answered, since they are answered
 * in their order; and one bad input may give several errors.
 * @param pending the commands in flight when it came
 */
export function unidentified(
  monitor: Monitor,
  message: Message,
  pending: readonly Pending[],
): void {
  const { error } = message;
  const [only] = pending;
  if (error === undefined) {
    if (pending.length > 1) {
      throw new ProtocolError('unattributed', 'The server sent a reply without an id');
    }
    if (only) monitor.answer(only, undefined, message.return);
    return;
  }
  const suspects = pending.filter((command) => !command.oob);
  if (suspects.length === 0 || attributing.has(monitor)) return;
  attributing.add(monitor);
  // All servers refuse this once negotiated, and do nothing.
  const fence = monitor.command('qmp_capabilities');
  fence.done = () => {
    attributing.delete(monitor);
    for (const command of suspects) {
      if (monitor.pending.get(command.key) === command) {
        monitor.answer(command, new CommandError(command.name, Object(error) as WireError));
      }
    }
  };
  monitor.dispatch(fence);
}

/** A message that is not JSON: what can be repaired is used, but for a reply, which fails. */
export function damaged(monitor: Monitor, text: string): void {
  const failure = (name: string) =>
    new ProtocolError('malformed', `${name}: the reply is not JSON`);
  monitor.receive(repair(text) as Message, failure);
}

/** The error for a command that was to be executed out of band where that is not negotiated. */
export function unavailable(name: string): ProtocolError {
  const text = `${name}: out-of-band execution is not negotiated`;
  return new ProtocolError('oob-unavailable', text, 'not-sent');
}

/** QEMU 2.12 and 3.0 drop requests that their queue has no place for, and tell so by an event. */
export function dropped(monitor: Monitor, data: unknown): void {
  const { id } = { ...(data as { readonly id?: unknown } | undefined) };
  const command = monitor.find(id);
  if (!command) return;
  const text = `${command.name}: the server dropped the command unexecuted`;
  monitor.answer(command, new ProtocolError('command-dropped', text, 'not-sent'));
}
