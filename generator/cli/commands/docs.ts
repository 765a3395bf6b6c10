import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  compareVersions,
  embeddedSchema,
  embeddedVersions,
  releaseOf,
} from '../../embedded/index.js';
import type { Target } from '../../ir/types.js';
import type { SiteSource, SiteVersion } from '../../site/index.js';
import { refuse } from '../exit.js';
import type { AnySource } from '../input/any-source.js';
import { addReadingOptions, type ReadingOptions, TARGETS } from '../input/options.js';
import type { Io } from '../io.js';
import { type PlacingOptions, place } from '../output.js';
import { examples } from '../program.js';

interface Options extends ReadingOptions, PlacingOptions {
  readonly out: string;
  readonly target?: readonly Target[];
  readonly schemaDir?: readonly string[];
}

/** What the user names: a source and what to call it. */
interface Named {
  readonly label: string;
  readonly source: string;
}

export function define(command: Command, io: Io): void {
  command
    .argument(
      '[versions...]',
      'oldest first: releases, schema files, introspection replies, unix:PATH or tcp:HOST:PORT, ' +
        'each as it is or as LABEL=SOURCE (default: all embedded releases)',
    )
    .requiredOption('-o, --out <dir>', 'folder to write the site to')
    .addOption(
      new Option(
        '--target <target>',
        `${TARGETS.join(', ')}; may be repeated (default: all that releases have; qmp where a file or server is given)`,
      ).argParser(addTarget),
    )
    .option(
      '--schema-dir <dir>',
      "QEMU's source tree, or what fetch took out of one, for documentation text; may be repeated, the first that has it counts",
      (dir: string, before: readonly string[] = []) => [...before, dir],
    )
    .option('--check', 'write nothing, exit 1 when the folder would change')
    .option('--force', 'overwrite our files even where they were edited');
  addReadingOptions(command).action((versions: string[], options: Options) =>
    docs(versions, options, io),
  );
  examples(
    command,
    'qapi-ts docs --out site',
    'qapi-ts docs --out site --target qmp --schema-dir qemu-10.2 7.2 10.2',
    'qapi-ts docs --out site 10.2 ours=qapi/qapi-schema.json',
  );
}

function addTarget(text: string, before: readonly Target[] = []): readonly Target[] {
  const target = TARGETS.find((each) => each === text);
  if (target === undefined) throw new InvalidArgumentError(`Allowed are ${TARGETS.join(', ')}.`);
  return [...before, target];
}

async function docs(versions: readonly string[], options: Options, io: Io): Promise<void> {
  const named = namedSources(versions);
  const targets = options.target ?? targetsOf(named);
  const { loadAny } = await import('../input/any-source.js');
  const { readDocumentation } = await import('../input/documentation.js');
  const documentation = readDocumentation(options.schemaDir ?? [], targets, io);
  const sources: SiteSource[] = [];
  for (const target of TARGETS.filter((each) => targets.includes(each))) {
    const loaded: { readonly label: string; readonly source: AnySource }[] = [];
    for (const { label, source } of named) {
      // A release may have no schema of a target; of what else is named, the user says what it is.
      if (releaseOf(source) !== null && !isEmbedded(source, target) && isKnown(source)) continue;
      loaded.push({ label, source: await loadAny(source, target, options, io) });
    }
    if (loaded.length === 0) continue;
    const texts = documentation.get(target) ?? [];
    sources.push({ target, versions: await withNames(loaded), documentation: texts });
  }
  if (sources.length === 0) refuse(`none of these has a schema of ${targets.join(', ')}`);
  const labels = named
    .map(({ label }) => label)
    .filter((label) => sources.some((s) => s.versions.some((version) => version.label === label)));
  const { documentationSite } = await import('../../site/index.js');
  const { loadTemplates } = await import('../../emit/index.js');
  const files = await limited(async () =>
    documentationSite(sources, { labels, templates: await loadTemplates() }),
  );
  place(options.out, files, options, io);
}

/** Schemas made to take for ever are given up on by the comparison. */
async function limited<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const { ProtocolError } = await import('@qapi-ts/runtime');
    if (error instanceof ProtocolError) refuse(error.message);
    throw error;
  }
}

const isEmbedded = (source: string, target: Target): boolean =>
  embeddedSchema(source, target) !== null;
const isKnown = (source: string): boolean => TARGETS.some((target) => isEmbedded(source, target));

/** Releases stand in order of age; with anything else among them, all stand as they are given. */
function namedSources(versions: readonly string[]): readonly Named[] {
  if (versions.length === 0) {
    const embedded = embeddedVersions();
    return embedded.map((version) => ({ label: version, source: version }));
  }
  const named = versions.map(namedSource);
  const twice = named.find(({ label }, at) => named.findIndex((n) => n.label === label) !== at);
  if (twice !== undefined) refuse(`two versions are called ${twice.label}: give LABEL=SOURCE`);
  const isRelease = ({ label, source }: Named) =>
    releaseOf(source) !== null && label === releaseOf(source);
  if (!named.every(isRelease)) return named;
  return named.toSorted((a, b) => compareVersions(a.label, b.label));
}

function namedSource(text: string): Named {
  const found = /^([\w.+-]{1,30})=(.+)$/s.exec(text);
  if (found?.[1] !== undefined && found[2] !== undefined)
    return { label: found[1], source: found[2] };
  // Without its folders, which differ from machine to machine.
  return { label: releaseOf(text) ?? basename(text).replace(/\.json$/, ''), source: text };
}

function targetsOf(named: readonly Named[]): readonly Target[] {
  return named.every(({ source }) => releaseOf(source) !== null) ? TARGETS : ['qmp'];
}

/** Types of a reply have no names: they get those of the nearest version that has. */
async function withNames(
  loaded: readonly { readonly label: string; readonly source: AnySource }[],
): Promise<readonly SiteVersion[]> {
  const plain = loaded.map(({ label, source }) => {
    const { schema, introspected } = source;
    return { label, schema, introspected };
  });
  if (loaded.every(({ source }) => !source.masked)) return plain;
  const { recoverNames } = await import('../../introspection/names/index.js');
  const { assembleSchema } = await import('../../ir/assemble.js');
  return plain.map((version, at) => {
    if (loaded[at]?.source.masked !== true) return version;
    const others = loaded
      .map(({ source }, index) => ({ source, distance: Math.abs(index - at) }))
      .filter(({ source }) => !source.masked)
      .sort((a, b) => a.distance - b.distance);
    const reference = others[0]?.source.schema;
    if (reference === undefined) return version;
    const { definitions } = recoverNames(version.schema.definitions, reference);
    return { ...version, schema: assembleSchema(definitions, version.schema.modules) };
  });
}
