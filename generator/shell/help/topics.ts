import { didYouMean } from '../../diagnostics/closest.js';
import { visible } from '../../diagnostics/visible.js';
import type { Definition, Member, Schema } from '../../ir/types.js';
import { type Fields, placeAt } from '../arguments/index.js';
import { OWN_WORDS } from '../complete/candidates.js';
import type { Spot } from '../complete/spot.js';
import { describe, type HelpContext, memberLines } from './describe.js';

/** What `help` alone says. */
export function usage({ paint }: HelpContext): readonly string[] {
  const own = Object.entries(OWN_WORDS).map(([word, what]) => `  ${word.padEnd(5)} ${what}`);
  return [
    `${paint.bold('COMMAND key=value …')}  as in: blockdev-add driver=qcow2 node-name=d0 file.driver=file …`,
    '  Values have the type that the schema says; quotes and JSON may stand anywhere.',
    '  {"execute": …} sends a message as it is; JSON may go over several lines.',
    '  ( begins a transaction, one action a line; ) sends it.',
    ...own,
    `${paint.bold('Tab')} completes, ${paint.bold('F1')} or ${paint.bold('Alt-h')} explains what stands at the cursor,`,
    `${paint.bold('Ctrl-C')} clears the line, or gives up waiting; ${paint.bold('Ctrl-D')} leaves.`,
  ];
}

/** Help of a command, event or type by its name, or of an argument: `blockdev-add.driver`. */
export function topicHelp(topic: string, context: HelpContext): readonly string[] {
  const { schema } = context;
  const definitions = definitionsNamed(schema, topic);
  if (definitions.length > 0) {
    return definitions.flatMap((definition, index) => [
      ...(index > 0 ? [''] : []),
      ...describe(definition, context),
    ]);
  }
  const argument = argumentHelp(topic, context);
  if (argument !== null) return argument;
  const types = [...schema.types.values()].filter(({ implicit }) => implicit === null);
  const called = types.map(({ name }) => name);
  const names = [...schema.commands.keys(), ...schema.events.keys(), ...called];
  const holding = namesHolding(topic, names);
  if (holding.length === 0) return [visible(`there is no '${topic}'${didYouMean(topic, names)}`)];
  const shown = holding.slice(0, MAX_NAMES).map((name) => `  ${visible(name)}`);
  const more = holding.length - shown.length;
  return [
    visible(`there is no '${topic}', but these hold it:`),
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** As many as fit on a screen. */
const MAX_NAMES = 20;

/** Names that hold a word, those that begin with it first. */
function namesHolding(word: string, names: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase();
  const holding = names.filter((name) => name.toLowerCase().includes(wanted));
  const begins = (name: string) => name.toLowerCase().startsWith(wanted);
  return [...holding.filter(begins), ...holding.filter((name) => !begins(name))];
}

function definitionsNamed(schema: Schema, name: string): readonly Definition[] {
  const found = [schema.commands.get(name), schema.events.get(name), schema.types.get(name)];
  return found.filter((definition) => definition !== undefined);
}

function argumentHelp(topic: string, context: HelpContext): readonly string[] | null {
  const { schema } = context;
  const dot = topic.indexOf('.');
  const command = dot === -1 ? undefined : schema.commands.get(topic.slice(0, dot));
  if (command === undefined) return null;
  const path = topic.slice(dot + 1).split('.');
  const { fields } = placeAt(schema, command, path.slice(0, -1), null);
  const member = fields?.members.get(path.at(-1) ?? '');
  return member === undefined ? null : explained(member, command.arguments, context);
}

/** A member, and what its type is. */
function explained(
  member: Member,
  typeName: string | null,
  context: HelpContext,
): readonly string[] {
  const type = member.type.kind === 'array' ? member.type.element : member.type;
  const definition = type.kind === 'named' ? context.schema.types.get(type.name) : undefined;
  const rest = definition === undefined ? [] : describe(definition, context);
  return [...memberLines(member, typeName, context), ...rest];
}

/** Help of what stands at the cursor. */
export function spotHelp(spot: Spot, line: string, context: HelpContext): readonly string[] {
  switch (spot.kind) {
    case 'command':
      return spot.typed === '' ? usage(context) : topicHelp(spot.typed, context);
    case 'topic':
      return spot.typed === '' ? usage(context) : topicHelp(spot.typed, context);
    case 'key':
      return keyHelp(spot, context);
    case 'value': {
      const { fields } = placeAt(context.schema, spot.command, spot.path.slice(0, -1), spot.given);
      const member = fields?.members.get(spot.path.at(-1) ?? '');
      const typeName = spot.path.length === 1 ? spot.command.arguments : null;
      return member === undefined
        ? describe(spot.command, context)
        : explained(member, typeName, context);
    }
    case 'message-key':
    case 'none': {
      const command = context.schema.commands.get(line.trim().split(/\s/, 1)[0] ?? '');
      return command === undefined ? usage(context) : describe(command, context);
    }
  }
}

function keyHelp(spot: Extract<Spot, { kind: 'key' }>, context: HelpContext): readonly string[] {
  const { fields, typed, path, command } = spot;
  const fitting = membersLike(fields, typed);
  const typeName = path.length === 0 ? command.arguments : null;
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) return explained(only, typeName, context);
  if (path.length === 0 && typed === '') return describe(command, context);
  if (fitting.length === 0) return describe(command, context);
  return fitting.flatMap((member) => memberLines(member, typeName, context));
}

function membersLike(fields: Fields | null, typed: string): readonly Member[] {
  const exact = fields?.members.get(typed);
  if (exact !== undefined) return [exact];
  return [...(fields?.members.values() ?? [])].filter(({ name }) => name.startsWith(typed));
}
