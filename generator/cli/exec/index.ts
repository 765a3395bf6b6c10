/**
 * One command for scripts: command line → connection → arguments → reply, event, job.
 *
 * Accepts: what `exec` was called with. Guarantees: the reply on the standard output, and the
 * event in a line of its own; an end with exit 1 where the server refuses the command, with exit 2
 * where it could not be sent or its end could not be seen. Leaves to `shell/live` how a server is
 * reached, to `shell/arguments` how arguments are written.
 */
import { AbortError, CommandError, type CommandOptions, TimeoutError } from '@qapi-ts/runtime';
import { didYouMean } from '../../diagnostics/closest.js';
import {
  endWith,
  type Live,
  type LiveOptions,
  openLive,
  printJson,
} from '../../shell/live/index.js';
import { CliError, EXIT, refuse } from '../exit.js';
import type { Io } from '../io.js';
import { readArguments, readCommandLine } from './arguments.js';
import { JobBar } from './bar.js';
import { type EventPattern, meets } from './condition.js';
import { requireEvents } from './names.js';

export interface ExecOptions extends LiveOptions {
  readonly waitEvent?: EventPattern;
  readonly job?: boolean;
  readonly oob?: boolean;
  readonly full?: boolean;
  /** False: take the arguments as `qmp-shell` does. */
  readonly schema?: boolean;
}

/** Executes one command and prints what comes of it. */
export async function exec(
  address: string,
  name: string,
  texts: readonly string[],
  options: ExecOptions,
  io: Io,
): Promise<void> {
  if (options.job === true && options.oob === true) refuse('--job and --oob exclude each other');
  const written = await readCommandLine(name, texts, io);
  await using live = await openLive(address, options, io);
  try {
    const args = await readArguments(written, live, options.schema !== false, io);
    if (options.waitEvent !== undefined) await requireEvents(live, [options.waitEvent.name]);
    await converse(live, name, args, options, io);
  } catch (error) {
    if (error instanceof CommandError && error.class === 'CommandNotFound') {
      throw await notFound(error, live);
    }
    endWith(error, live.signal);
  }
}

async function converse(
  live: Live,
  name: string,
  args: object | undefined,
  options: ExecOptions,
  io: Io,
): Promise<void> {
  const { waitEvent, timeout, oob = false, full = false } = options;
  const deadline: CommandOptions = {
    signal: live.signal,
    ...(timeout === undefined ? {} : { timeout }),
  };
  // Armed before the command is sent: the event may come before its reply.
  const event = waitEvent && awaitEvent(live, waitEvent, deadline);
  if (options.job === true) {
    await runJob(live, name, args ?? {}, timeout, io);
    printJson({}, io);
  } else {
    const reply = await live.client.executeUnknown(name, args, { ...deadline, oob });
    printJson(reply, io, { full });
  }
  if (event !== undefined) printJson(await event, io, { full });
}

function awaitEvent({ client }: Live, { name, where }: EventPattern, deadline: CommandOptions) {
  const fits =
    where === null ? undefined : (event: Parameters<typeof meets>[0]) => meets(event, where);
  const { signal, timeout } = deadline;
  return client.waitFor(name, fits, { signal, timeout });
}

/** Runs a job to its end. One that takes too long, or is interrupted, is cancelled. */
async function runJob(
  live: Live,
  name: string,
  args: object,
  timeout: number | undefined,
  io: Io,
): Promise<void> {
  const { 'job-id': jobId, device } = args as { readonly [name: string]: unknown };
  if (typeof (jobId ?? device) !== 'string') {
    refuse('--job: give the job a job-id, by which it is followed');
  }
  const tooLong = new AbortController();
  const timer = timeout && setTimeout(() => tooLong.abort(), timeout);
  const bar = new JobBar(io);
  try {
    await live.client.runJob(name, args, {
      signal: AbortSignal.any([live.signal, tooLong.signal]),
      ...(io.stderr.isTTY === true ? { onProgress: (progress) => bar.update(progress) } : {}),
    });
  } catch (error) {
    if (!(error instanceof AbortError) || live.signal.aborted) throw error;
    const seconds = (timeout ?? 0) / 1000;
    throw new TimeoutError(`${name}: the job took longer than ${seconds} s and was cancelled`);
  } finally {
    clearTimeout(timer || undefined);
    bar.clear();
  }
}

/** The server's own words, and what was probably meant. */
async function notFound(error: CommandError, live: Live): Promise<CliError> {
  const { schema } = await live.reference();
  // A name that is known is disabled, or of another release: nothing else was meant.
  const meant = schema.commands.has(error.command)
    ? ''
    : didYouMean(error.command, schema.commands.keys());
  return new CliError(EXIT.findings, `${error.class}: ${error.desc}${meant}`);
}
