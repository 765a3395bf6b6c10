import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
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
  /** Waits for its end, and helps where it does not come. */
  end(): Promise<void>;
}

/**
 * Starts QEMU with its monitor on `socket`, and waits until that can be connected to. It starts no
 * machine and waits for its client.
 * @throws StartError, AbortError
 */
export async function startQemu(
  program: string,
  socket: string,
  signal: AbortSignal,
): Promise<RunningQemu> {
  const args = ['-M', 'none', '-nodefaults', '-display', 'none'];
  const monitor = ['-qmp', `unix:${socket},server=on,wait=on`];
  const child = spawn(program, [...args, ...monitor], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000);
  });
  const ended = endOf(child);
  let failure: string | null = null;
  ended.then((how) => {
    failure = how;
  });
  for (let waited = 0; !existsSync(socket); waited += 10) {
    if (failure !== null || waited > START || signal.aborted) {
      await end(child, ended, 0);
      signal.throwIfAborted();
      const [said = failure ?? 'it makes no socket'] = words.trim().split('\n');
      throw new StartError(`${program} does not start: ${said}`);
    }
    await delay(10);
  }
  return { end: () => end(child, ended, signal.aborted ? 0 : END) };
}

/** Resolves with how the process ended. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) => resolve(by === null ? `exit ${code}` : `killed by ${by}`));
  });
}

async function end(child: ChildProcess, ended: Promise<string>, patience: number): Promise<void> {
  const killer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(killer);
}
