import { type Difference, differences, isSame } from './json/compare.js';
import { isObject, type Json, type JsonObject, stringAt } from './json/value.js';
import { canonicalJson } from './json/write.js';

/** What a message of a client's asks for; empty where it is no command. */
export const commandName = (message: JsonObject): string =>
  stringAt(message, 'execute') ?? stringAt(message, 'exec-oob') ?? '';

/** What a message of a server's is. */
export function kindOfMessage(message: JsonObject): 'reply' | 'event' | 'greeting' {
  if (message.has('return') || message.has('error')) return 'reply';
  return message.has('QMP') ? 'greeting' : 'event';
}

export const eventName = (message: JsonObject): string => stringAt(message, 'event') ?? '';

/** Commands that have their answer from the client, who makes up another number each time. */
export const isSync = (name: string): boolean =>
  name === 'guest-sync' || name === 'guest-sync-delimited';

/** What counts of a command: not its id, and no arguments are the same as none given. */
function essence(message: JsonObject): JsonObject {
  const rest = new Map(message);
  rest.delete('id');
  const args = message.get('arguments');
  if (!isObject(args)) return rest;
  const given = new Map(args);
  if (isSync(commandName(message))) given.delete('id');
  if (given.size === 0) rest.delete('arguments');
  else rest.set('arguments', given);
  return rest;
}

/** The same text for commands that are the same. */
export const commandKey = (message: JsonObject): string => canonicalJson(essence(message));

/** Whether a command is the recorded one, but for its id and what was masked. */
export const isSameCommand = (
  recorded: JsonObject,
  now: JsonObject,
  masked: readonly string[],
): boolean =>
  commandName(recorded) === commandName(now) && isSame(essence(recorded), essence(now), masked);

/** Where a command differs from the recorded one. */
export const commandDifferences = (
  recorded: JsonObject,
  now: JsonObject,
  masked: readonly string[],
): Difference[] =>
  differences(essence(recorded), essence(now), { masked, values: true, limit: 20 });

/** A reply as the answer to a command with this id; without one where there is none. */
export function withId(reply: JsonObject, id: Json | undefined): JsonObject {
  const answered = new Map(reply);
  if (id === undefined) answered.delete('id');
  else answered.set('id', id);
  return answered;
}
