import type { Command } from 'commander';
import type { Target } from '../../ir/types.js';
import { printSchema } from '../../print/index.js';
import { refuse } from '../exit.js';
import { load } from '../input/load.js';
import { addReadingOptions, type ReadingOptions, targetOption } from '../input/options.js';
import type { Io } from '../io.js';
import { type PlacingOptions, place } from '../output.js';
import { examples } from '../program.js';

interface Options extends ReadingOptions, PlacingOptions {
  readonly out: string;
  readonly catalogue?: string;
  readonly introspection?: string;
  readonly namesFrom?: string;
  readonly target: Target;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[file]', 'main file of a QAPI schema, of any QEMU release since 1.0')
    .requiredOption('-o, --out <dir>', 'folder to write to')
    .option('--catalogue <file>', "merge the events of an old release's qmp-events.txt")
    .option('--introspection <source>', 'query-qmp-schema reply in place of FILE')
    .option('--names-from <source>', 'recover the names masked there from FILE or VERSION')
    .addOption(targetOption('which schema of VERSION has the names').default('qmp'))
    .option('--check', 'write nothing; list what differs and exit 1');
  addReadingOptions(command).action(async (file: string | undefined, options: Options) => {
    if ((file === undefined) === (options.introspection === undefined)) {
      refuse('give one source: FILE or --introspection');
    }
    const source = file === undefined ? options : { ...options, schema: file };
    const { schema } = await load(source, options.target, io);
    place(options.out, printSchema(schema), options, io);
  });
  examples(
    command,
    'qapi-ts import qapi/qapi-schema.json --out qapi/qemu-10.2/qmp',
    'qapi-ts import --introspection reply.json --names-from 10.2 --out qapi/qemu-11.1/qmp',
  );
}
