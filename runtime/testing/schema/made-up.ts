import type { TypeData, UnionData } from '../../schema/index.js';
import { Random } from '../random.js';
import type { NamedType, ObjectData, SchemaIndex } from './index.js';
import { leastDepths, tagsOf } from './least-depth.js';

/** Nesting from which on values are made as shallow as they can be. */
const DEEP = 5;
/** Values in one answer from which on the rest is made as small as it can be. */
const MANY = 400;

/**
 * Makes values up, right by their types and the same for the same seed: what a command returns does
 * not depend on what was asked before.
 */
export class Inventor {
  readonly #schema: SchemaIndex;
  readonly #seed: number;
  #depths: ReadonlyMap<string, number> | undefined;

  constructor(schema: SchemaIndex, seed: number) {
    this.#schema = schema;
    this.#seed = seed;
  }

  /** @throws Error where the type has no value at all */
  value(type: TypeData, label: string): unknown {
    this.#depths ??= leastDepths(this.#schema);
    return new Invention(this.#schema, this.#depths, new Random(this.#seed, label)).value(
      type,
      label,
      0,
    );
  }
}

class Invention {
  readonly #schema: SchemaIndex;
  readonly #depths: ReadonlyMap<string, number>;
  readonly #random: Random;
  #made = 0;

  constructor(schema: SchemaIndex, depths: ReadonlyMap<string, number>, random: Random) {
    this.#schema = schema;
    this.#depths = depths;
    this.#random = random;
  }

  value(ref: TypeData, name: string, depth: number): unknown {
    this.#made++;
    if (typeof ref !== 'string') {
      const [element] = ref;
      const length = this.#small(depth) || !this.#exists(element) ? 0 : this.#random.below(4);
      return Array.from({ length }, () => this.value(element, name, depth + 1));
    }
    const type = this.#schema.types.get(ref);
    return type === undefined ? this.#scalar(ref, name) : this.#named(type, name, depth);
  }

  #named(type: NamedType, name: string, depth: number): unknown {
    switch (type.kind) {
      case 'enum': {
        const value = this.#random.of(type.values ?? []);
        if (value === undefined) throw new Error(`there is no value of type ${type.name}`);
        return value.name;
      }
      case 'alternate': {
        const chosen = this.#choose(type.alternatives ?? [], ({ type: ref }) => ref, depth);
        if (chosen === undefined) throw new Error(`there is no value of type ${type.name}`);
        return this.value(chosen.type, name, depth);
      }
      default:
        if (!this.#exists(type.name)) throw new Error(`there is no value of type ${type.name}`);
        return Object.fromEntries(this.#object(type, depth));
    }
  }

  #object(type: ObjectData, depth: number): [string, unknown][] {
    const tag = type.kind === 'union' ? this.#tag(type, depth) : undefined;
    const made: [string, unknown][] = [];
    for (const { name, type: ref, optional } of this.#schema.members(type)) {
      if (type.kind === 'union' && name === type.discriminator) {
        made.push([name, tag]);
        continue;
      }
      if (optional === true) {
        if (!this.#exists(ref) || this.#small(depth) || this.#random.chance(0.5)) continue;
      }
      made.push([name, this.value(ref, name, depth + 1)]);
    }
    if (type.kind === 'struct') return made;
    const branch = this.#schema.branch(type, tag);
    return branch === undefined ? made : [...made, ...this.#object(branch, depth)];
  }

  #tag(type: UnionData, depth: number): string | undefined {
    const tags = tagsOf(this.#schema, type);
    return this.#choose(tags, (tag) => this.#schema.branch(type, tag)?.name, depth);
  }

  /** One of a list: any whose type has a value, or one of the shallowest where it is to be small. */
  #choose<T>(
    list: readonly T[],
    typeOf: (item: T) => TypeData | undefined,
    depth: number,
  ): T | undefined {
    const depthOf = (item: T) => this.#depthOf(typeOf(item));
    const possible = list.filter((item) => depthOf(item) < Number.POSITIVE_INFINITY);
    if (!this.#small(depth)) return this.#random.of(possible);
    const least = Math.min(...possible.map(depthOf));
    return this.#random.of(possible.filter((item) => depthOf(item) === least));
  }

  #depthOf(ref: TypeData | undefined): number {
    if (typeof ref !== 'string' || !this.#schema.types.has(ref)) return 0;
    return this.#depths.get(ref) ?? Number.POSITIVE_INFINITY;
  }

  #exists(ref: TypeData): boolean {
    return this.#depthOf(ref) < Number.POSITIVE_INFINITY;
  }

  #small(depth: number): boolean {
    return depth >= DEEP || this.#made > MANY;
  }

  #scalar(type: string, name: string): unknown {
    const random = this.#random;
    switch (type) {
      case 'str':
        return `${name}-${random.below(1000)}`;
      case 'bool':
        return random.chance(0.5);
      case 'null':
        return null;
      case 'number':
        return random.of([0, 0.5, -1.25, 1e-7, 1e21, random.unit() * 1000]);
      case 'any':
        return random.of([null, true, 'text', random.below(1000), [1, 2], { key: 'value' }]);
      default:
        return this.#integer(type);
    }
  }

  /** Mostly small ones, and now and then the ends of the range; of `int` those that SDKs type. */
  #integer(type: string): number | bigint {
    const random = this.#random;
    if (!random.chance(0.15)) return random.below(100);
    const unsigned = type.startsWith('u') || type === 'size';
    const width = type === 'int' ? 54n : BigInt(/\d+$/.exec(type)?.[0] ?? 64);
    const max = unsigned ? 2n ** width - 1n : 2n ** (width - 1n) - 1n;
    const min = unsigned ? 0n : type === 'int' ? -max : -max - 1n;
    const value =
      random.of([min, max, max / 2n + 1n, max - BigInt(random.below(1000)) / 8n]) ?? max;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
}
