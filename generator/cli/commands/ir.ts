import type { Command } from 'commander';
import type { Target } from '../../ir/types.js';
import { schemaData } from '../../ir-json/index.js';
import { load } from '../input/load.js';
import { oneSource } from '../input/one-source.js';
import { addReadingOptions, type ReadingOptions, targetOption } from '../input/options.js';
import { type Io, say } from '../io.js';
import { examples } from '../program.js';

interface Options extends ReadingOptions {
  readonly qemu?: string;
  readonly target: Target;
  readonly docs: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[file]', 'main file of a QAPI schema')
    .option('--qemu <version>', 'embedded definitions of this QEMU release in place of FILE')
    .addOption(targetOption('what the schema describes').default('qmp'))
    .option('--no-docs', 'leave the prose out');
  addReadingOptions(command).action(async (file: string | undefined, options: Options) => {
    const { schema, version } = await load(oneSource(file, options), options.target, io);
    const { target, docs } = options;
    say(io, JSON.stringify(schemaData(schema, { target, version, docs }), null, 2));
  });
  command.addHelpText(
    'after',
    "\nThe JSON's form is the type SchemaData of @qapi-ts/runtime/schema; `format` numbers it.",
  );
  examples(command, 'qapi-ts ir qapi/qapi-schema.json', 'qapi-ts ir --qemu 10.2 --target qga');
}
