import { CommandError, ConnectionError, ProtocolError, TimeoutError } from '@qapi-ts/runtime';
import type { Command } from 'commander';
import { demoOnQemu, demoOnStandIn, findQemu, StartError, type Tell } from '../../demo/index.js';
import { visible } from '../../diagnostics/visible.js';
import { interrupted, refuse } from '../exit.js';
import { load } from '../input/load.js';
import { type Io, paintFor, say } from '../io.js';
import { examples } from '../program.js';

/** The release whose SDK the program uses. */
const RELEASE = '10.2';

/** What can come of a real QEMU without being a bug of ours. */
const KINDS = [StartError, CommandError, ConnectionError, ProtocolError, TimeoutError];

interface Options {
  readonly qemu?: string;
  readonly standIn?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .option('--qemu <program>', 'system emulator to start (default: one on PATH)')
    .option('--stand-in', 'take the stand-in even where there is a QEMU')
    .action((options: Options) => demo(options, io));
  examples(command, 'qapi-ts demo', 'qapi-ts demo --qemu /opt/qemu/bin/qemu-system-aarch64');
}

async function demo(options: Options, io: Io): Promise<void> {
  const paint = paintFor(io.stdout, io.env);
  const tell: Tell = (step, outcome) => {
    say(io, `  ${paint.cyan(step.padEnd(16))} ${visible(outcome)}`);
  };
  const signal = io.interruption();
  const program = options.standIn ? null : (options.qemu ?? findQemu(io.env.PATH ?? ''));
  try {
    if (program !== null) {
      say(io, `A real QEMU, ${program}, driven through @qapi-ts/qemu/${RELEASE}/qmp:`);
      await demoOnQemu(program, tell, signal);
    } else {
      const why = options.standIn ? '' : 'No qemu-system-* on PATH. ';
      const what = 'A stand-in in this process that answers from the embedded definitions';
      say(io, `${why}${what}, driven through @qapi-ts/qemu/${RELEASE}/qmp:`);
      const { schema } = await load({ qemu: RELEASE, target: 'qmp' }, io);
      await demoOnStandIn(schema, tell, signal);
    }
  } catch (error) {
    if (signal.aborted) interrupted();
    if (KINDS.some((kind) => error instanceof kind)) refuse((error as Error).message);
    throw error;
  }
}
