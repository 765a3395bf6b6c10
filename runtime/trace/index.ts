/**
 * The traffic of a connection, for a caller's hook; loaded only where there is one.
 *
 * Accepts: messages as they are sent and received. Guarantees: secrets that the schema knows are
 * masked. Leaves to the hook: what to do with them.
 */
import type { Message, TraceEntry } from '../session/index.js';

/** What stands in the place of a secret. */
const MASKED = '***';

/** Makes the function that a session tells of each message. */
export function tracer({
  trace,
  secrets = {},
}: {
  readonly trace?: ((entry: TraceEntry) => void) | undefined;
  readonly secrets?: Readonly<Record<string, readonly string[]>> | undefined;
}): (sent: boolean, message: Message) => void {
  return (sent, message) => {
    const name = message.execute ?? message['exec-oob'];
    if (sent && typeof name === 'string' && Object.hasOwn(secrets, name)) {
      const hidden = (secrets[name] ?? []).reduce<unknown>(
        (args, path) => masked(args, path.split('.')),
        message.arguments,
      );
      message = { ...message, arguments: hidden };
    }
    trace?.({ time: Date.now(), direction: sent ? 'sent' : 'received', message });
  };
}

/**
 * A copy in which what the path leads to is masked, in each member of an array on the way. `**` in
 * a path stands for any number of members.
 */
function masked(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return MASKED;
  if (Array.isArray(value)) return value.map((item) => masked(item, path));
  if (name === '**') {
    const here = masked(value, rest);
    if (typeof here !== 'object' || here === null) return here;
    return Object.fromEntries(
      Object.entries(here).map(([key, inner]) => [key, masked(inner, path)]),
    );
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: masked((value as Record<string, unknown>)[name], rest) };
}
