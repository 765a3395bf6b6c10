import type { Command } from 'commander';
import { printSchema } from '../../print/index.js';
import { loadFile } from '../input/load.js';
import { addReadingOptions, type ReadingOptions } from '../input/options.js';
import type { Io } from '../io.js';
import { type PlacingOptions, place } from '../output.js';
import { examples } from '../program.js';

interface Options extends ReadingOptions, PlacingOptions {
  readonly out: string;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<file>', 'main file of a QAPI schema, of any QEMU release since 1.0')
    .requiredOption('-o, --out <dir>', 'folder to write to')
    .option('--check', 'write nothing; list what differs and exit 1');
  addReadingOptions(command).action(async (file: string, options: Options) => {
    const { schema } = await loadFile(file, options, io);
    place(options.out, printSchema(schema), options, io);
  });
  examples(command, 'qapi-ts import qapi/qapi-schema.json --out qapi/qemu-10.2/qmp');
}
