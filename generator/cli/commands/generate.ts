import type { Command } from 'commander';
import { Option } from 'commander';
import type { Int64Mapping } from '../../view/index.js';
import { CliError, EXIT } from '../exit.js';
import { load, type Source } from '../input/load.js';
import { addSourceOptions, release, type SourceOptions } from '../input/options.js';
import { requireFolder } from '../input/place.js';
import type { Io } from '../io.js';
import { type PlacingOptions, place } from '../output.js';
import { examples } from '../program.js';

interface Options extends SourceOptions, PlacingOptions {
  readonly out: string;
  readonly release?: string;
  readonly int64: Int64Mapping;
  readonly templates?: string;
  readonly common?: string;
  readonly emit: 'sdk' | 'json-schema';
}

export function define(command: Command, io: Io): void {
  command.option('--schema <file>', 'QAPI schema, of any QEMU release since 1.0');
  addSourceOptions(command)
    .option('--release <version>', "QEMU's release, for links to its manual", release)
    .addOption(
      new Option('--int64 <mapping>', '64-bit integers as')
        .choices(['exact', 'number', 'bigint'])
        .default('exact'),
    )
    .addOption(
      new Option('--common <versions>', 'what all of these releases take and give').conflicts([
        'schema',
        'qemu',
        'introspection',
      ]),
    )
    .addOption(
      new Option(
        '--emit <what>',
        'the SDK, or JSON Schema (draft 2020-12); each in a folder of its own',
      )
        .choices(['sdk', 'json-schema'])
        .default('sdk'),
    )
    .option('--templates <dir>', 'templates that replace or add to ours')
    .requiredOption('-o, --out <dir>', 'folder to write to')
    .option('--check', 'write nothing; list what differs and exit 1')
    .action((options: Options) => generate(options, io));
  examples(
    command,
    'qapi-ts generate --qemu 10.2 --out src/qmp',
    'qapi-ts generate --schema qga/qapi-schema.json --target qga --out src/qga',
    'qapi-ts generate --schema qapi-schema.json --catalogue QMP/qmp-events.txt --out src/qmp',
    'qapi-ts generate --common 7.2,9.2,10.2 --out src/qmp',
    'qapi-ts generate --qemu 10.2 --emit json-schema --out schemas',
    'qapi-ts generate --qemu 10.2 --out src/qmp --check',
  );
}

async function source(options: Options, io: Io): Promise<Source> {
  if (options.common === undefined) return load(options, io);
  const { loadCommon } = await import('../input/common.js');
  return loadCommon(options.common, options.target);
}

async function generate(options: Options, io: Io): Promise<void> {
  const { schema, label, version } = await source(options, io);
  if (options.emit === 'json-schema') {
    const { renderJsonSchema } = await import('../../json-schema/index.js');
    const { target } = options;
    place(options.out, renderJsonSchema(schema, { target, source: label }), options, io);
    return;
  }
  const { loadTemplates, renderSdk } = await import('../../emit/index.js');
  const files = await withTemplates(options.templates, async (folder) =>
    renderSdk(schema, {
      templates: await loadTemplates(folder),
      target: options.target,
      version: options.release ?? version,
      source: label,
      int64: options.int64,
    }),
  );
  place(options.out, files, options, io);
}

/** Templates that the user gave may fail like any input; ours do not. */
async function withTemplates<T>(
  folder: string | undefined,
  render: (folder: string | null) => Promise<T>,
): Promise<T> {
  if (folder === undefined) return render(null);
  requireFolder(folder);
  try {
    return await render(folder);
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new CliError(EXIT.findings, `templates of ${folder}: ${line}`);
  }
}
