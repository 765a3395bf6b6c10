import type { Schema, TypeDefinition, TypeRef } from '../../ir/types.js';
import { allMembers, innermost, structNamed } from '../../ir/visit.js';
import type { Int64Mapping } from '../int64.js';
import { stringLiteral } from '../literals.js';
import type { Direction } from '../reach.js';
import { builtinLeaf, type Leaf, type Place } from './leaf.js';
import { stemScope, type ValidatorNames } from './names.js';
import type { Recursion } from './recursion.js';
import type { RuntimeName } from './runtime-names.js';
import type { CallView, ValidatorTestView } from './views.js';

/** Local names of the functions and constants of one type. */
export interface LocalNames {
  readonly fits: string;
  readonly is: string;
  readonly members: string;
  readonly names: string;
  readonly namesIn: string;
  readonly values: string;
}

export interface ScopeInput {
  readonly schema: Schema;
  readonly names: ValidatorNames;
  readonly recursion: Recursion;
  readonly int64: Int64Mapping;
  readonly direction: Direction;
  /** Names of structs that accept further members because a command does. */
  readonly open: ReadonlySet<string>;
}

/** What the views of one generated module share: its names, and what it uses. */
export class ModuleScope {
  readonly schema: Schema;
  readonly direction: Direction;
  readonly names: ValidatorNames;
  /** Tests of arrays and built-in types, made when first needed. */
  readonly extraTests: ValidatorTestView[] = [];
  readonly #input: ScopeInput;
  readonly #scope = stemScope();
  readonly #locals = new Map<string, LocalNames>();
  readonly #extras = new Map<string, string>();
  readonly #used = new Set<RuntimeName>(['validator']);

  constructor(input: ScopeInput) {
    this.#input = input;
    this.schema = input.schema;
    this.direction = input.direction;
    this.names = input.names;
    for (const type of input.schema.types.values()) {
      const stem = this.claim(input.names.ofType(type, input.direction));
      this.#locals.set(type.name, {
        fits: `fits${stem}`,
        is: `is${stem}`,
        members: `membersOf${stem}`,
        names: `namesOf${stem}`,
        namesIn: `namesIn${stem}`,
        values: `valuesOf${stem}`,
      });
    }
  }

  /** Records that the module imports a function. */
  readonly use = (name: RuntimeName): RuntimeName => {
    this.#used.add(name);
    return name;
  };

  get used(): readonly RuntimeName[] {
    return [...this.#used].sort();
  }

  local(type: TypeDefinition): LocalNames {
    const names = this.#locals.get(type.name);
    if (names === undefined) throw new Error(`type ${type.name} has no names`);
    return names;
  }

  /** A name that is free in this module behind each of the prefixes of its functions and constants. */
  claim(wanted: string): string {
    return this.#scope.claim(wanted);
  }

  /** Whether objects of a type may have members that the schema does not name. */
  isOpen(type: TypeDefinition): boolean {
    if (this.direction === 'received') return true;
    if (type.kind === 'struct') {
      if (type.open || this.#input.open.has(type.name)) return true;
      return type.base !== null && this.isOpen(structNamed(this.schema, type.base));
    }
    if (type.kind !== 'union') return false;
    const parts = [type.base, ...type.branches.map((branch) => innermost(branch.type) ?? '')];
    return parts.some((name) => this.isOpen(this.type(name)));
  }

  type(name: string): TypeDefinition {
    const type = this.schema.types.get(name);
    if (type === undefined) throw new Error(`no type ${name} in the schema`);
    return type;
  }

  isRecursive(type: TypeDefinition): boolean {
    return this.#input.recursion.isRecursive(type.name);
  }

  /** The depth to hand to a test of `callee` from one of `caller`; null when it takes none. */
  depth(caller: string | null, callee: string, isInside: boolean): string | null {
    const { recursion } = this.#input;
    if (!recursion.isRecursive(callee)) return null;
    if (caller === null || !recursion.together(caller, callee)) return '0';
    return isInside ? 'd + 1' : 'd';
  }

  /** The test of a reference in an expression; null when it takes a function. */
  leaf(ref: TypeRef, place: Place): Leaf | null {
    if (ref.kind === 'builtin') {
      return builtinLeaf(ref.name, this.direction, this.#input.int64, place, this.use);
    }
    if (ref.kind === 'array') return null;
    const type = this.type(ref.name);
    if (type.kind !== 'enum') return null;
    const { is, values } = this.local(type);
    if (this.direction === 'sent') {
      return { good: `${is}(${place.access})`, fails: `!${is}(${place.access})`, expected: values };
    }
    const good = `${this.use('isText')}(${place.access}, f, ${place.key}, ${values})`;
    return { good, fails: `!${good}`, expected: `'string'` };
  }

  /** The call of the function that tests a reference, as member or element of `caller`. */
  call(ref: TypeRef, caller: string | null, isInside: boolean): CallView {
    if (ref.kind === 'named') {
      const type = this.type(ref.name);
      const test = this.local(type).fits;
      return { test, depth: this.depth(caller, type.name, isInside) };
    }
    const inner = innermost(ref);
    const depth = inner === null ? null : this.depth(caller, inner, isInside);
    return { test: this.#extra(ref), depth };
  }

  /** Test of an array or a built-in type. */
  #extra(ref: Exclude<TypeRef, { kind: 'named' }>): string {
    const label = this.#label(ref);
    const known = this.#extras.get(label);
    if (known !== undefined) return known;
    const fits = `fits${this.claim(label)}`;
    this.#extras.set(label, fits);
    this.use('wrong');
    if (ref.kind === 'builtin') {
      const leaf = this.leaf(ref, { access: 'x', key: 'null' });
      if (leaf === null) throw new Error(`built-in type ${ref.name} has no test`);
      this.extraTests.push({ partial: 'validator-leaf', fits, ...leaf });
      return fits;
    }
    const element = { access: 'e', key: 'i' };
    const leaf = this.leaf(ref.element, element);
    const inner = innermost(ref);
    if (leaf !== null) this.use('bad');
    this.extraTests.push({
      partial: 'validator-array',
      fits,
      recursive: inner !== null && this.#input.recursion.isRecursive(inner),
      step: {
        ...element,
        optional: false,
        counted: false,
        leaf,
        nested: leaf === null ? this.call(ref.element, inner, true) : null,
        stop: 'false',
      },
    });
    return fits;
  }

  #label(ref: TypeRef): string {
    if (ref.kind === 'array') return `${this.#label(ref.element)}Array`;
    if (ref.kind === 'named') return this.names.ofType(this.type(ref.name), this.direction);
    return ref.name.slice(0, 1).toUpperCase() + ref.name.slice(1);
  }

  /** The names of a discriminator's values, as a constant. */
  tagValues(union: Extract<TypeDefinition, { kind: 'union' }>): {
    readonly values: string;
    readonly names: readonly string[];
  } {
    const member = allMembers(this.schema, union).find((m) => m.name === union.discriminator);
    const name = member === undefined ? null : innermost(member.type);
    const type = name === null ? undefined : this.schema.types.get(name);
    if (type?.kind === 'enum') {
      const names = type.values.map((value) => value.name);
      return { values: this.local(type).values, names };
    }
    const names = union.branches.map((branch) => branch.name);
    return { values: `[${names.map(stringLiteral).join(', ')}]`, names };
  }
}
