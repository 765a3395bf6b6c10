import { type ChildProcess, spawn } from 'node:child_process';
import { LAUNCHER } from './built.js';

/** How a process ended, and what it said. */
export interface Ending {
  /** Exit status, or the signal's name. */
  readonly how: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Launched {
  readonly process: ChildProcess;
  /** Resolves at its first output. */
  readonly spoke: Promise<void>;
  readonly ending: Promise<Ending>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the built CLI as a process of its own; killed when it is disposed of. */
export function launch(...args: string[]): Launched {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (data) => {
      said[name] += data;
    });
  }
  const ending = new Promise<Ending>((done) => {
    child.once('close', (code, by) => done({ how: by ?? code, ...said }));
  });
  return {
    process: child,
    spoke: new Promise((done) => child.stdout.once('data', () => done())),
    ending,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ending;
    },
  };
}
