import { Readable } from 'node:stream';
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
  /** What is piped in. */
  readonly stdin?: string;
  /** Told of each piece that is written to the standard output. */
  readonly onOutput?: (all: string) => void;
}

/** Runs the CLI from its sources, in this process. */
export async function qapiTs(args: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
      if (name === 'stdout') around.onOutput?.(written.stdout);
    },
    ...(around.terminal === true ? { isTTY: true, columns: 80 } : {}),
  });
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: () => Readable.from(around.stdin === undefined ? [] : [around.stdin]),
    env: around.env ?? {},
    interruption: () => around.signal ?? new AbortController().signal,
  };
  return { code: await run(args, io), ...written };
}
