import type { Io } from '../../generator/cli/io.js';
import { run } from '../../generator/cli/run.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly terminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Runs the CLI from its sources, in this process. */
export async function qapiTs(args: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
    ...(around.terminal === true ? { isTTY: true, columns: 80 } : {}),
  });
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: around.env ?? {},
    interruption: () => around.signal ?? new AbortController().signal,
  };
  return { code: await run(args, io), ...written };
}
