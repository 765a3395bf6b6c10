import { NameScope, pascalCase } from '../../ir/names.js';
import type { Command, Schema, TypeDefinition } from '../../ir/types.js';
import { type Direction, type Reach, reachOf } from '../reach.js';
import type { TypeNames } from '../type-names.js';
import { RUNTIME_NAMES } from './runtime-names.js';

/**
 * Names of the exported validators.
 *
 * The rule: a type's validator has the type's name and judges the direction that the type is used
 * in. Of one that is used in both, the plain name judges what is sent and `…Received` what comes. A
 * command has `…Arguments` and `…Return`, an event its own name.
 */
export class ValidatorNames {
  readonly #receivedNames = new Map<string, string>();
  readonly #arguments = new Map<string, string>();
  readonly #returns = new Map<string, string>();
  readonly #sent: ReadonlySet<string>;
  readonly #received: ReadonlySet<string>;

  constructor(schema: Schema, typeNames: TypeNames) {
    const reach = reachOf(schema);
    this.#sent = reach.sent;
    this.#received = withUnused(schema, reach);
    const types = [...schema.types.values()];
    const declared = types.flatMap((type) =>
      typeNames.forms(type).map((form) => typeNames.named(type, form)),
    );
    const scope = new NameScope([...declared, ...[...schema.events.values()].map((e) => e.tsName)]);
    for (const type of types) {
      if (this.directions(type).length < 2) continue;
      const form = typeNames.named(type, 'received');
      const name = form === type.tsName ? scope.claim(`${type.tsName}Received`) : form;
      this.#receivedNames.set(type.name, name);
    }
    for (const command of schema.commands.values()) {
      const wanted = `${pascalCase(command.name)}Arguments`;
      const type = schema.types.get(command.arguments ?? '');
      const isOwn = type !== undefined && type.tsName === wanted;
      this.#arguments.set(command.name, isOwn ? wanted : scope.claim(wanted));
      this.#returns.set(command.name, scope.claim(`${pascalCase(command.name)}Return`));
    }
  }

  /**
   * The directions that a type is judged in. One that no command and no event leads to describes
   * output of QEMU's other programs: it is judged as received.
   */
  directions(type: TypeDefinition): readonly Direction[] {
    if (!this.#received.has(type.name)) return ['sent'];
    return this.#sent.has(type.name) ? ['sent', 'received'] : ['received'];
  }

  ofType(type: TypeDefinition, direction: Direction): string {
    const received = direction === 'received' ? this.#receivedNames.get(type.name) : undefined;
    return received ?? type.tsName;
  }

  /** Of a command's arguments; the same as that of their type where the type is made for them. */
  ofArguments(command: Command): string {
    return this.#arguments.get(command.name) ?? command.tsName;
  }

  ofReturn(command: Command): string {
    return this.#returns.get(command.name) ?? command.tsName;
  }
}

/** The names of received types, and of those that nothing leads to with all that they lead to. */
function withUnused(schema: Schema, { sent, received, uses }: Reach): ReadonlySet<string> {
  const all = new Set(received);
  for (const name of schema.types.keys()) {
    if (!sent.has(name) && !received.has(name)) all.add(name);
  }
  // A set hands out what is added while it is walked.
  for (const name of all) for (const used of uses.get(name) ?? []) all.add(used);
  return all;
}

/** What follows `fits`, `is` and the like in one generated module; the runtime has some such names. */
export function stemScope(): NameScope {
  return new NameScope(RUNTIME_NAMES.map((name) => name.replace(/^(?:fits|is)/, '')));
}
