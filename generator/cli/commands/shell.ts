import { Readable } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { type Command, InvalidArgumentError } from 'commander';
import { interactiveShell, type ShellOptions, scriptShell } from '../../shell/index.js';
import {
  ADDRESS_FORMS,
  addLiveOptions,
  endWith,
  type LiveOptions,
  openLive,
} from '../../shell/live/index.js';
import { foundWanting, interrupted, refuse } from '../exit.js';
import type { Io } from '../io.js';
import { examples } from '../program.js';

interface Options extends LiveOptions {
  readonly human?: boolean;
  readonly check: boolean;
  readonly keepGoing?: boolean;
  /** False: none; absent: the usual file. */
  readonly history?: string | boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', ADDRESS_FORMS)
    .option('-H, --human', 'speak to the human monitor')
    .option('--no-check', 'send also what the schema of the server forbids')
    .option('-k, --keep-going', 'in scripts: go on after a line that failed')
    .option('--history <file>', 'where lines are kept (default: in the XDG state folder)', path)
    .option('--no-history', 'keep no lines');
  addLiveOptions(command)
    .option('--schema-dir <dir>', "QEMU's own schema folder, for its documentation")
    .action((address: string, options: Options) => shell(address, options, io));
  command.addHelpText(
    'after',
    `
Lines are as qmp-shell has them: blockdev-add driver=qcow2 node-name=d0 file.driver=file
Values have the types of the server's schema; JSON may stand for one of them, for all of them or for
the whole message, and go over several lines. ( begins a transaction, ) sends it.

Without a terminal, lines come from standard input: replies go to standard output, one line of JSON
each; the first line that fails ends the run with status 1, a lost server with 2.`,
  );
  examples(
    command,
    'qapi-ts shell /run/vm.sock',
    "qapi-ts shell 'spawn:qemu-system-x86_64 -M none -nodefaults' -H",
    'qapi-ts shell tcp:127.0.0.1:4444 --schema-dir qemu-10.2 --history ~/.vm-history',
    "printf 'stop\\nquery-status\\n' | qapi-ts shell /run/vm.sock",
  );
}

function path(text: string): string {
  if (text === '') throw new InvalidArgumentError('The name of a file is expected.');
  return text;
}

async function shell(address: string, options: Options, io: Io): Promise<void> {
  const { human = false, check, timeout, target } = options;
  if (human && target === 'qga') refuse('-H: a guest agent has no human monitor');
  const input = io.stdin?.() ?? Readable.from([]);
  const { stdout } = io;
  const given: ShellOptions = { human, check, timeout };
  await using live = await openLive(address, options, io);
  // A folder that holds no schema is told before anything else.
  if (options.schemaDir !== undefined) await live.reference();
  try {
    if (input instanceof ReadStream && stdout instanceof WriteStream) {
      const history = options.history === false ? null : options.history;
      const file = typeof history === 'boolean' ? undefined : history;
      // The kernel's own signal may come later than the end of the input.
      const hungUp = () => process.kill(process.pid, 'SIGHUP');
      const more = { history: file, hungUp };
      const end = await interactiveShell(live, io, input, stdout, { ...given, ...more });
      if (end.kind === 'lost') refuse(end.message);
      if (end.kind === 'interrupted') interrupted();
      return;
    }
    const keepGoing = options.keepGoing ?? false;
    const end = await scriptShell(live, io, input, { ...given, keepGoing });
    if (end.interrupted) interrupted();
    if (end.lost !== null) refuse(end.lost);
    if (end.failed) foundWanting();
  } catch (error) {
    endWith(error, live.signal);
  }
}
