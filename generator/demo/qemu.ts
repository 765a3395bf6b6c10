import { type ChildProcess, spawn } from 'node:child_process';
import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How long QEMU may take to make its socket, in milliseconds. */
const START = 15_000;
/** How long it may take to go once it was told to, before it is killed. */
const END = 5_000;

/** QEMU did not start; the message has its own words. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** A running QEMU without a machine. */
export interface RunningQemu {
  /** The connection to its monitor. */
  readonly monitor: Socket;
  /** Waits for its end, and helps where it does not come. */
  end(): Promise<void>;
}

/**
 * Starts QEMU with its monitor on `socket`, and connects to it as soon as it listens. It has no
 * machine and waits for its client.
 * @throws StartError, AbortError
 */
export async function startQemu(
  program: string,
  socket: string,
  signal: AbortSignal,
): Promise<RunningQemu> {
  const args = ['-M', 'none', '-nodefaults', '-display', 'none'];
  const listen = ['-qmp', `unix:${socket},server=on,wait=on`];
  const child = spawn(program, [...args, ...listen], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000);
  });
  const ended = endOf(child);
  let failure: string | null = null;
  ended.then((how) => {
    failure = how;
  });
  const giveUp = Date.now() + START;
  for (;;) {
    const monitor = await connectTo(socket);
    if (monitor !== null) {
      return { monitor, end: () => end(child, ended, signal.aborted ? 0 : END) };
    }
    if (failure !== null || Date.now() > giveUp || signal.aborted) {
      await end(child, ended, 0);
      signal.throwIfAborted();
      const said = words.trim().split('\n')[0] || (failure ?? 'it does not listen');
      throw new StartError(`${program} does not start: ${said}`);
    }
    await delay(10);
  }
}

/** null where nobody listens yet. */
function connectTo(socket: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const connection = createConnection(socket);
    connection.once('error', () => resolve(null));
    connection.once('connect', () => {
      connection.removeAllListeners('error');
      resolve(connection);
    });
  });
}

/** Resolves with how the process ended, all that it said being read. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) => resolve(by === null ? `exit ${code}` : `killed by ${by}`));
  });
}

async function end(child: ChildProcess, ended: Promise<string>, patience: number): Promise<void> {
  const killer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(killer);
}
