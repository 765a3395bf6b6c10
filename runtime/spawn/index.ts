/**
 * Starting a QEMU and speaking to it over an inherited socket pair: no path, no port, no race.
 *
 * Accepts: a command line. Guarantees: an opener; the process is reaped, ended with its holder,
 * and what it said on stderr is in the error when it dies. Leaves to the caller: its arguments.
 */
import { type ChildProcess, type SpawnOptions, spawn as start } from 'node:child_process';
import { basename } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Opener } from '../transport/index.js';
import { streamLink } from '../transport/node.js';

/** How much of stderr is kept, in characters. */
const KEPT = 16_384;

/** How a process ended. */
export interface Exit {
  /** The exit status; null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How QEMU is started. */
export interface QemuOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /**
   * The arguments that put the monitor on file descriptor 3. By default those of
   * qemu-storage-daemon where the program is called so, otherwise those of QEMU.
   */
  readonly monitor?: readonly string[] | undefined;
  /** Where the program's standard output goes; nowhere by default. */
  readonly stdout?: 'inherit' | 'ignore' | undefined;
  /** How long `stop` waits after SIGTERM before it kills, in milliseconds; 5,000 by default. */
  readonly grace?: number | undefined;
}

/** A QEMU that was started; given as an address once, it is the way to its monitor. */
export interface Qemu extends Opener {
  readonly process: ChildProcess;
  /** The last of what it said on stderr. */
  readonly stderr: string;
  /** Resolves when it has ended. Never rejects; a program that cannot be started has status -1. */
  readonly exit: Promise<Exit>;
  /** Asks it to end, waits, and kills it if need be. */
  stop(): Promise<Exit>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts QEMU, or the storage daemon: `await connect(spawn(['qemu-system-x86_64', '-M', 'none']))`.
 * It ends with this process, and with `stop` or `await using`.
 */
export function spawn(command: readonly [string, ...string[]], options: QemuOptions = {}): Qemu {
  const [program, ...args] = command;
  const { monitor, stdout = 'ignore', grace = 5000, ...rest } = options;
  const child = start(program, [...args, ...(monitor ?? monitorArguments(program))], {
    ...rest,
    stdio: ['ignore', stdout, 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-KEPT);
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let failure: Error | undefined;
  const exit = new Promise<Exit>((resolve) => {
    const done = (code: number | null, signal: NodeJS.Signals | null) => {
      process.off('exit', kill);
      resolve({ code, signal });
    };
    child.once('error', (error) => {
      failure = error;
      if (child.pid === undefined) done(-1, null);
    });
    // Not at `exit`: what stderr still holds comes before `close`.
    child.once('close', done);
  });

  const stop = async () => {
    const timer = setTimeout(kill, grace);
    child.kill('SIGTERM');
    await exit;
    clearTimeout(timer);
    return exit;
  };

  /** What to tell of an end that nobody asked for. */
  const reason = ({ code, signal }: Exit): Error | undefined => {
    if (failure) return failure;
    if (code === 0) return undefined;
    const how = signal ? `was ended by ${signal}` : `exited with status ${code}`;
    return new Error([`${basename(program)} ${how}`, stderr.trim()].filter(Boolean).join(': '));
  };

  const stream = child.stdio[3] as Duplex | undefined;
  // A pair whose other end is gone before anyone has connected is told by the exit.
  stream?.on('error', () => {});
  let used = false;
  return {
    name: program,
    process: child,
    exit,
    stop,
    get stderr() {
      return stderr;
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
    async open() {
      if (!stream || child.pid === undefined) {
        await exit;
        throw failure ?? new Error(`${program} could not be started`);
      }
      if (used) throw new Error(`The monitor of ${program} can be connected to once`);
      used = true;
      const link = streamLink(stream);
      return {
        ...link,
        start: (data, end) =>
          link.start(data, (broken) => {
            // The monitor ends a moment before the process, which knows why.
            const patience = setTimeout(() => end(broken), 1000);
            exit.then((how) => {
              clearTimeout(patience);
              end(reason(how) ?? broken);
            });
          }),
      };
    },
  };
}

function monitorArguments(program: string): readonly string[] {
  const chardev = 'socket,id=qapi-ts,fd=3';
  return basename(program).includes('storage-daemon')
    ? ['--chardev', chardev, '--monitor', 'chardev=qapi-ts']
    : ['-chardev', chardev, '-mon', 'chardev=qapi-ts,mode=control'];
}
