import type { BuiltinName, Schema, TypeRef } from '../../generator/ir/types.js';
import { allMembers, objectNamed } from '../../generator/ir/visit.js';

/** A seeded source of choices: the same seed gives the same values on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Below `limit`. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }
}

type Json = { [member: string]: unknown };

const INTEGERS: Readonly<Partial<Record<BuiltinName, readonly (number | bigint)[]>>> = {
  int: [0, -1, 5, 2 ** 53 - 1, -(2 ** 53 - 1)],
  int8: [0, -128, 127],
  int16: [0, -32768, 32767],
  int32: [0, -(2 ** 31), 2 ** 31 - 1],
  int64: [0, -1, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 60n],
  uint8: [0, 255],
  uint16: [0, 65535],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0, 2n ** 64n - 1n, 2n ** 63n, 12, -1],
  size: [0, 2n ** 64n - 1n, 1024, -5n, -(2n ** 63n)],
};

export interface ValueOptions {
  /** Leave out integers that take a bigint. */
  readonly plain?: boolean;
  /** Leave out what only some builds have. */
  readonly unconditional?: boolean;
}

/** Sets an own member, whatever its name. */
function put(object: Json, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Makes right values of a schema's types, and wrong ones from them. */
export class Values {
  readonly #schema: Schema;
  readonly #random: Random;
  readonly #options: ValueOptions;

  constructor(schema: Schema, seed: number, options: ValueOptions = {}) {
    this.#schema = schema;
    this.#random = new Random(seed);
    this.#options = options;
  }

  right(ref: TypeRef, depth = 0): unknown {
    const random = this.#random;
    if (ref.kind === 'builtin') return this.#builtin(ref.name);
    if (ref.kind === 'array') {
      const length = depth > 4 ? 0 : random.below(3);
      return Array.from({ length }, () => this.right(ref.element, depth + 1));
    }
    const type = this.#schema.types.get(ref.name);
    switch (type?.kind) {
      case 'enum':
        return random.pick(this.#built(type.values)).name;
      case 'alternate': {
        const leaves = type.alternatives.filter(({ type: to }) => this.#isLeaf(to));
        const choices = depth > 3 && leaves.length > 0 ? leaves : type.alternatives;
        return this.right(random.pick(choices).type, depth);
      }
      default:
        return this.#object(ref.name, depth);
    }
  }

  #object(name: string, depth: number): Json {
    const random = this.#random;
    const type = objectNamed(this.#schema, name);
    const value: Json = {};
    for (const member of this.#built(allMembers(this.#schema, type))) {
      if (member.optional && (depth > 3 || random.below(3) > 0)) continue;
      put(value, member.name, this.right(member.type, depth + 1));
    }
    if (type.kind === 'struct') return value;
    const branches = this.#built(type.branches);
    const wanted = value[type.discriminator];
    const branch = branches.find((b) => b.name === wanted) ?? null;
    const known = type.branches.some((b) => b.name === wanted);
    if (branch === null && known) {
      const other = random.pick(branches);
      value[type.discriminator] = other.name;
      return { ...value, ...this.#branch(other.type, depth) };
    }
    return branch === null ? value : { ...value, ...this.#branch(branch.type, depth) };
  }

  #branch(ref: TypeRef, depth: number): Json {
    return ref.kind === 'named' ? this.#object(ref.name, depth) : {};
  }

  #isLeaf(ref: TypeRef): boolean {
    if (ref.kind !== 'named') return true;
    return this.#schema.types.get(ref.name)?.kind === 'enum';
  }

  #built<T extends { readonly condition: unknown }>(parts: readonly T[]): readonly T[] {
    return this.#options.unconditional ? parts.filter((part) => part.condition === null) : parts;
  }

  #builtin(name: BuiltinName): unknown {
    const random = this.#random;
    const integers = INTEGERS[name];
    if (integers !== undefined) {
      const { plain } = this.#options;
      return random.pick(plain ? integers.filter((value) => typeof value === 'number') : integers);
    }
    if (name === 'bool') return random.below(2) === 0;
    if (name === 'null') return null;
    if (name === 'number') return random.pick([0, 1.5, -2, 1e300, 5]);
    if (name === 'any') return random.pick<unknown>([1, 'a', null, true, [], {}, { a: [1] }]);
    return random.pick(['', 'a', 'nope', 'null', '1', 'on', 'é日']);
  }

  /** A copy with something changed somewhere; mostly, but not always, for the worse. */
  changed(value: unknown): unknown {
    const copy = structuredClone(value);
    const random = this.#random;
    const places: { readonly holder: Json; readonly key: string }[] = [];
    const objects: Json[] = [];
    const collect = (at: unknown): void => {
      if (typeof at !== 'object' || at === null) return;
      if (!Array.isArray(at)) objects.push(at as Json);
      for (const key of Object.keys(at)) {
        places.push({ holder: at as Json, key });
        collect((at as Json)[key]);
      }
    };
    collect(copy);
    const object = objects.length > 0 && random.below(4) === 0 ? random.pick(objects) : null;
    if (object !== null || places.length === 0) {
      const target = object ?? (copy as Json);
      if (typeof target !== 'object' || target === null) return this.#wrong();
      target[random.pick(['nonsense', 'device', 'id', 'type', 'data', 'x-y'])] = this.#wrong();
      return copy;
    }
    const { holder, key } = random.pick(places);
    if (random.below(4) === 0 && !Array.isArray(holder)) delete holder[key];
    else put(holder, key, this.#wrong());
    return copy;
  }

  #wrong(): unknown {
    const integers = [-1, 0, 128, 256, 32768, 65536, 2 ** 31, 2 ** 32, -(2 ** 31) - 1];
    const big = [2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 63n) - 1n];
    return this.#random.pick<unknown>([
      ...integers,
      ...(this.#options.plain ? [] : big),
      ...[1.5, true, false, null, '', 'a', 'file', 'on', 'off'],
      ...[[], {}, [1], ['a'], [{}], { a: 1 }, { driver: 'file', filename: 'a' }, { type: 'a' }],
    ]);
  }
}
