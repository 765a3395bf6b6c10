import { type Command, InvalidArgumentError, Option } from 'commander';
import { releaseOf } from '../../embedded/index.js';
import type { Target } from '../../ir/types.js';

/** How a front end is to read, as commander gives it. */
export interface ReadingOptions {
  readonly strict?: boolean;
  readonly root?: string;
  readonly allowOutside?: boolean;
  readonly define?: readonly string[];
  readonly undef?: readonly string[];
  readonly maxFindings?: number;
  readonly verbose?: boolean;
}

/** Where definitions come from, as commander gives it; FILE stands as `schema`. */
export interface SourceOptions extends ReadingOptions {
  readonly schema?: string;
  readonly qemu?: string;
  readonly target: Target;
  readonly catalogue?: string;
  readonly introspection?: string;
  readonly namesFrom?: string;
}

export const TARGETS: readonly Target[] = ['qmp', 'qga', 'qsd'];

/** Options of every command that reads sources of any kind. */
export function addReadingOptions(command: Command): Command {
  return command
    .option('--strict', "apply exactly the rules of QEMU 10.2's schema language")
    .option('--root <dir>', 'folder that included files must lie in (default: two above FILE)')
    .option('--allow-outside', 'follow includes wherever they lead')
    .option('--define <name...>', 'evaluate conditions: these names are defined')
    .option('--undef <name...>', 'evaluate conditions: these names are not defined')
    .option('--max-findings <count>', 'print at most so many findings (default: 200)', wholeNumber)
    .option('-v, --verbose', 'also say which dialect features the schema uses');
}

/** Options of every command that takes definitions from anywhere. */
export function addSourceOptions(command: Command): Command {
  command
    .option('--qemu <version>', 'embedded definitions of this QEMU release')
    .option('--introspection <source>', 'query-qmp-schema reply: FILE, unix:PATH or tcp:HOST:PORT')
    .option('--names-from <source>', 'recover the names masked there from FILE or VERSION')
    .option('--catalogue <file>', "merge the events of an old release's qmp-events.txt")
    .addOption(
      new Option('--target <target>', 'what the definitions describe')
        .choices(TARGETS)
        .default('qmp'),
    );
  return addReadingOptions(command);
}

/** X.Y of a release. */
export function release(text: string): string {
  const found = releaseOf(text);
  if (found === null) throw new InvalidArgumentError('A release such as 10.2 is expected.');
  return found;
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw new InvalidArgumentError('A whole number from 1 to 9999999 is expected.');
  }
  return Number(text);
}
