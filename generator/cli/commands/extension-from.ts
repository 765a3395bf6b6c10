import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { visible } from '../../diagnostics/visible.js';
import { compareVersions, embeddedSchema, embeddedVersions } from '../../embedded/index.js';
import { withHeader } from '../../emit/header.js';
import {
  asReply,
  extensionsFrom,
  type FromResult,
  reportLine,
  unusedTypes,
  wholeReply,
} from '../../extension/from/index.js';
import { recoverNames } from '../../introspection/names/index.js';
import { assembleSchema, type UnnamedDefinition } from '../../ir/assemble.js';
import type { Schema, Target } from '../../ir/types.js';
import { refuse } from '../exit.js';
import { type AnySource, loadAny, withCatalogue } from '../input/any-source.js';
import { addReadingOptions, type ReadingOptions, TARGETS } from '../input/options.js';
import { type Io, say } from '../io.js';
import { type PlacingOptions, place } from '../output.js';
import { examples } from '../program.js';

interface Options extends ReadingOptions, PlacingOptions {
  readonly base: string;
  readonly target: Target;
  readonly release?: readonly string[];
  readonly vendor?: string;
  readonly out?: string;
  readonly catalogue?: string;
  readonly baseCatalogue?: string;
}

const SOURCE = 'release, schema file, introspection reply, unix:PATH or tcp:HOST:PORT';

export function define(command: Command, io: Io): void {
  command
    .argument('<downstream>', `what a downstream ships: ${SOURCE}`)
    .requiredOption('--base <source>', 'the upstream release that it comes from: as <downstream>')
    .option(
      '--release <release...>',
      'look for backports in these, oldest first: VERSION or NAME=SOURCE (default: all embedded)',
    )
    .option('--catalogue <file>', 'merge the events of qmp-events.txt into those of <downstream>')
    .option('--base-catalogue <file>', 'and of another one into those of the base')
    .option('--vendor <domain>', 'reverse domain name for downstream names that carry none')
    .addOption(
      new Option('--target <target>', 'which schemas of a release').choices(TARGETS).default('qmp'),
    )
    .option('-o, --out <dir>', 'folder to write VENDOR.yaml and overlay.yaml to')
    .option('--force', 'overwrite files of ours that were edited')
    .option('--check', 'write nothing; list what differs and exit 1');
  addReadingOptions(command).action((downstream: string, options: Options) =>
    extensionFrom(downstream, options, io),
  );
  examples(
    command,
    'qapi-ts extension-from acme/qapi-schema.json --base 10.2 --out extensions',
    'qapi-ts extension-from unix:/run/vm.sock --base 7.2',
    'qapi-ts extension-from rhel/qapi-schema.json --base 2.12/qapi-schema.json --release 3.1=3.1/qapi-schema.json',
  );
}

async function extensionFrom(text: string, options: Options, io: Io): Promise<void> {
  const { target, catalogue, baseCatalogue } = options;
  const base = await loadAny(options.base, target, withCatalogue(options, baseCatalogue), io);
  const downstream = await loadAny(text, target, withCatalogue(options, catalogue), io);
  const releases: { readonly label: string; readonly source: AnySource }[] = [];
  for (const { label, source } of laterThan(base, options)) {
    releases.push({
      label,
      source: await loadAny(source, target, withCatalogue(options, undefined), io),
    });
  }
  // What one side cannot show is not asked of the others.
  const isReply = [base, downstream].some(({ introspected }) => introspected);
  const comparable = ({ schema }: AnySource): Schema => (isReply ? wholeReply(schema) : schema);
  const references = [base, ...releases.map(({ source }) => source)];
  const known = named(
    downstream,
    references.map(({ schema }) => schema),
  );
  const result = extensionsFrom(comparable(base), isReply ? asReply(known) : known, {
    releases: releases.map(({ label, source }) => ({ label, schema: comparable(source) })),
    vendor: options.vendor?.toLowerCase() ?? null,
    ...(isReply ? { unused: unusedTypes(base.schema) } : {}),
    title: `${basename(downstream.label)}, over ${basename(base.label)}`,
  });
  for (const one of result.judged) say(io, visible(reportLine(one)));
  if (result.judged.length === 0) say(io, 'no difference');
  if (options.out !== undefined)
    write(options.out, result, basename(downstream.label), options, io);
}

/** Where backports are looked for: what was named, or the embedded releases after the base. */
function laterThan(
  base: AnySource,
  { release, target }: Options,
): readonly { readonly label: string; readonly source: string }[] {
  if (release !== undefined) {
    return release.map((text) => {
      const at = text.indexOf('=');
      return at < 1
        ? { label: text, source: text }
        : { label: text.slice(0, at), source: text.slice(at + 1) };
    });
  }
  return embeddedVersions()
    .filter((version) => base.version === null || compareVersions(version, base.version) > 0)
    .filter((version) => embeddedSchema(version, target) !== null)
    .map((version) => ({ label: version, source: version }));
}

/** The downstream's schema, its types named as the base's; others as where they may come from. */
function named({ schema, masked }: AnySource, references: readonly Schema[]): Schema {
  if (!masked) return schema;
  let { definitions }: { definitions: readonly UnnamedDefinition[] } = schema;
  for (const reference of references) ({ definitions } = recoverNames(definitions, reference));
  return assembleSchema(definitions, schema.modules);
}

function write(
  folder: string,
  { extensions, overlay }: FromResult,
  source: string,
  options: PlacingOptions,
  io: Io,
): void {
  const files = new Map<string, string>();
  const add = (path: string, text: string) => files.set(path, withHeader(path, source, text));
  for (const [vendor, text] of extensions) {
    if (vendor === '')
      refuse('--vendor is missing: some downstream names do not say whose they are');
    add(`${vendor}.yaml`, text);
  }
  if (overlay !== null) add('overlay.yaml', overlay);
  place(folder, files, options, io);
}
