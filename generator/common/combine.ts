import type { UnnamedDefinition } from '../ir/assemble.js';
import { JSON_KINDS, type JsonKind } from '../ir/json-kind.js';
import type { AlternateType, EnumType, Schema, TypeDefinition, TypeRef } from '../ir/types.js';
import type { Direction } from '../view/reach.js';
import { commonNumber } from './builtins.js';
import { combineObjects } from './objects.js';
import { shapeOf, stableTypes } from './stable.js';

/** A type as one of the schemas has it. */
export interface Side<T = TypeRef> {
  readonly schema: Schema;
  readonly type: T;
}

type Unnamed<K extends TypeDefinition['kind']> = Extract<UnnamedDefinition, { kind: K }>;
export type UnnamedType = Unnamed<TypeDefinition['kind']>;

/**
 * Makes the types that hold for two schemas. Sent: a value that both accept. Received: whatever
 * either may give. Null stands for no value at all, which only the sent can come to.
 */
export class Combiner {
  readonly definitions = new Map<string, UnnamedType>();
  readonly #schemas: readonly Schema[];
  readonly #stable: ReadonlySet<string>;
  readonly #made = new Map<string, string | null>();
  readonly #taken: Set<string>;

  constructor(a: Schema, b: Schema) {
    this.#schemas = [a, b];
    this.#stable = stableTypes(a, b);
    this.#taken = new Set(this.#stable);
  }

  combine(a: Side, b: Side, direction: Direction): TypeRef | null {
    const [left, right] = [a.type, b.type];
    if (left.kind === 'array' && right.kind === 'array') {
      const elements = [
        { ...a, type: left.element },
        { ...b, type: right.element },
      ] as const;
      const element = this.combine(...elements, direction);
      return element === null ? null : { kind: 'array', element };
    }
    if (left.kind === 'builtin' && right.kind === 'builtin') {
      if (left.name === right.name) return right;
      const kinds = [JSON_KINDS[left.name], JSON_KINDS[right.name]];
      if (kinds.every((kind) => kind === 'number')) {
        return { kind: 'builtin', name: commonNumber(left.name, right.name, direction) };
      }
    }
    if (left.kind === 'named' && right.kind === 'named') {
      const name = this.named({ ...a, type: left.name }, { ...b, type: right.name }, direction);
      if (name !== undefined) return name === null ? null : { kind: 'named', name };
    }
    return this.#mixed(a, b, direction);
  }

  /** The same for types by name. Undefined: kinds that do not meet as they are. */
  named(a: Side<string>, b: Side<string>, direction: Direction): string | null | undefined {
    if (a.type === b.type && this.#stable.has(b.type)) return this.#keep(b.type);
    const [left, right] = [a.schema.types.get(a.type), b.schema.types.get(b.type)];
    if (left === undefined || right === undefined) throw new Error(`no type ${a.type}, ${b.type}`);
    const key = JSON.stringify([
      direction,
      ...[a, b].map(({ schema, type }) => [this.#schemas.indexOf(schema), type]),
    ]);
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const kinds = [left.kind, right.kind];
    if (left.kind !== right.kind && (kinds.includes('alternate') || kinds.includes('enum'))) {
      return undefined;
    }
    // Recursive types meet themselves: until it is known better, there are values.
    const name = this.claim(right.name, direction);
    this.#made.set(key, name);
    const definition = this.#combined({ ...a, type: left }, { ...b, type: right }, direction, name);
    const twin = this.definitions.get(right.name);
    if (definition !== null && twin !== undefined && twin.name !== name) {
      // Received as it is sent: one type will do, unless it already refers to itself as another.
      const shape = shapeOf(definition);
      if (shape === shapeOf(twin) && !shape.includes(JSON.stringify(name))) {
        this.#made.set(key, twin.name);
        return twin.name;
      }
    }
    if (definition !== null) this.define(name, definition, right, direction);
    else this.#made.set(key, null);
    return definition === null ? null : name;
  }

  #combined(
    a: Side<TypeDefinition>,
    b: Side<TypeDefinition>,
    direction: Direction,
    name: string,
  ): UnnamedType | null {
    const [left, right] = [a.type, b.type];
    if (left.kind === 'enum' && right.kind === 'enum') return combineEnums(left, right, direction);
    if (left.kind === 'alternate' && right.kind === 'alternate') {
      const named = (type: TypeDefinition) => ({ kind: 'named', name: type.name }) as const;
      const sides = [
        { ...a, type: named(left) },
        { ...b, type: named(right) },
      ] as const;
      const refs = this.#alternatives(...sides, direction);
      return refs.length === 0 ? null : { ...right, alternatives: refs.map(alternativeOf) };
    }
    return combineObjects(a, b, direction, this, name);
  }

  /** Adds a definition made from another. */
  define(name: string, definition: UnnamedType, from: TypeDefinition, direction: Direction): void {
    const suffix = direction === 'received' && name !== from.name ? 'Received' : '';
    const wanted = `${from.tsName.replace(/Received$/, '')}${suffix}`;
    this.definitions.set(name, {
      ...definition,
      name,
      wantedName: suffix === '' ? from.tsName : wanted,
    });
  }

  claim(wanted: string, direction: Direction): string {
    let name = wanted;
    const suffix = direction === 'received' ? '-received' : '-sent';
    while (this.#taken.has(name)) name += suffix;
    this.#taken.add(name);
    return name;
  }

  /** A type of both, with all it leads to. */
  #keep(name: string): string {
    const type = this.#schemas[1]?.types.get(name);
    if (type === undefined || this.definitions.has(name)) return name;
    const { tsName, ...definition } = type;
    this.definitions.set(name, { ...definition, wantedName: tsName } as UnnamedType);
    const kept = (ref: TypeRef): void => {
      if (ref.kind === 'array') kept(ref.element);
      else if (ref.kind === 'named') this.#keep(ref.name);
    };
    if (type.kind === 'struct') for (const member of type.members) kept(member.type);
    if (type.kind === 'union') for (const branch of type.branches) kept(branch.type);
    if (type.kind === 'alternate') for (const part of type.alternatives) kept(part.type);
    if (type.kind === 'union' || (type.kind === 'struct' && type.base !== null)) {
      this.#keep(type.base ?? '');
    }
    return name;
  }

  /** Types of different kinds, such as an enum and `str`, or an alternate and one of its types. */
  #mixed(a: Side, b: Side, direction: Direction): TypeRef | null {
    const refs = this.#alternatives(a, b, direction);
    const [only] = refs;
    if (refs.length <= 1) return only ?? null;
    const name = this.claim(`alternate-${this.definitions.size}`, direction);
    this.definitions.set(name, {
      ...{ kind: 'alternate', name, implicit: 'inline', module: '', wantedName: 'Alternate' },
      ...{ condition: null, features: [], since: null, span: null, doc: null },
      alternatives: refs.map(alternativeOf),
    });
    return { kind: 'named', name };
  }

  /** What two types have in common (sent) or are together (received), by JSON kind. */
  #alternatives(a: Side, b: Side, direction: Direction): readonly TypeRef[] {
    const [left, right] = [alternativesOf(a), alternativesOf(b)];
    if (left.has('any') || right.has('any')) {
      if (direction === 'received') return [{ kind: 'builtin', name: 'any' }];
      // What one takes as anything is as the other has it.
      const strict = left.has('any') ? b : a;
      const ref = this.combine(strict, strict, direction);
      return ref === null ? [] : [ref];
    }
    const refs: TypeRef[] = [];
    for (const kind of new Set([...left.keys(), ...right.keys()])) {
      const [one, other] = [left.get(kind), right.get(kind)];
      if (direction === 'sent' && (one === undefined || other === undefined)) continue;
      const sideOf = (side: Side, type: TypeRef | undefined) => type && { ...side, type };
      const sides = [sideOf(a, one), sideOf(b, other)].filter((side) => side !== undefined);
      const [first, last] = [sides[0], sides.at(-1)];
      const ref = first && last && this.#alike(first, last, direction);
      if (ref) refs.push(ref);
    }
    return refs;
  }

  /** Two types of one JSON kind. An enum is narrower than `str`. */
  #alike(a: Side, b: Side, direction: Direction): TypeRef | null {
    if (a.type.kind === b.type.kind) return this.combine(a, b, direction);
    const wanted = (direction === 'sent') === (a.type.kind === 'named') ? a : b;
    return this.combine(wanted, wanted, direction);
  }
}

function alternativeOf(type: TypeRef, at: number): AlternateType['alternatives'][number] {
  const facts = { condition: null, features: [], since: null, span: null, doc: [] };
  return { ...facts, kind: 'alternative', name: `alternative-${at}`, type };
}

function combineEnums(a: EnumType, b: EnumType, direction: Direction): Unnamed<'enum'> | null {
  const names = new Set(a.values.map((value) => value.name));
  const both = b.values.filter((value) => names.has(value.name));
  const own = new Set(b.values.map((value) => value.name));
  const values =
    direction === 'sent'
      ? both
      : [...b.values, ...a.values.filter((value) => !own.has(value.name))];
  return values.length === 0 ? null : { ...b, values };
}

/** A type's alternatives by JSON kind; of one that is no alternate, itself. */
function alternativesOf({ schema, type }: Side): ReadonlyMap<JsonKind, TypeRef> {
  if (type.kind === 'array') return new Map([['array', type]]);
  if (type.kind === 'builtin') return new Map([[JSON_KINDS[type.name], type]]);
  const definition = schema.types.get(type.name);
  if (definition?.kind === 'enum') return new Map([['string', type]]);
  if (definition?.kind !== 'alternate') return new Map([['object', type]]);
  return new Map(
    definition.alternatives.flatMap((part) => [...alternativesOf({ schema, type: part.type })]),
  );
}
