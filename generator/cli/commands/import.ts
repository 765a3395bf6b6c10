import type { Command } from 'commander';
import { printSchema } from '../../print/index.js';
import { load } from '../input/load.js';
import { addSourceOptions, type SourceOptions } from '../input/options.js';
import type { Io } from '../io.js';
import { type PlacingOptions, place } from '../output.js';
import { examples } from '../program.js';

interface Options extends SourceOptions, PlacingOptions {
  readonly out: string;
}

export function define(command: Command, io: Io): void {
  command.argument('[file]', 'main file of a QAPI schema, of any QEMU release since 1.0');
  addSourceOptions(command)
    .requiredOption('-o, --out <dir>', 'folder to write to')
    .option('--check', 'write nothing; list what differs and exit 1')
    .action(async (file: string | undefined, options: Options) => {
      const { schema } = await load(options, io, file);
      place(options.out, printSchema(schema), options, io);
    });
  examples(
    command,
    'qapi-ts import qapi/qapi-schema.json --out qapi/qemu-10.2/qmp',
    'qapi-ts import --introspection reply.json --names-from 10.2 --out qapi/qemu-11.1/qmp',
  );
}
