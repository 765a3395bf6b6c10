import type { Command } from 'commander';
import { schemaData } from '../../ir-json/index.js';
import { load } from '../input/load.js';
import { addSourceOptions, type SourceOptions } from '../input/options.js';
import { type Io, say } from '../io.js';
import { examples } from '../program.js';

interface Options extends SourceOptions {
  readonly docs: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[file]', 'main file of a QAPI schema')
    .option('--no-docs', 'leave the prose out');
  addSourceOptions(command).action(async (file: string | undefined, options: Options) => {
    const { schema, version } = await load(options, io, file);
    const { target, docs } = options;
    say(io, JSON.stringify(schemaData(schema, { target, version, docs }), null, 2));
  });
  command.addHelpText(
    'after',
    "\nThe JSON's form is the type SchemaData of @qapi-ts/runtime/schema; `format` numbers it.",
  );
  examples(command, 'qapi-ts ir qapi/qapi-schema.json', 'qapi-ts ir --qemu 10.2 --target qga');
}
