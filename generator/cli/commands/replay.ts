import { type Command, InvalidArgumentError } from 'commander';
import { visible } from '../../diagnostics/visible.js';
import {
  checkProgram,
  jsonReport,
  PLACE_FORMS,
  type Place,
  placeOf,
  playClient,
  RecordingFile,
  startReplay,
  TrafficError,
  textReport,
} from '../../traffic/index.js';
import { foundWanting, interrupted, refuse } from '../exit.js';
import { type Io, remark, say } from '../io.js';
import { examples } from '../program.js';

interface Options {
  readonly listen?: Place;
  readonly check?: string | true;
  readonly speed: number;
  readonly loose?: boolean;
  readonly values?: boolean;
  readonly timeout: number;
  readonly json?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<file>', 'recording of `qapi-ts record`, or transcript')
    .argument('[program...]', 'after --: program to check, with its arguments')
    .option('--listen <address>', `serve there: ${PLACE_FORMS}; port 0 takes any`, place)
    .option('--check [address]', 'check a program, or the server at an address')
    .option('--speed <factor>', 'pace of what is served: 1 as recorded, or max', speed, 1)
    .option('--loose', 'serve commands with other arguments what was recorded')
    .option('--values', 'checking a server: values count too, not only their kinds')
    .option(
      '--timeout <seconds>',
      'checking a server: how long an answer is waited for',
      seconds,
      10,
    )
    .option('--json', 'print what a check finds as lines of JSON')
    .action((file: string, program: readonly string[], options: Options) =>
      replay(file, program, options, io),
    );
  command.addHelpText(
    'after',
    `
Serving, each client is spoken to as the recorded one was: commands are found by what they ask,
whatever their id and order; events come at their place. Checking a program, it finds where to
connect in place of {address} or {path} in its arguments, and in QAPI_TS_ADDRESS; what it prints
goes to stderr. Checking a server, the recorded clients are played to it, and everything that they
did is done: give a server that may be changed. Masked secrets match anything, and are not sent.

Exit status: 0 as recorded, 1 differences (or a program that failed), 2 anything else.`,
  );
  examples(
    command,
    'qapi-ts replay session.jsonl --listen unix:/run/user/1000/qmp.sock --speed max',
    'qapi-ts replay session.jsonl --check -- node program.js {path}',
    'qapi-ts replay session.jsonl --check unix:/run/vm2.sock',
  );
}

async function replay(
  file: string,
  program: readonly string[],
  options: Options,
  io: Io,
): Promise<void> {
  const { check, listen } = options;
  const signal = io.interruption();
  if (check === undefined && program.length > 0) refuse('a program is given without --check');
  if (check === undefined && listen === undefined) refuse('give --listen or --check');
  const server = typeof check === 'string' ? (placeOf(check) ?? notAPlace(check)) : undefined;
  if (server !== undefined && program.length > 0) refuse('--check takes an address or a program');
  if (server !== undefined && listen !== undefined)
    refuse('--listen and --check ADDRESS: give one');
  if (check === true && program.length === 0)
    refuse('--check: give an address, or -- and a program');
  try {
    const recording = await RecordingFile.open(file);
    if (recording.cut) remark(io, visible(`${file}: the last line is cut off, and left out`));
    if (recording.connections.length === 0) refuse(`${file}: there is no connection in it`);
    if (server !== undefined) return await checkServer(recording, server, options, io, signal);
    if (check === true) return await runProgram(recording, program, options, io, signal);
    if (listen !== undefined) await serve(recording, listen, options, io, signal);
  } catch (error) {
    if (error instanceof TrafficError) refuse(error.message);
    throw error;
  }
}

async function serve(
  recording: RecordingFile,
  listen: Place,
  { speed, loose = false }: Options,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const failed = (error: unknown) => {
    if (!(error instanceof TrafficError)) throw error;
    remark(io, visible(error.message));
  };
  const server = await startReplay({ recording, listen, speed, loose, failed });
  try {
    const count = recording.connections.length;
    const what = `${recording.path} (${count} client${count === 1 ? '' : 's'})`;
    say(io, visible(`${what} is spoken at ${server.address}`));
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await server.close();
  }
}

async function runProgram(
  recording: RecordingFile,
  program: readonly string[],
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const { listen, speed } = options;
  const { findings, exit } = await checkProgram({ recording, program, listen, speed, signal });
  if (signal.aborted) interrupted();
  report(recording, findings, options, io);
  if (exit !== 0) {
    const how = typeof exit === 'number' ? `exited with status ${exit}` : `was ended by ${exit}`;
    remark(io, visible(`${program[0]} ${how}`));
  }
  if (findings.count > 0 || exit !== 0) foundWanting();
}

async function checkServer(
  recording: RecordingFile,
  server: Place,
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const { values = false, timeout } = options;
  const findings = await playClient({
    ...{ recording, server, values, signal },
    timeout: timeout * 1000,
  });
  if (signal.aborted) interrupted();
  report(recording, findings, options, io);
  if (findings.count > 0) foundWanting();
}

function report(
  recording: RecordingFile,
  findings: Parameters<typeof jsonReport>[0],
  { json }: Options,
  io: Io,
): void {
  const lines = json === true ? jsonReport(findings) : textReport(recording.path, findings);
  for (const line of lines) say(io, line);
}

function place(text: string): Place {
  const found = placeOf(text, true);
  if (found === null) throw new InvalidArgumentError(`${PLACE_FORMS} is expected.`);
  return found;
}

function notAPlace(text: string): never {
  return refuse(`'${text}' is no address: ${PLACE_FORMS} is expected`);
}

function speed(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const factor = Number(text);
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text) && factor > 0) return factor;
  throw new InvalidArgumentError('A factor such as 0.5 or 10, or max, is expected.');
}

function seconds(text: string): number {
  const count = Number(text);
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text) && count > 0) return count;
  throw new InvalidArgumentError('A number of seconds is expected.');
}
