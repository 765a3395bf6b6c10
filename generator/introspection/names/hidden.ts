import type { UnnamedDefinition } from '../../ir/assemble.js';
import type { Command, Member, Schema, TypeDefinition, TypeRef } from '../../ir/types.js';
import { allMembers } from '../../ir/visit.js';
import { INTEGERS, kindOfValue, type UnnamedType } from './use-graph.js';

export interface HiddenFacts {
  readonly definitions: readonly UnnamedDefinition[];
  readonly integers: number;
  readonly properties: number;
}

/** Takes from the reference what every reply leaves out and a client needs. */
export function adoptHiddenFacts(
  definitions: readonly UnnamedDefinition[],
  reference: Schema,
): HiddenFacts {
  const adopter = new Adopter(reference);
  // A union's common members have no name of their own to be found by in the reference.
  const unionOfBase = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind === 'union') unionOfBase.set(definition.base, definition.name);
  }
  const adopted = definitions.map((definition): UnnamedDefinition => {
    if (definition.kind === 'event') return adopter.event(definition);
    if (definition.kind === 'command') return adopter.command(definition);
    const source = reference.types.get(definition.name);
    return adopter.type(
      definition,
      source ?? reference.types.get(unionOfBase.get(definition.name) ?? ''),
    );
  });
  return { definitions: adopted, integers: adopter.integers, properties: adopter.properties };
}

type Unnamed<K extends UnnamedDefinition['kind']> = Extract<UnnamedDefinition, { kind: K }>;

/** What a schema says of a command and a reply does not. */
const COMMAND_PROPERTIES = [
  'open',
  'gen',
  'successResponse',
  'allowPreconfig',
  'coroutine',
] as const satisfies readonly (keyof Command)[];

class Adopter {
  integers = 0;
  properties = 0;
  readonly #reference: Schema;

  constructor(reference: Schema) {
    this.#reference = reference;
  }

  command(command: Unnamed<'command'>): UnnamedDefinition {
    const there = this.#reference.commands.get(command.name);
    if (there === undefined) return command;
    const boxed = there.boxed && there.arguments === command.arguments;
    if (boxed || COMMAND_PROPERTIES.some((key) => there[key] !== command[key])) {
      this.properties += 1;
    }
    return {
      ...command,
      returns: this.#orNull(command.returns, there.returns),
      boxed,
      open: there.open,
      gen: there.gen,
      successResponse: there.successResponse,
      allowPreconfig: there.allowPreconfig,
      coroutine: there.coroutine,
    };
  }

  event(event: Unnamed<'event'>): UnnamedDefinition {
    const there = this.#reference.events.get(event.name);
    if (there === undefined || !there.boxed || there.data !== event.data) return event;
    this.properties += 1;
    return { ...event, boxed: true };
  }

  type(type: UnnamedType, there: TypeDefinition | undefined): UnnamedDefinition {
    if (there === undefined) return type;
    if (type.kind === 'struct' && (there.kind === 'struct' || there.kind === 'union')) {
      const known = new Map(allMembers(this.#reference, there).map((m) => [m.name, m.type]));
      const open = there.kind === 'struct' && there.open;
      if (open && !type.open) this.properties += 1;
      return { ...type, open: type.open || open, members: this.#members(type.members, known) };
    }
    if (type.kind === 'alternate' && there.kind === 'alternate') {
      // The kind of value picks the alternative, so it also finds it in the reference.
      const kinds = new Map(there.alternatives.map((part) => [this.#kindOf(part.type), part]));
      return {
        ...type,
        alternatives: type.alternatives.map((part) => {
          const known = kinds.get(part.name);
          if (known === undefined) return part;
          return { ...part, name: known.name, type: this.#ref(part.type, known.type) };
        }),
      };
    }
    return type;
  }

  #members(members: readonly Member[], known: ReadonlyMap<string, TypeRef>): readonly Member[] {
    return members.map((member) => ({
      ...member,
      type: this.#ref(member.type, known.get(member.name)),
    }));
  }

  #kindOf(type: TypeRef): string {
    return kindOfValue(type, this.#reference.types);
  }

  #orNull(type: TypeRef | null, there: TypeRef | null): TypeRef | null {
    return type === null ? null : this.#ref(type, there ?? undefined);
  }

  #ref(type: TypeRef, there: TypeRef | undefined): TypeRef {
    if (type.kind === 'array' && there?.kind === 'array') {
      return { kind: 'array', element: this.#ref(type.element, there.element) };
    }
    if (type.kind !== 'builtin' || type.name !== 'int' || there === undefined) return type;
    if (!isInteger(there) || there.name === 'int') return type;
    this.integers += 1;
    return there;
  }
}

function isInteger(type: TypeRef): type is Extract<TypeRef, { kind: 'builtin' }> {
  return type.kind === 'builtin' && INTEGERS.has(type.name);
}
