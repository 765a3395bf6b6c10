/**
 * JSON Schema, draft 2020-12, of what goes over the wire.
 *
 * Accepts: a schema that passed its checks. Guarantees: one file, whose `$defs` have the names and
 * the verdicts of the generated validators: strict for what is sent, lenient for what is received.
 * Leaves to others: integers beyond what a program's numbers hold, and the depth of nesting.
 */
import { MARK } from '../emit/header.js';
import type { Command, Event, Schema, Target } from '../ir/types.js';
import { allMembers, objectNamed } from '../ir/visit.js';
import { openArguments } from '../view/command-views.js';
import { reachOf } from '../view/reach.js';
import { TypeNames } from '../view/type-names.js';
import { ValidatorNames } from '../view/validators/names.js';
import { annotations } from './describe.js';
import { type Json, JsonObject, jsonText, merged, object } from './json.js';
import { Scope } from './scope.js';
import { membersSchema, refSchema, typeSchemas } from './types.js';

export interface JsonSchemaOptions {
  readonly target: Target;
  /** Where the schema comes from: "QEMU 10.2, qmp". */
  readonly source: string;
}

/** The file of a schema's JSON Schema: relative path to text. */
export function renderJsonSchema(
  schema: Schema,
  { target, source }: JsonSchemaOptions,
): ReadonlyMap<string, string> {
  const names = new ValidatorNames(schema, new TypeNames(schema, reachOf(schema)));
  const open = openArguments(schema);
  const sent = new Scope(schema, 'sent', names, open);
  const received = new Scope(schema, 'received', names, open);
  const definitions = new Map<string, Json>();
  for (const scope of [sent, received]) {
    for (const type of scope.types) {
      for (const [name, value] of typeSchemas(type, scope)) definitions.set(name, value);
    }
  }
  for (const command of schema.commands.values()) {
    const name = names.ofArguments(command);
    if (!definitions.has(name)) definitions.set(name, argumentsSchema(command, sent));
    if (command.successResponse)
      definitions.set(names.ofReturn(command), returnSchema(command, received));
  }
  for (const event of schema.events.values()) {
    definitions.set(event.tsName, eventSchema(event, received));
  }
  const file = object({
    $comment: `${MARK} Source: ${source}.`,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: new JsonObject(definitions),
  });
  return new Map([[`${target}.schema.json`, jsonText(file)]]);
}

function argumentsSchema(command: Command, scope: Scope): Json {
  const words = annotations({ doc: command.doc }, command.features);
  if (command.arguments === null) {
    const closed = command.open ? {} : { additionalProperties: false };
    return merged(words, object({ type: 'object', ...closed }));
  }
  const type = objectNamed(scope.schema, command.arguments);
  if (command.open && !scope.isOpen(type)) return merged(words, membersSchema(type, scope));
  return merged(words, refSchema({ kind: 'named', name: type.name }, scope));
}

function returnSchema(command: Command, scope: Scope): Json {
  return command.returns === null ? object({ type: 'object' }) : refSchema(command.returns, scope);
}

function eventSchema(event: Event, scope: Scope): Json {
  const int = refSchema({ kind: 'builtin', name: 'int' }, scope);
  const data = event.data === null ? null : objectNamed(scope.schema, event.data);
  const needsData =
    data !== null && allMembers(scope.schema, data).some((member) => !member.optional);
  return merged(
    annotations({ doc: event.doc }, event.features),
    object({
      type: 'object',
      properties: object({
        event: object({ const: event.name }),
        timestamp: object({
          type: 'object',
          properties: object({ seconds: int, microseconds: int }),
          required: ['seconds', 'microseconds'],
        }),
        data: data === null ? undefined : refSchema({ kind: 'named', name: data.name }, scope),
      }),
      required: ['event', 'timestamp', ...(needsData ? ['data'] : [])],
    }),
  );
}
