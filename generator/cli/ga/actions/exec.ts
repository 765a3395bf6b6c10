import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { TimeoutError } from '@qapi-ts/runtime';
import { InvalidArgumentError } from 'commander';
import { reasonOf } from '../../../source/read.js';
import { inputBytes } from '../../exec/arguments.js';
import { CliError, refuse } from '../../exit.js';
import { type Io, remark } from '../../io.js';
import type { Action } from '../action.js';
import type { Agent } from '../agent.js';
import { ByteOutput } from '../bytes.js';
import { bytesOf, member, wholeNumberOf } from '../values.js';

interface Options {
  readonly input?: string;
  readonly env?: readonly string[];
  /** False: do not wait for the end. */
  readonly wait?: boolean;
}

/** Agents take messages of 64 MiB; Base64 makes 4 bytes of 3. */
const MAX_INPUT = 32 * 1024 * 1024;

/** The time between two questions whether it has ended grows from the one to the other, in milliseconds. */
const PAUSES = { first: 10, last: 1000 } as const;

export const exec: Action = {
  summary: 'run a program in the guest; its output and exit status are ours',
  define(command, { io, run }) {
    command
      .argument('<program>', 'path in the guest')
      .argument('[args...]', 'its arguments')
      .option('--input <file>', 'what it reads: a file here, or - (standard input)')
      .option('--env <assignment>', 'NAME=value of its environment; repeatable', assignment)
      .option('--no-wait', 'print its process id and end')
      .passThroughOptions()
      .action(async (path: string, args: readonly string[], options: Options) => {
        const input = await inputOf(options.input, io);
        await run(async (agent) => {
          const pid = await start(agent, path, args, input, options);
          if (options.wait === false) io.stdout.write(`${pid}\n`);
          else await finish(agent, pid, io);
        });
      });
  },
};

async function inputOf(source: string | undefined, io: Io): Promise<Uint8Array | null> {
  if (source === undefined) return null;
  if (source === '-') return inputBytes(io, MAX_INPUT);
  try {
    const bytes = readFileSync(source);
    if (bytes.length > MAX_INPUT) refuse(`${source} holds more than ${MAX_INPUT} bytes`);
    return bytes;
  } catch (error) {
    if (error instanceof CliError) throw error;
    return refuse(`${source} ${reasonOf(error)}`);
  }
}

async function start(
  agent: Agent,
  path: string,
  arg: readonly string[],
  input: Uint8Array | null,
  { env, wait }: Options,
): Promise<number | bigint> {
  const started = await agent.ask('guest-exec', {
    path,
    ...(arg.length === 0 ? {} : { arg }),
    ...(env === undefined ? {} : { env }),
    ...(input === null ? {} : { 'input-data': Buffer.from(input).toString('base64') }),
    'capture-output': wait !== false,
  });
  return wholeNumberOf(started, 'pid', 'guest-exec');
}

async function finish(agent: Agent, pid: number | bigint, io: Io): Promise<void> {
  const start = performance.now();
  const { timeout = Number.POSITIVE_INFINITY } = agent;
  try {
    let pause: number = PAUSES.first;
    let status = await agent.ask('guest-exec-status', { pid });
    while (member(status, 'exited') !== true) {
      if (performance.now() - start > timeout) {
        throw new TimeoutError(`The program still runs in the guest, as ${pid}`);
      }
      await sleep(pause, undefined, { signal: agent.signal });
      pause = Math.min(PAUSES.last, pause * 2);
      status = await agent.ask('guest-exec-status', { pid });
    }
    await report(status, io);
  } catch (error) {
    // No agent can end a program that it started.
    if (agent.signal.aborted) remark(io, `qapi-ts: the program goes on in the guest, as ${pid}`);
    throw error;
  }
}

/** Gives out what the program gave out, and ends as it ended. */
async function report(status: unknown, io: Io): Promise<void> {
  for (const [name, output] of [
    ['out', io.stdout],
    ['err', io.stderr],
  ] as const) {
    const bytes = new ByteOutput(output);
    await bytes.write(bytesOf(status, `${name}-data`, 'guest-exec-status'));
    bytes.end();
    if (member(status, `${name}-truncated`) === true) {
      remark(io, `qapi-ts: the agent kept only the beginning of its std${name}`);
    }
  }
  const signal = member(status, 'signal');
  const code = member(status, 'exitcode');
  // As shells have it.
  if (isStatus(signal)) throw new CliError(128 + (signal & 127), null);
  if (isStatus(code) && code !== 0) throw new CliError(code & 255 || 255, null);
}

const isStatus = (value: unknown): value is number => Number.isSafeInteger(value);

function assignment(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[^=]+=/.test(text)) throw new InvalidArgumentError('NAME=value is expected.');
  return [...before, text];
}
