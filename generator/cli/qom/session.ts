import type { Command } from 'commander';
import { type Facts, factsOf, Qom, TreeTooLarge } from '../../qom/index.js';
import {
  addConnectionOptions,
  endWith,
  type Live,
  type LiveOptions,
  openLive,
  printJson,
} from '../../shell/live/index.js';
import { refuse } from '../exit.js';
import { type Io, say } from '../io.js';

/** What all of them take. */
export interface QomOptions extends Omit<LiveOptions, 'target'> {
  readonly json?: boolean;
}

/** A connection for one run, and the object model behind it. */
export interface QomSession {
  readonly qom: Qom;
  readonly live: Live;
  /** What the schema of the nearest release knows, or that of `--schema-dir`. */
  facts(): Promise<Facts>;
}

/** Options that all of them have. */
export function addQomOptions(command: Command): Command {
  return addConnectionOptions(command).option('--json', 'print JSON on a terminal too');
}

/** Connects, runs the body and disconnects. Ends the run where the server or the way to it fails. */
export async function withQom(
  address: string,
  options: QomOptions,
  io: Io,
  body: (session: QomSession) => Promise<void>,
): Promise<void> {
  await using live = await openLive(address, { ...options, target: 'qmp' }, io, {
    // Commands out of band would leave eight places for all others.
    oob: false,
  });
  const { signal, client } = live;
  const { timeout } = options;
  const qom = new Qom(client, timeout === undefined ? {} : { timeout });
  // Ends what is on the way, without a listener for each of thousands of commands.
  const stop = () => void client.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const facts = async () => factsOf((await live.reference()).schema);
    await body({ qom, live, facts });
  } catch (error) {
    if (error instanceof TreeTooLarge) {
      refuse(`${error.message}: ask for a path below, or for less with --depth`);
    }
    endWith(error, signal);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Whether the result is for a program. */
export function wantsJson({ json }: QomOptions, io: Io): boolean {
  return json === true || io.stdout.isTTY !== true;
}

export function sayLines(io: Io, lines: Iterable<string>): void {
  for (const line of lines) say(io, line);
}

/** One line of exact JSON; on a terminal it is laid out, whole. */
export function sayJson(io: Io, value: unknown): void {
  printJson(value, io, { full: true });
}
