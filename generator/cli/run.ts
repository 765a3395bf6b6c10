import { type Command, CommanderError } from 'commander';
import { visible } from '../diagnostics/visible.js';
import { CliError, EXIT, type ExitCode } from './exit.js';
import { type Io, paintFor } from './io.js';
import { createProgram } from './program.js';

/** Runs the CLI with the arguments that follow its name, and gives the exit code. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const program = await createProgram(args, io);
    if (args.length === 0) return usage(program, io);
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return explain(error, io);
  }
}

function usage(program: Command, io: Io): ExitCode {
  io.stderr.write(program.helpInformation());
  return EXIT.environment;
}

function explain(error: unknown, io: Io): ExitCode {
  const label = paintFor(io.stderr, io.env).red('error:');
  if (error instanceof CommanderError) {
    // Commander has said it, be it help or a complaint.
    return error.exitCode === 0 ? EXIT.done : EXIT.environment;
  }
  if (error instanceof CliError) {
    if (!error.said) io.stderr.write(`qapi-ts: ${label} ${visible(error.message)}\n`);
    return error.exitCode;
  }
  // Whatever the input was, it should not have come to this: the stack is for us.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`qapi-ts: this is a bug in qapi-ts, please report it\n${stack}\n`);
  return EXIT.environment;
}
