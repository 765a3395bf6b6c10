import type { AlternateData, EnumData, TypeData } from '../../schema/index.js';
import { Refusal } from '../refusal.js';
import { type JsonObject, type JsonValue, plain } from '../values.js';
import type { NamedType, ObjectData, SchemaIndex } from './index.js';

/** Where a value stands. */
interface Place {
  /** From the arguments inwards, such as `file.locking` or `enable[0]`. */
  readonly path: string;
  /** Of the member; an element has none, which QEMU prints as "null". */
  readonly name: string;
}

const ROOT: Place = { path: '', name: 'null' };

/** QEMU's C types of the small integers, and their ranges. */
const SMALL: { readonly [type: string]: readonly [min: bigint, max: bigint] | undefined } = {
  int8: [-128n, 127n],
  int16: [-32768n, 32767n],
  int32: [-2147483648n, 2147483647n],
  uint8: [0n, 255n],
  uint16: [0n, 65535n],
  uint32: [0n, 4294967295n],
};
const MAX_INT64 = 2n ** 63n - 1n;

/** What QEMU calls the type that it wants. */
const WORDS: { readonly [type: string]: string | undefined } = {
  str: 'string',
  bool: 'boolean',
  null: 'null',
  number: 'number',
};

/** Reads a command's arguments as QEMU's input visitor does: members in order, the first error ends it. */
export class ValueReader {
  readonly #schema: SchemaIndex;
  /** Since 6.0 an enum's error says more. */
  readonly #oldEnums: boolean;

  constructor(schema: SchemaIndex, major: number) {
    this.#schema = schema;
    this.#oldEnums = major < 6;
  }

  /**
   * The arguments as a program has them.
   * @throws Refusal with QEMU's words
   */
  arguments(type: string | undefined, open: boolean, given: JsonObject): Record<string, unknown> {
    const left = new Map(given);
    const read = type === undefined ? [] : this.#members(this.#schema.object(type), left, ROOT);
    if (open) read.push(...rest(left));
    else refuseRest(left, ROOT);
    return Object.fromEntries(read);
  }

  #value(ref: TypeData, value: JsonValue, place: Place): unknown {
    if (typeof ref !== 'string') {
      if (!Array.isArray(value)) throw wrongType(place, 'array');
      return value.map((element, at) =>
        this.#value(ref[0], element, { path: `${place.path}[${at}]`, name: 'null' }),
      );
    }
    const type = this.#schema.types.get(ref);
    return type === undefined ? scalar(ref, value, place) : this.#named(type, value, place);
  }

  #named(type: NamedType, value: JsonValue, place: Place): unknown {
    switch (type.kind) {
      case 'enum':
        return this.#enum(type, value, place);
      case 'alternate':
        return this.#alternate(type, value, place);
      default: {
        if (!(value instanceof Map)) throw wrongType(place, 'object');
        const left = new Map(value);
        const read = this.#members(type, left, place);
        if (this.#schema.isOpen(type)) read.push(...rest(left));
        else refuseRest(left, place);
        return Object.fromEntries(read);
      }
    }
  }

  /** Reads the members of a type, and takes them out of `left`. */
  #members(type: ObjectData, left: JsonObject, place: Place): [string, unknown][] {
    const read: [string, unknown][] = [];
    for (const { name, type: ref, optional } of this.#schema.members(type)) {
      const inner = { path: place.path === '' ? name : `${place.path}.${name}`, name };
      const value = left.get(name);
      if (value === undefined) {
        if (optional === true) continue;
        throw new Refusal(`Parameter '${inner.path}' is missing`);
      }
      left.delete(name);
      read.push([name, this.#value(ref, value, inner)]);
    }
    if (type.kind === 'struct') return read;
    const tag = read.find(([name]) => name === type.discriminator)?.[1];
    const branch = this.#schema.branch(type, tag);
    return branch === undefined ? read : [...read, ...this.#members(branch, left, place)];
  }

  #enum({ values = [] }: EnumData, value: JsonValue, place: Place): string {
    if (typeof value !== 'string') throw wrongType(place, 'string');
    if (values.some(({ name }) => name === value)) return value;
    throw new Refusal(
      this.#oldEnums
        ? `Invalid parameter '${value}'`
        : `Parameter '${place.name}' does not accept value '${value}'`,
    );
  }

  /** The alternative is chosen by the kind of JSON value alone. */
  #alternate({ name, alternatives = [] }: AlternateData, value: JsonValue, place: Place): unknown {
    const kind = kindOf(value);
    const chosen = alternatives.find(({ type }) => this.#kindOfType(type) === kind);
    if (chosen !== undefined) return this.#value(chosen.type, value, place);
    throw new Refusal(`Invalid parameter type for '${place.name}', expected: ${name}`);
  }

  #kindOfType(ref: TypeData): Kind | undefined {
    if (typeof ref !== 'string') return 'array';
    const type = this.#schema.types.get(ref);
    if (type !== undefined) return type.kind === 'enum' ? 'string' : 'object';
    if (ref === 'str') return 'string';
    if (ref === 'bool') return 'boolean';
    return ref === 'null' ? 'null' : 'number';
  }
}

type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

function kindOf(value: JsonValue): Kind {
  if (value === null) return 'null';
  if (value instanceof Map) return 'object';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

function scalar(type: string, value: JsonValue, place: Place): unknown {
  const kind = kindOf(value);
  if (type === 'any') return plain(value);
  const word = WORDS[type];
  if (word === undefined) return integer(type, value, place);
  if (kind !== word) throw wrongType(place, word);
  return type === 'number' ? Number(plain(value)) : value;
}

/** Negative values of unsigned types are what their bits say, as long as they are in range. */
function integer(type: string, value: JsonValue, place: Place): number | bigint {
  const unsigned = type.startsWith('u') || type === 'size';
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    if (unsigned) throw new Refusal(`Parameter '${place.path}' expects uint64`);
    throw wrongType(place, 'integer');
  }
  let exact = BigInt(value);
  if (unsigned) exact = BigInt.asUintN(64, exact);
  else if (exact > MAX_INT64) throw wrongType(place, 'integer');
  const [min, max] = SMALL[type] ?? [exact, exact];
  if (exact < min || exact > max) {
    throw new Refusal(`Parameter '${place.name}' expects ${type}_t`);
  }
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

const wrongType = ({ path }: Place, expected: string) =>
  new Refusal(`Invalid parameter type for '${path}', expected: ${expected}`);

const rest = (left: JsonObject): [string, unknown][] =>
  [...left].map(([name, value]) => [name, plain(value)]);

function refuseRest(left: JsonObject, place: Place): void {
  const [name] = left.keys();
  if (name === undefined) return;
  const path = place.path === '' ? name : `${place.path}.${name}`;
  throw new Refusal(`Parameter '${path}' is unexpected`);
}
