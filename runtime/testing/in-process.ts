import type { Link } from '../transport/index.js';
import type { Session } from './session/session.js';
import type { Wire } from './wire.js';

/** A connection without a socket. What one side sends the other gets in a later turn. */
export function linkTo(accept: (wire: Wire) => Session): Link {
  /** Bytes on their way to the client; null ends. */
  let arriving: (Uint8Array | null)[] = [];
  let backlog = 0;
  let deliver: ((chunk: Uint8Array) => void) | undefined;
  let finish: ((reason?: unknown) => void) | undefined;
  let scheduled = false;
  let over = false;

  const flush = () => {
    scheduled = false;
    while (!over && deliver !== undefined) {
      const chunk = arriving.shift();
      if (chunk === undefined) break;
      if (chunk === null) return ended();
      backlog -= chunk.length;
      deliver(chunk);
    }
    if (!over) session.drained();
  };
  const schedule = () => {
    if (scheduled || deliver === undefined) return;
    scheduled = true;
    queueMicrotask(flush);
  };
  const ended = (reason?: unknown) => {
    if (over) return;
    over = true;
    arriving = [];
    session.closed();
    finish?.(reason);
  };
  const session = accept({
    send(bytes) {
      backlog += bytes.length;
      arriving.push(bytes);
      schedule();
    },
    get backlog() {
      return backlog;
    },
    pause() {},
    resume() {},
    end() {
      arriving.push(null);
      schedule();
    },
    cut() {
      queueMicrotask(() => ended(broken()));
    },
  });
  const encoder = new TextEncoder();

  return {
    start(data, end) {
      deliver = data;
      finish = end;
      if (over) end();
      else schedule();
    },
    send(data) {
      const bytes = typeof data === 'string' ? encoder.encode(data) : data;
      queueMicrotask(() => {
        if (!over) session.receive(bytes);
      });
    },
    close() {
      // After what was sent before, in order or not: nobody sees the difference here.
      queueMicrotask(() => ended());
    },
  };
}

/** As the platform says it. */
function broken(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}
