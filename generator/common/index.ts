/**
 * The client that works on all of a set of versions.
 *
 * Accepts: schemas of one target, oldest first. Guarantees: a schema with the commands and events
 * that all have, arguments that all accept, and returns and event data as any of them may give; so
 * that a program against it is right on each. Names and documentation are the newest's.
 * Leaves to emission: the rest; what comes out is a schema like any other.
 */
import { assembleSchema, type UnnamedDefinition } from '../ir/assemble.js';
import type { Command, Event, Schema } from '../ir/types.js';
import { allMembers, objectNamed } from '../ir/visit.js';
import { type Direction, reachOf } from '../view/reach.js';
import { Combiner } from './combine.js';

/** Throws when there is no schema at all: that is for the caller to refuse. */
export function commonSchema(schemas: readonly Schema[]): Schema {
  const [first, ...rest] = schemas;
  if (first === undefined) throw new Error('no schema to have something in common');
  return rest.reduce(commonOfTwo, first);
}

function commonOfTwo(a: Schema, b: Schema): Schema {
  const combiner = new Combiner(a, b);
  const definitions: UnnamedDefinition[] = [];
  // Arguments first, so that what is sent has the plain names.
  const commands = [...b.commands.values()].flatMap((newer) => {
    const older = a.commands.get(newer.name);
    if (older === undefined || older.successResponse !== newer.successResponse) return [];
    const args = combineArguments(a, older, b, newer, combiner);
    return args === undefined ? [] : [{ older, newer, args }];
  });
  for (const { older, newer, args } of commands) {
    const { tsName: _name, ...command } = newer;
    definitions.push({
      ...command,
      arguments: args,
      open: older.open && newer.open,
      returns: combineReturns(a, older, b, newer, combiner),
      allowOob: older.allowOob && newer.allowOob,
      allowPreconfig: older.allowPreconfig && newer.allowPreconfig,
    });
  }
  for (const newer of b.events.values()) {
    const older = a.events.get(newer.name);
    if (older === undefined) continue;
    const { tsName: _name, ...event } = newer;
    definitions.push({ ...event, data: combineData(a, older, b, newer, combiner) });
  }
  const all = [...combiner.definitions.values(), ...definitions];
  return assembleSchema(withoutStrays(assembleSchema(all, b.modules), all), b.modules);
}

/** Leaves out types that nothing refers to any more, such as those of commands that had to go. */
function withoutStrays(
  schema: Schema,
  definitions: readonly UnnamedDefinition[],
): readonly UnnamedDefinition[] {
  const { sent, received } = reachOf(schema);
  return definitions.filter(
    ({ kind, name }) =>
      kind === 'command' || kind === 'event' || sent.has(name) || received.has(name),
  );
}

/** Undefined: there are no arguments that both accept. */
function combineArguments(
  a: Schema,
  older: Command,
  b: Schema,
  newer: Command,
  combiner: Combiner,
): string | null | undefined {
  if (older.arguments !== null && newer.arguments !== null) {
    const sides = [
      { schema: a, type: older.arguments },
      { schema: b, type: newer.arguments },
    ];
    const name = combineNamed(sides, 'sent', combiner);
    return name === null ? undefined : name;
  }
  const [schema, name] = older.arguments === null ? [b, newer.arguments] : [a, older.arguments];
  if (name === null) return null;
  // One of them takes none: right as long as the other has to be given none.
  const optional = allMembers(schema, objectNamed(schema, name)).every((m) => m.optional);
  return optional ? null : undefined;
}

function combineReturns(
  a: Schema,
  older: Command,
  b: Schema,
  newer: Command,
  combiner: Combiner,
): Command['returns'] {
  if (older.returns === null || newer.returns === null) return null;
  const sides = [
    { schema: a, type: older.returns },
    { schema: b, type: newer.returns },
  ] as const;
  return combiner.combine(...sides, 'received');
}

function combineData(
  a: Schema,
  older: Event,
  b: Schema,
  newer: Event,
  combiner: Combiner,
): string | null {
  if (older.data === null || newer.data === null) return null;
  const sides = [
    { schema: a, type: older.data },
    { schema: b, type: newer.data },
  ];
  return combineNamed(sides, 'received', combiner);
}

function combineNamed(
  [a, b]: readonly { readonly schema: Schema; readonly type: string }[],
  direction: Direction,
  combiner: Combiner,
): string | null {
  if (a === undefined || b === undefined) return null;
  return combiner.named(a, b, direction) ?? null;
}
