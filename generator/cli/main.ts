/**
 * The process around the CLI: streams, signals, exit status. The launcher calls `main`.
 * Accepts the process as it is started. Guarantees that output is flushed, that a closed pipe is no
 * error, and that an interrupted run dies by its signal once it has cleaned up.
 */
import { run } from './run.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long a run may take to clean up that nobody reads any more, in milliseconds. */
const GRACE = 2000;

let received: NodeJS.Signals | null = null;
let abort: AbortController | null = null;
let unread = false;

/** Nobody reads what a stream tells. */
function lost(error: NodeJS.ErrnoException): void {
  // A terminal that was closed gives the other.
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  // The reader has what it wanted, as in `qapi-ts introspect … | head`.
  if (abort === null) process.exit(0);
  if (!unread) setTimeout(() => process.exit(0), GRACE).unref();
  unread = true;
  abort.abort();
}

function interruption(): AbortSignal {
  if (abort === null) {
    const controller = new AbortController();
    abort = controller;
    for (const name of SIGNALS) {
      // Once: a second Ctrl-C ends the process without waiting.
      process.once(name, () => {
        received = name;
        controller.abort();
      });
    }
  }
  return abort.signal;
}

/** Runs what the process's arguments say, and sets its exit code. */
export async function main(): Promise<void> {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', lost);
  const stdin = () => process.stdin;
  process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, env, interruption });
  for (const name of SIGNALS) process.removeAllListeners(name);
  if (unread && received === null) process.exit(0);
  if (received !== null) process.kill(process.pid, received);
}
