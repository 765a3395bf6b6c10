import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GUARDIAN = fileURLToPath(new URL('./guardian.js', import.meta.url));

let guardian: ChildProcess | null = null;

/**
 * Has an output folder looked after: when this process is killed while it moves files into place,
 * another one moves the rest. Without it, as where no process can be started, the next run does.
 */
export function guard(folder: string): void {
  guardian ??= start();
  guardian?.stdin?.write(`${JSON.stringify(folder)}\n`);
}

function start(): ChildProcess | null {
  // From sources there is no file that a process could be started from.
  if (!existsSync(GUARDIAN)) return null;
  let child: ChildProcess;
  // Not imported: they take as long to load as files take to write, and new folders need none.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { Socket } = process.getBuiltinModule('node:net');
  try {
    child = spawn(process.execPath, [GUARDIAN, String(process.pid)], {
      // In a session of its own: what is sent to our process group does not end it.
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  } catch {
    // No process may be started, as under Node's permission model.
    return null;
  }
  // One that did not come up, or ended, guards nothing: that is no reason to fail.
  child.on('error', () => child.unref());
  child.stdin?.on('error', () => child.unref());
  // The run ends without waiting for it, and takes it along.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}
