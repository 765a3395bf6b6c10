import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { depfileText } from '../depfile.js';
import { refuse } from '../exit.js';
import { addSourceOptions, release, wholeNumber } from '../input/options.js';
import type { Io } from '../io.js';
import type { Made } from '../made.js';
import { type PlacingOptions, place } from '../output.js';
import { examples } from '../program.js';
import { type RenderingOptions, render } from '../render.js';
import { replaceFile } from '../replace-file.js';
import { TARGETS_FILES } from '../targets/place.js';
import type { TargetsOptions } from '../targets/run.js';

interface Options extends RenderingOptions, PlacingOptions, TargetsOptions {
  readonly out?: string;
  readonly config?: string;
  readonly depfile?: string;
  readonly stamp?: string;
  readonly watch?: boolean;
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
    .option('--extension <file...>', "a downstream's additions, or an overlay with its backports")
    .option('--extensions-only <module>', 'no SDK, only extensions, for the SDK in this module')
    .option('--templates <dir>', 'templates that replace or add to ours')
    .option('-o, --out <dir>', 'folder to write to')
    .option('--config <file>', `targets file, where no source is given (${TARGETS_FILES[0]})`)
    .option('--only <name...>', 'of the targets file, only these targets')
    .option('--jobs <count>', 'render so many targets at once', wholeNumber)
    .option('--check', 'write nothing; list what differs and exit 1')
    .option('--force', 'make unchanged targets too; overwrite edited files, and another output')
    .option('--depfile <file>', "write what was read, in make's format")
    .option('--stamp <file>', 'touch this file when all is done')
    .option('--watch', 'stay, and generate again when what was read changes')
    .action((options: Options) => generate(options, io));
  examples(
    command,
    'qapi-ts generate',
    'qapi-ts generate --only vm-qmp --force',
    'qapi-ts generate --qemu 10.2 --out src/qmp',
    'qapi-ts generate --schema qga/qapi-schema.json --target qga --out src/qga',
    'qapi-ts generate --schema qapi-schema.json --catalogue QMP/qmp-events.txt --out src/qmp',
    'qapi-ts generate --common 7.2,9.2,10.2 --out src/qmp',
    'qapi-ts generate --qemu 10.2 --extension acme.yaml --out src/qmp',
    'qapi-ts generate --qemu 10.2 --emit json-schema --out schemas',
    'qapi-ts generate --qemu 10.2 --out src/qmp --check',
    'qapi-ts generate --schema qapi-schema.json --out src/qmp --depfile qmp.d --stamp qmp.stamp',
  );
}

async function generate(options: Options, io: Io): Promise<void> {
  const isSingle = namesSource(options);
  if (options.watch === true && options.check === true) refuse('--watch writes, --check does not');
  const file = isSingle ? null : targetsFile(options);
  const once = async (): Promise<Made> => {
    const made =
      file === null ? await generateOne(options, io) : await generateAll(file, options, io);
    record(options, made);
    return made;
  };
  if (options.watch !== true) {
    await once();
    return;
  }
  const { watchAndRun } = await import('../watch.js');
  const first = [file, options.schema, options.introspection, options.catalogue];
  await watchAndRun(
    first.filter((path) => typeof path === 'string'),
    once,
    io,
  );
}

/** Whether one SDK is asked for, on the command line. */
function namesSource(options: Options): boolean {
  const source = [options.schema, options.qemu, options.introspection, options.common];
  const isSingle = source.some((value) => value !== undefined);
  if (isSingle && options.out === undefined) refuse('--out is missing: the folder to write to');
  if (!isSingle && options.out !== undefined) {
    refuse('no source: give a schema file, --qemu, --introspection or --common');
  }
  const ofTargets = [options.config, options.only, options.jobs];
  if (isSingle && ofTargets.some((value) => value !== undefined)) {
    refuse('--config, --only and --jobs are for a targets file, not for a source given here');
  }
  return isSingle;
}

function targetsFile(options: Options): string {
  if (options.config !== undefined) return options.config;
  const found = TARGETS_FILES.find((file) => existsSync(file));
  return found ?? refuse(`no ${TARGETS_FILES[0]} here: qapi-ts init writes one`);
}

/** YAML and threads are loaded for targets files only. */
async function generateAll(file: string, options: Options, io: Io): Promise<Made> {
  const { generateTargets } = await import('../targets/run.js');
  return generateTargets(file, options, io);
}

async function generateOne(options: Options, io: Io): Promise<Made> {
  const { files, inputs } = await render(options, io);
  const out = options.out ?? '';
  place(out, files, options, io);
  return { inputs, outputs: [...files.keys()].map((path) => join(out, path)) };
}

function record({ depfile, stamp, check }: Options, made: Made): void {
  if (check === true) return;
  if (depfile !== undefined) {
    replaceFile(depfile, depfileText(stamp === undefined ? made.outputs : [stamp], made));
  }
  if (stamp !== undefined) replaceFile(stamp, `${new Date().toISOString()}\n`);
}
