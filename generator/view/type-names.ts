import { NameScope, RESERVED_TYPE_NAMES } from '../ir/names.js';
import type { BuiltinName, Schema, TypeDefinition, TypeRef } from '../ir/types.js';
import type { Direction, Reach } from './reach.js';

/** How each built-in type is written. The three that ask for 64 bits have aliases in `types.ts`. */
export const BUILTIN_TEXTS: Readonly<Record<BuiltinName, string>> = {
  str: 'string',
  number: 'number',
  int: 'number',
  int8: 'number',
  int16: 'number',
  int32: 'number',
  int64: 'Int64',
  uint8: 'number',
  uint16: 'number',
  uint32: 'number',
  uint64: 'UInt64',
  size: 'Size',
  bool: 'boolean',
  null: 'null',
  any: 'unknown',
};

/**
 * Names of the generated declarations.
 *
 * The rule: a type has its plain name. Only one that is both sent and received, and that a server
 * may extend, has two forms: the plain name is what a client sends, `…Received` what it gets.
 * An enum has no second form: where it is received, `| Unknown` stands beside it.
 */
export class TypeNames {
  readonly #schema: Schema;
  readonly #reach: Reach;
  readonly #scope: NameScope;
  readonly #receivedNames = new Map<string, string>();

  constructor(schema: Schema, reach: Reach) {
    this.#schema = schema;
    this.#reach = reach;
    const taken = [...schema.types.values(), ...schema.events.values()].map((d) => d.tsName);
    this.#scope = new NameScope([...RESERVED_TYPE_NAMES, ...taken]);
    for (const type of schema.types.values()) {
      if (this.forms(type).length === 2) {
        this.#receivedNames.set(type.name, this.#scope.claim(`${type.tsName}Received`));
      }
    }
  }

  /** The forms that a type is declared in. */
  forms(type: TypeDefinition): readonly Direction[] {
    const { sent, received, extensible } = this.#reach;
    if (type.kind === 'enum' || !extensible.has(type.name) || !received.has(type.name)) {
      return ['sent'];
    }
    return sent.has(type.name) ? ['sent', 'received'] : ['received'];
  }

  /** The name of a declared type in one direction. */
  named(type: TypeDefinition, direction: Direction): string {
    const other = direction === 'received' ? this.#receivedNames.get(type.name) : undefined;
    return other ?? type.tsName;
  }

  /** A name for a declaration that belongs to a type, such as the map of its branches. */
  claim(wanted: string): string {
    return this.#scope.claim(wanted);
  }

  /** A reference as TypeScript. */
  text(ref: TypeRef, direction: Direction): string {
    if (ref.kind === 'builtin') return BUILTIN_TEXTS[ref.name];
    if (ref.kind === 'array') {
      const element = this.text(ref.element, direction);
      return element.includes(' | ') ? `(${element})[]` : `${element}[]`;
    }
    const type = this.#schema.types.get(ref.name);
    if (type === undefined) throw new Error(`no type ${ref.name} in the schema`);
    const name = this.named(type, direction);
    return type.kind === 'enum' && direction === 'received' ? `${name} | Unknown` : name;
  }
}
