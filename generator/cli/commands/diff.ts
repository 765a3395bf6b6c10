import { IMPACTS, type Impact } from '@qapi-ts/runtime/compare';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Diff, diffSchemas, type Side } from '../../diff/index.js';
import { FORMATS, type Format, report } from '../../diff/report/index.js';
import type { Target } from '../../ir/types.js';
import { foundWanting, refuse } from '../exit.js';
import { type AnySource, loadAny, withCatalogue } from '../input/any-source.js';
import { addReadingOptions, type ReadingOptions, TARGETS } from '../input/options.js';
import { type Io, paintFor } from '../io.js';
import { examples } from '../program.js';

interface Options extends ReadingOptions {
  readonly target: Target;
  readonly format: Format;
  readonly only: readonly Impact[];
  readonly exitCode?: boolean;
  readonly againstProgram?: readonly string[];
  readonly tsconfig?: string;
  readonly oldCatalogue?: string;
  readonly newCatalogue?: string;
}

const SOURCE = 'release, schema file, introspection reply, unix:PATH or tcp:HOST:PORT';

export function define(command: Command, io: Io): void {
  command
    .argument('<old>', `what a program was made for: ${SOURCE}`)
    .argument('<new>', 'what it is to work with: as <old>')
    .addOption(
      new Option('--target <target>', 'which schemas of a release').choices(TARGETS).default('qmp'),
    )
    .addOption(new Option('--format <format>', 'how to say it').choices(FORMATS).default('text'))
    .addOption(
      new Option('--only <impacts>', `list only these of ${IMPACTS.join(',')}`)
        .argParser(impacts)
        .default(IMPACTS, 'all'),
    )
    .option('--exit-code', 'exit 1 when a listed change is breaking')
    .option(
      '--against-program <glob...>',
      'list only what the TypeScript program in these files uses',
    )
    .option(
      '--tsconfig <file>',
      "the program's tsconfig.json (default: the nearest above its files)",
    );
  for (const side of ['old', 'new']) {
    const what = `merge the events of qmp-events.txt into those of <${side}>`;
    command.option(`--${side}-catalogue <file>`, what);
  }
  addReadingOptions(command).action((old: string, now: string, options: Options) =>
    diff(old, now, options, io),
  );
  examples(
    command,
    'qapi-ts diff 7.2 10.2',
    'qapi-ts diff 10.2 unix:/run/vm.sock',
    "qapi-ts diff 7.2 10.2 --against-program 'src/**/*.ts' --exit-code",
    'qapi-ts diff old/qapi-schema.json new/qapi-schema.json --format markdown --only breaking,arrival',
  );
}

function impacts(text: string): readonly Impact[] {
  const asked = text.split(',').map((word) => word.trim());
  for (const word of asked) {
    if (!(IMPACTS as readonly string[]).includes(word)) {
      throw new InvalidArgumentError(`Allowed are ${IMPACTS.join(', ')}, joined by commas.`);
    }
  }
  return IMPACTS.filter((impact) => asked.includes(impact));
}

async function diff(old: string, now: string, options: Options, io: Io): Promise<void> {
  const { target, oldCatalogue, newCatalogue } = options;
  const before = await loadAny(old, target, withCatalogue(options, oldCatalogue), io);
  const after = await loadAny(now, target, withCatalogue(options, newCatalogue), io);
  const [oldSide, newSide] = await withNames(before, after);
  let found = diffSchemas(oldSide, newSide, options.target);
  if (options.againstProgram !== undefined) {
    found = await touching(found, oldSide, options.againstProgram, options);
  } else if (options.tsconfig !== undefined) refuse('--tsconfig is for --against-program');
  const paint = paintFor(io.stdout, io.env);
  io.stdout.write(report(found, options.format, { paint, impacts: options.only }));
  const isBreaking = found.changes.some(({ impact }) => impact === 'breaking');
  if (options.exitCode === true && isBreaking) foundWanting();
}

/** Masked types get the names that the other side has, so that a reader knows them. */
async function withNames(before: AnySource, after: AnySource): Promise<readonly [Side, Side]> {
  if (!before.masked && !after.masked) return [before, after];
  const { recoverNames } = await import('../../introspection/names/index.js');
  const { assembleSchema } = await import('../../ir/assemble.js');
  const named = (source: AnySource, reference: AnySource): Side => {
    const { definitions } = recoverNames(source.schema.definitions, reference.schema);
    return { ...source, schema: assembleSchema(definitions, source.schema.modules) };
  };
  if (after.masked) return [before, named(after, before)];
  return [named(before, after), after];
}

/** ts-morph, which takes its time to load, is for this alone. */
async function touching(
  found: Diff,
  before: Side,
  globs: readonly string[],
  options: Options,
): Promise<Diff> {
  const { changesTouching } = await import('../../diff/program/index.js');
  const { tsconfig, target } = options;
  const result = changesTouching(found, before, target, {
    globs,
    ...(tsconfig === undefined ? {} : { tsconfig }),
  });
  return result.ok ? result.diff : refuse(result.reason);
}
