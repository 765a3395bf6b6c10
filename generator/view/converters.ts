import { NameScope } from '../ir/names.js';
import type { ObjectType, Schema, TypeDefinition, TypeRef } from '../ir/types.js';
import type { Int64Mapping } from './int64.js';
import { stringLiteral } from './literals.js';
import { closure, usesOf } from './reach.js';

/** Functions that bring received values to the mapping of 64-bit integers that was asked for. */
export interface ConvertersView {
  /** Names imported from the runtime's support, sorted. */
  readonly imports: readonly string[];
  readonly functions: readonly ConverterView[];
  readonly returns: readonly ConverterEntryView[];
  readonly events: readonly ConverterEntryView[];
}

/** One function per type that holds a 64-bit integer. */
export interface ConverterView {
  readonly name: string;
  /** Statements, the last of which returns. */
  readonly statements: readonly string[];
}

export interface ConverterEntryView {
  /** The wire name as a string literal. */
  readonly key: string;
  /** An expression that is a converter. */
  readonly convert: string;
}

const LEAVES: Readonly<Record<Int64Mapping, string | null>> = {
  exact: null,
  number: 'toNumber',
  bigint: 'toBigint',
};

const IMPORTS = [
  'convertElements',
  'convertMember',
  'discriminatorOf',
  'isMembers',
  'toBigint',
  'toNumber',
];

/** Null when values are left as they come. */
export function convertersView(schema: Schema, mapping: Int64Mapping): ConvertersView | null {
  const leaf = LEAVES[mapping];
  return leaf === null ? null : new Writer(schema, leaf).view();
}

const WIDE: ReadonlySet<string> = new Set(['int64', 'uint64', 'size']);

class Writer {
  readonly #schema: Schema;
  readonly #leaf: string;
  /** Names of the functions of types that a 64-bit integer is somewhere in. */
  readonly #functions = new Map<string, string>();

  constructor(schema: Schema, leaf: string) {
    this.#schema = schema;
    this.#leaf = leaf;
    const usedBy = new Map<string, string[]>();
    for (const type of schema.types.values()) {
      for (const name of usesOf(type)) usedBy.set(name, [...(usedBy.get(name) ?? []), type.name]);
    }
    const holders = [...schema.types.values()].filter(holdsWide).map((type) => type.name);
    const wide = closure(holders, usedBy);
    const scope = new NameScope(IMPORTS);
    for (const type of schema.types.values()) {
      if (wide.has(type.name)) this.#functions.set(type.name, scope.claim(`convert${type.tsName}`));
    }
  }

  view(): ConvertersView {
    const returns: ConverterEntryView[] = [];
    for (const { name, returns: ref } of this.#schema.commands.values()) {
      const convert = ref === null ? null : this.#converter(ref);
      if (convert !== null) returns.push({ key: stringLiteral(name), convert });
    }
    const events: ConverterEntryView[] = [];
    for (const { name, data } of this.#schema.events.values()) {
      const convert = data === null ? null : this.#converter({ kind: 'named', name: data });
      if (convert !== null) events.push({ key: stringLiteral(name), convert });
    }
    const roots = [...returns, ...events].map(({ convert }) => convert);
    const functions = this.#reachable(roots);
    const text = [...roots, ...functions.flatMap(({ statements }) => statements)].join('\n');
    const imports = IMPORTS.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
    return { imports, functions, returns, events };
  }

  /** The functions that returns and events lead to, in the order of the schema. */
  #reachable(roots: readonly string[]): readonly ConverterView[] {
    const all = new Map<string, ConverterView>();
    for (const [typeName, name] of this.#functions) {
      const type = this.#schema.types.get(typeName);
      if (type !== undefined) all.set(name, { name, statements: this.#statements(type) });
    }
    const called = (text: string) => [...text.matchAll(/\bconvert\w+/g)].map(([name]) => name);
    const edges = new Map(
      [...all].map(([name, { statements }]) => [name, called(statements.join('\n'))]),
    );
    const used = closure(roots.flatMap(called), edges);
    return [...all.values()].filter(({ name }) => used.has(name));
  }

  /** An expression that is a converter for a reference; null: nothing to convert. */
  #converter(ref: TypeRef): string | null {
    if (ref.kind === 'builtin') return WIDE.has(ref.name) ? this.#leaf : null;
    if (ref.kind === 'named') return this.#functions.get(ref.name) ?? null;
    const element = this.#converter(ref.element);
    return element === null ? null : `(value) => convertElements(value, ${element})`;
  }

  #statements(type: TypeDefinition): readonly string[] {
    switch (type.kind) {
      case 'enum':
        return ['return value;'];
      case 'struct':
      case 'union':
        return [...this.#members(type), 'return value;'];
      case 'alternate':
        return [
          ...type.alternatives.flatMap(({ type: ref }) => {
            const convert = this.#converter(ref);
            return convert === null ? [] : [`if (${test(ref)}) return ${call(convert)};`];
          }),
          'return value;',
        ];
    }
  }

  #members(type: ObjectType): readonly string[] {
    const base = type.base === null ? undefined : this.#functions.get(type.base);
    const statements = base === undefined ? [] : [`${base}(value);`];
    if (type.kind === 'struct') {
      for (const member of type.members) {
        const convert = this.#converter(member.type);
        if (convert === null) continue;
        statements.push(`convertMember(value, ${stringLiteral(member.name)}, ${convert});`);
      }
      return statements;
    }
    const discriminator = `discriminatorOf(value, ${stringLiteral(type.discriminator)})`;
    for (const branch of type.branches) {
      const convert = this.#converter(branch.type);
      if (convert === null) continue;
      statements.push(`if (${discriminator} === ${stringLiteral(branch.name)}) ${call(convert)};`);
    }
    return statements;
  }
}

function holdsWide(type: TypeDefinition): boolean {
  const isWide = (ref: TypeRef): boolean =>
    ref.kind === 'array' ? isWide(ref.element) : ref.kind === 'builtin' && WIDE.has(ref.name);
  if (type.kind === 'struct') return type.members.some((member) => isWide(member.type));
  return type.kind === 'alternate' && type.alternatives.some(({ type: ref }) => isWide(ref));
}

/** How an alternative is told apart: by the JSON type. Only those that convert are asked. */
function test(ref: TypeRef): string {
  if (ref.kind === 'array') return 'Array.isArray(value)';
  return ref.kind === 'named' ? 'isMembers(value)' : `typeof value !== 'object'`;
}

function call(convert: string): string {
  return convert.startsWith('(') ? `(${convert})(value)` : `${convert}(value)`;
}
