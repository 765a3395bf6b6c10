import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '@qapi-ts/runtime';
import { refuse } from '../../cli/exit.js';
import { readEmbedded } from '../../cli/input/embedded.js';
import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { compareVersions, embeddedSchema, embeddedVersions } from '../../embedded/index.js';
import { recoverNames } from '../../introspection/names/index.js';
import { introspectionModules, readIntrospection } from '../../introspection/read/index.js';
import { assembleSchema } from '../../ir/assemble.js';
import type { Schema, Target } from '../../ir/types.js';
import { loadSchema } from '../../schema/index.js';
import { SourceFile } from '../../source/source-file.js';
import { exactJson } from './json.js';

/** What is known of a server's commands, events and types. */
export interface LiveSchema {
  readonly schema: Schema;
  /** `introspection`: the server told it. `embedded`, `folder`: that of a release near it. */
  readonly source: 'introspection' | 'embedded' | 'folder';
  /** "QEMU 10.2, qmp", or the folder: where names come from, or all. */
  readonly label: string;
  /** Whose documentation holds, where there is some. */
  readonly documentation: Schema | null;
  /** What is wrong with what the server told; null: nothing. */
  readonly unread: string | null;
}

/** Asks one question. */
export type Ask = (command: string) => Promise<unknown>;

/** A schema to take names from, or all where the server does not tell. */
export interface Reference {
  readonly schema: Schema;
  readonly label: string;
  readonly source: 'embedded' | 'folder';
  /** The release it is of, where that is known. */
  readonly release: string | null;
}

/** The embedded release nearest to a server's: its own, else the newest before it, else the oldest. */
export function nearestRelease(version: string | null, target: Target): string {
  const known = embeddedVersions().filter((each) => embeddedSchema(each, target) !== null);
  const before = known.filter((each) => version === null || compareVersions(each, version) <= 0);
  return before.at(-1) ?? known[0] ?? refuse(`no embedded definitions of any ${target}`);
}

const references = new Map<string, Reference>();

/** Embedded definitions near a release, read once. */
export function embeddedReference(version: string | null, target: Target): Reference {
  const release = nearestRelease(version, target);
  const label = `QEMU ${release}, ${target}`;
  const known = references.get(label);
  if (known !== undefined) return known;
  const { definitions, modules } = readEmbedded(release, target);
  const schema = assembleSchema(definitions, modules);
  const reference: Reference = { schema, label, source: 'embedded', release };
  references.set(label, reference);
  return reference;
}

const MAIN_FILES: { readonly [T in Target]: readonly string[] } = {
  qmp: ['qapi/qapi-schema.json', 'qapi-schema.json', 'qmp/qapi-schema.json'],
  qga: ['qga/qapi-schema.json', 'qapi-schema-guest.json', 'qapi-schema.json'],
  qsd: ['storage-daemon/qapi/qapi-schema.json', 'qapi-schema.json', 'qsd/qapi-schema.json'],
};

/** QEMU's own schema in a folder. Ends the run when there is none, or it has errors. */
export function folderReference(folder: string, target: Target): Reference {
  const file = MAIN_FILES[target]
    .map((path) => join(folder, path))
    .find((path) => existsSync(path));
  if (file === undefined) return refuse(`${folder} holds no schema of ${target}`);
  const diagnostics = new Diagnostics();
  const { schema } = loadSchema(file, { diagnostics });
  if (schema === null) {
    const { message = 'it has errors' } = diagnostics.list[0] ?? {};
    return refuse(`${file} cannot be read as a schema: ${message}`);
  }
  return { schema, label: folder, source: 'folder', release: null };
}

/** What a server has, with names from the reference; all of the reference where it does not tell. */
export async function askSchema(
  ask: Ask,
  target: Target,
  reference: Reference,
): Promise<LiveSchema> {
  const { schema, source, label } = reference;
  const documentation = source === 'folder' ? schema : null;
  const infos = target === 'qga' ? null : await answer(ask, 'query-qmp-schema');
  if (infos === null) return { schema, source, label, documentation, unread: null };
  const text = Array.isArray(infos)
    ? `[\n${infos.map(exactJson).join(',\n')}\n]\n`
    : exactJson(infos);
  const diagnostics = new Diagnostics();
  const definitions = readIntrospection(new SourceFile('query-qmp-schema', text), diagnostics);
  if (definitions === null) {
    const unread = diagnostics.list[0]?.message ?? 'it has errors';
    return { schema, source, label, documentation, unread };
  }
  const recovered = recoverNames(definitions, schema).definitions;
  return {
    schema: assembleSchema(recovered, introspectionModules),
    source: 'introspection',
    label,
    documentation,
    unread: null,
  };
}

/** The answer, or null where the server has no such command. */
async function answer(ask: Ask, command: string): Promise<unknown> {
  try {
    return await ask(command);
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}
