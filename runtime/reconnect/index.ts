/**
 * Making a lost connection again; loaded only when one was lost.
 *
 * Accepts: how to open a session. Guarantees: new sessions, until it is given up or one ends that
 * was meant to; the gaps are told among the events. Leaves to the client: what becomes of commands
 * (never repeated).
 */
import type { ReconnectOptions } from '../client/index.js';
import type { ConnectionError } from '../errors.js';
import type { EventHub } from '../events/index.js';
import type { Monitor } from '../session/index.js';

/**
 * Replaces a session that was lost, and each that replaces it.
 * @param use told of each new session
 * @returns why the last one ended
 */
export async function follow(
  open: () => Promise<Monitor>,
  use: (session: Monitor) => void,
  hub: EventHub,
  reason: ConnectionError,
  options: boolean | ReconnectOptions,
  signal: AbortSignal,
): Promise<ConnectionError> {
  for (;;) {
    const session = await restore(open, hub, reason, options, signal);
    if (!session) return reason;
    use(session);
    reason = await session.closed;
    if (session.over) return reason;
  }
}

/** Tries until it succeeds, is told to stop, or has tried often enough. */
async function restore<T>(
  open: () => Promise<T>,
  hub: EventHub,
  reason: ConnectionError,
  options: boolean | ReconnectOptions,
  signal: AbortSignal,
): Promise<T | undefined> {
  const {
    minDelay = 100,
    maxDelay = 10_000,
    attempts: most = Number.POSITIVE_INFINITY,
  } = typeof options === 'object' ? options : {};
  hub.emit({ event: 'CONNECTION_LOST', timestamp: now(), data: { reason } });
  for (let attempts = 1; attempts <= most && !signal.aborted; attempts++) {
    const delay = Math.min(maxDelay, minDelay * 2 ** (attempts - 1));
    // Many clients of one server that restarts should not come back all at once.
    await sleep(delay * (0.5 + Math.random() / 2), signal);
    if (signal.aborted) return undefined;
    const session = await open().catch(() => undefined);
    if (session) {
      hub.emit({ event: 'CONNECTION_RESTORED', timestamp: now(), data: { attempts } });
      return session;
    }
  }
  return undefined;
}

const now = () => {
  const time = Date.now();
  return { seconds: Math.floor(time / 1000), microseconds: (time % 1000) * 1000 };
};

const sleep = (delay: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delay);
    signal.addEventListener('abort', done);
  });
