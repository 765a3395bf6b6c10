/**
 * What a running server offers, asked of itself.
 *
 * Accepts: a way to execute commands; the server is not trusted. Guarantees: answers from its own
 * introspection, fetched once a connection. Loaded by those who ask.
 */

import type { Origin } from '../client/open.js';
import type { SdkDescription } from '../client/types.js';
import type { Change } from '../compare/changes.js';
import { compareModels } from '../compare/compare.js';
import { modelOfData } from '../compare/from-data.js';
import { modelOfReply } from '../compare/from-reply.js';
import { named } from '../compare/leaves.js';
import type { CommandModel, MemberModel, Model, ObjectModel } from '../compare/model.js';
import type { SchemaData } from '../schema/index.js';
import { CommandError, type Monitor, ProtocolError } from '../session/index.js';
import { isObject, own } from '../validate/plain.js';

/** How a server is asked, and what the connection is. */
interface Server {
  readonly execute: (name: string) => Promise<unknown>;
  readonly protocol: 'qmp' | 'qga';
  /** A new one for each connection: what is known of a server ends with it. */
  readonly connection: object;
}

/** The server at the other end of a session. */
function serverOf(session: Monitor, { sdk, options }: Origin): Server {
  const timeout = options.commandTimeout;
  const execute = (name: string) => session.execute(name, undefined, { timeout });
  return { execute, protocol: sdk.protocol, connection: session };
}

/** What may be asked of a command. */
export interface Question {
  readonly argument?: string | undefined;
  readonly feature?: string | undefined;
}

/** How a server differs from a schema. */
export interface SchemaComparison {
  /** What the schema has and the server has not. */
  readonly lacks: readonly Change[];
  /** What the server has beyond the schema. */
  readonly adds: readonly Change[];
  /** What both have, each in its own way. */
  readonly changes: readonly Change[];
}

const models = new WeakMap<object, Promise<Model>>();

export async function supports(
  session: Monitor,
  origin: Origin,
  command: string,
  { argument, feature }: Question = {},
): Promise<boolean> {
  const server = serverOf(session, origin);
  if (argument === undefined && feature === undefined)
    return (await commandsOf(server)).has(command);
  const model = await modelOf(server);
  const known = model.commands.get(command);
  if (known === undefined) return false;
  const objects = argumentTypes(model, known);
  if (argument === undefined) {
    return [known, ...objects].some(({ features }) => features.includes(feature ?? ''));
  }
  const members = objects.flatMap((type) => type.members.get(argument) ?? []);
  if (feature === undefined) return members.length > 0;
  return members.some((member) => hasFeature(model, member, feature));
}

/**
 * The schema that an SDK was made of.
 * @throws TypeError when it is not to be had, as from a bundle that is one file
 */
async function schemaOf(sdk: SdkDescription): Promise<SchemaData> {
  try {
    if (sdk.schema !== undefined) return (await sdk.schema()).schema;
  } catch (error) {
    const text =
      "The SDK's schema cannot be loaded: give compareSchema that of its module 'schema'";
    throw new TypeError(text, { cause: error });
  }
  throw new TypeError('There is no schema to compare with: give compareSchema one');
}

export async function compareSchema(
  session: Monitor,
  origin: Origin,
  given?: SchemaData,
): Promise<SchemaComparison> {
  const server = serverOf(session, origin);
  const schema = given ?? (await schemaOf(origin.sdk));
  if (server.protocol === 'qga') return compareCommands(await commandsOf(server), schema);
  const changes = compareModels(modelOfData(schema), await modelOf(server));
  return sorted(changes);
}

function sorted(changes: readonly Change[]): SchemaComparison {
  const lacks: Change[] = [];
  const adds: Change[] = [];
  const others: Change[] = [];
  for (const change of changes) {
    const { code } = change;
    const isNew = code.endsWith('-added') || code === 'member-required';
    (code.endsWith('-removed') ? lacks : isNew ? adds : others).push(change);
  }
  return { lacks, adds, changes: others };
}

function modelOf(server: Server): Promise<Model> {
  let model = models.get(server.connection);
  if (model === undefined) {
    model = server.execute('query-qmp-schema').then(modelOfReply);
    models.set(server.connection, model);
    // What failed may succeed when it is asked again.
    model.catch(() => models.delete(server.connection));
  }
  return model;
}

/** A guest agent tells its commands only, and so does QEMU before 2.5. */
async function commandsOf(server: Server): Promise<ReadonlyMap<string, unknown>> {
  if (server.protocol === 'qga') {
    const info = await server.execute('guest-info');
    return namesIn(isObject(info) ? own(info, 'supported_commands') : undefined);
  }
  try {
    return (await modelOf(server)).commands;
  } catch (error) {
    if (!(error instanceof CommandError) || error.class !== 'CommandNotFound') throw error;
    return namesIn(await server.execute('query-commands'));
  }
}

function namesIn(list: unknown): ReadonlyMap<string, unknown> {
  if (!Array.isArray(list)) {
    throw new ProtocolError('malformed', 'The server gave no list of its commands');
  }
  const names = new Map<string, unknown>();
  for (const command of list) {
    if (!isObject(command) || own(command, 'enabled') === false) continue;
    names.set(String(own(command, 'name')), command);
  }
  return names;
}

function compareCommands(
  known: ReadonlyMap<string, unknown>,
  schema: SchemaData,
): SchemaComparison {
  const before = modelOfData(schema);
  const commands = new Map<string, CommandModel>();
  for (const name of known.keys()) {
    const none = { arguments: null, returns: null, open: false, oob: false, preconfig: false };
    // Nothing but the name is known: of those in the schema, the rest is as there.
    const told = { name, features: [], condition: null, silent: false, ...none };
    commands.set(name, before.commands.get(name) ?? told);
  }
  return sorted(compareModels(before, { ...before, commands, introspected: true }));
}

/** The objects that a command's arguments may be: the type, and the branches of unions within. */
function argumentTypes(model: Model, command: CommandModel): readonly ObjectModel[] {
  const names = new Set(command.arguments === null ? [] : [command.arguments]);
  const objects: ObjectModel[] = [];
  for (const name of names) {
    const type = model.types.get(name);
    if (type?.kind !== 'object') continue;
    objects.push(type);
    for (const branch of type.branches.values()) names.add(branch);
  }
  return objects;
}

/** Of the argument itself, or of the type that it takes. */
function hasFeature(model: Model, member: MemberModel, feature: string): boolean {
  let { type } = member;
  while (typeof type !== 'string') [type] = type;
  const features = named(model, type)?.features ?? [];
  return member.features.includes(feature) || features.includes(feature);
}
