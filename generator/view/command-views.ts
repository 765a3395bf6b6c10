import type { Command, Feature, Schema, StructType, TypeRef } from '../ir/types.js';
import { allMembers, objectNamed } from '../ir/visit.js';
import { propertyName, stringLiteral } from './literals.js';
import { isEmpty, type TypeContext } from './type-views.js';

export interface CommandView {
  /** The wire name as a property name. */
  readonly key: string;
  /** The client's method; null: by `execute` only. */
  readonly wrapper: string | null;
  /** Type of the arguments; `Empty` when it takes none. */
  readonly arguments: string;
  /** Whether it can be called without arguments. */
  readonly optional: boolean;
  /** Type of the return. */
  readonly returns: string;
  /** May be executed out of band. */
  readonly oob: boolean;
  /** Answers only to fail. */
  readonly silent: boolean;
  /** Union of the features that it has, those of its arguments included; null: none. */
  readonly features: string | null;
  readonly doc: readonly string[];
  readonly ir: Command;
}

/** What further members look like, for commands and structs that accept them. */
const OPEN = '{ [member: string]: unknown }';

export function commandView(command: Command, context: TypeContext): CommandView {
  const { schema, names, docs } = context;
  const args = command.arguments === null ? null : objectNamed(schema, command.arguments);
  const empty = args === null || (args.kind === 'struct' && isEmpty(schema, args));
  let text = 'Empty';
  if (args !== null && !empty) {
    text = names.named(args, 'sent');
    if (command.open && !context.open.has(args.name)) text = `${text} & ${OPEN}`;
  } else if (command.open) {
    text = OPEN;
  }
  return {
    key: propertyName(command.name),
    wrapper: hasWrapper(command) ? command.tsName : null,
    arguments: text,
    optional: empty || takesNothing(schema, command),
    returns: command.successResponse ? returnText(command, context) : 'void',
    oob: command.allowOob,
    silent: !command.successResponse,
    features: featuresText(command, schema),
    doc: docs.definition(command),
    ir: command,
  };
}

/** What `supports` may be asked for: features of the command, of its arguments and of their types. */
function featuresText(command: Command, schema: Schema): string | null {
  const names = new Set(command.features.map(({ name }) => name));
  const collect = (features: readonly Feature[]) => {
    for (const { name } of features) names.add(name);
  };
  const types = new Set(command.arguments === null ? [] : [command.arguments]);
  for (const name of types) {
    const type = objectNamed(schema, name);
    collect(type.features);
    for (const member of allMembers(schema, type)) {
      collect(member.features);
      collect(schema.types.get(nameIn(member.type))?.features ?? []);
    }
    if (type.kind !== 'union') continue;
    for (const branch of type.branches) types.add(nameIn(branch.type));
  }
  return names.size === 0 ? null : [...names].sort().map(stringLiteral).join(' | ');
}

function nameIn(ref: TypeRef): string {
  return ref.kind === 'array' ? nameIn(ref.element) : ref.name;
}

/** Not for a name that the runtime's list, joined by spaces, cannot hold. QEMU has none such. */
export function hasWrapper(command: Command): boolean {
  return command.name !== '' && !command.name.includes(' ');
}

function returnText(command: Command, { names }: TypeContext): string {
  return command.returns === null ? 'Empty' : names.text(command.returns, 'received');
}

/** Whether a command's arguments are all optional. */
export function takesNothing(schema: Schema, command: Command): boolean {
  if (command.arguments === null) return true;
  return allMembers(schema, objectNamed(schema, command.arguments)).every((m) => m.optional);
}

/**
 * The argument structs that are written open: those of open commands when nothing else refers to
 * them, which the implicit ones are made for.
 */
export function openArguments(schema: Schema): ReadonlySet<string> {
  const open = new Set<string>();
  for (const command of schema.commands.values()) {
    if (!command.open || command.arguments === null) continue;
    const type = schema.types.get(command.arguments);
    if (type?.kind === 'struct' && isOwn(type)) open.add(type.name);
  }
  return open;
}

function isOwn(type: StructType): boolean {
  return type.implicit === 'arguments';
}
