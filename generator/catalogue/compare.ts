import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { UnnamedDefinition } from '../ir/assemble.js';
import type { EnumValue, Member, TypeRef } from '../ir/types.js';
import type { Span } from '../source/source-file.js';
import { describeType } from './example-values.js';
import type { CatalogueEvent, CatalogueMember, CatalogueType, CatalogueValue } from './model.js';

type SchemaEvent = Extract<UnnamedDefinition, { kind: 'event' }>;

/** What a schema's type looks like on the wire. */
type WireType =
  | { readonly kind: 'str' | 'int' | 'number' | 'bool' | 'null' | 'any' }
  | { readonly kind: 'enum'; readonly values: readonly EnumValue[] }
  | { readonly kind: 'object'; readonly name: string }
  | { readonly kind: 'array'; readonly element: TypeRef };

interface SchemaMembers {
  readonly common: ReadonlyMap<string, Member>;
  /** Names that only some branch of a union has. */
  readonly inBranches: ReadonlySet<string>;
}

/** Reports where a catalogue describes an event otherwise than the schema defines it. */
export class Comparison {
  readonly #schema: ReadonlyMap<string, UnnamedDefinition>;
  readonly #diagnostics: Diagnostics;
  #definition = '';

  constructor(schema: ReadonlyMap<string, UnnamedDefinition>, diagnostics: Diagnostics) {
    this.#schema = schema;
    this.#diagnostics = diagnostics;
  }

  event(described: CatalogueEvent, defined: SchemaEvent): void {
    this.#definition = `event ${described.name}`;
    const { data } = described;
    if (data === null || defined.data === null) {
      if (data !== null) this.#differs('the schema gives it no data', described.span, defined.span);
      if (defined.data !== null && !this.#mayBeEmpty(defined.data)) {
        this.#differs('the schema gives it data', described.span, defined.span);
      }
    } else if (data.kind === 'foreign') {
      if (data.name !== defined.data) {
        const message = `its data is not of type '${data.name}' in the schema`;
        this.#differs(message, described.span, defined.span);
      }
    } else this.#members(data.members, defined.data, '', described.span);
  }

  #members(described: readonly CatalogueMember[], object: string, path: string, at: Span): void {
    const { common, inBranches } = this.#membersOf(object);
    const names = new Set(described.map(({ name }) => name));
    for (const member of described) {
      const where = path + member.name;
      const other = common.get(member.name);
      if (other !== undefined) this.#member(member, other, where);
      else if (!inBranches.has(member.name)) {
        this.#differs(`the schema has no '${where}'`, member.span, this.#spanOf(object));
      }
    }
    // An object that is not described further leaves nothing to miss.
    if (described.length === 0) return;
    for (const other of common.values()) {
      if (!names.has(other.name)) {
        this.#differs(`the catalogue lacks '${path}${other.name}'`, at, other.span);
      }
    }
  }

  #member(described: CatalogueMember, defined: Member, path: string): void {
    if (described.optional !== defined.optional) {
      const message = `'${path}' is ${defined.optional ? 'optional' : 'mandatory'} in the schema`;
      this.#differs(message, described.span, defined.span);
    }
    if (described.stated) this.#type(described.type, defined.type, path, described, defined.span);
  }

  #type(
    described: CatalogueType,
    defined: TypeRef,
    path: string,
    member: CatalogueMember,
    definedAt: Span | null,
  ): void {
    const wire = this.#wireType(defined);
    if (wire.kind === 'any') return;
    if (described.kind === 'foreign') {
      if (defined.kind !== 'named' || defined.name !== described.name) {
        const message = `'${path}' is not of type '${described.name}' in the schema`;
        this.#differs(message, member.span, definedAt);
      }
    } else if (described.kind === 'object' && wire.kind === 'object') {
      this.#members(described.members, wire.name, `${path}.`, member.span);
    } else if (described.kind === 'array' && wire.kind === 'array') {
      this.#type(described.element, wire.element, `${path}[]`, member, definedAt);
    } else if (described.kind === 'enum' && wire.kind === 'enum') {
      this.#values(described.values, wire.values, path, member.span);
    } else if (!agree(described, wire)) {
      const message = `'${path}' is ${describeType(described)} in the catalogue, but ${wire.kind} in the schema`;
      this.#differs(message, member.span, definedAt);
    }
  }

  #values(
    described: readonly CatalogueValue[],
    defined: readonly EnumValue[],
    path: string,
    at: Span,
  ): void {
    const definedNames = new Set(defined.map(({ name }) => name));
    const unknown = described.filter(({ name }) => !definedNames.has(name));
    if (unknown.length > 0) {
      this.#differs(`the schema has no ${quoted(unknown)} among the values of '${path}'`, at, null);
    }
    const describedNames = new Set(described.map(({ name }) => name));
    const missing = defined.filter(({ name }) => !describedNames.has(name));
    if (missing.length > 0) {
      const message = `the catalogue lacks ${quoted(missing)} among the values of '${path}'`;
      this.#differs(message, at, missing[0]?.span ?? null);
    }
  }

  #wireType(ref: TypeRef): WireType {
    if (ref.kind === 'array') return { kind: 'array', element: ref.element };
    if (ref.kind === 'builtin') {
      const { name } = ref;
      if (/^(?:u?int\d*|size)$/.test(name)) return { kind: 'int' };
      return name === 'str' || name === 'number' || name === 'bool' || name === 'null'
        ? { kind: name }
        : { kind: 'any' };
    }
    const definition = this.#schema.get(ref.name);
    if (definition?.kind === 'enum') return { kind: 'enum', values: definition.values };
    if (definition?.kind === 'struct' || definition?.kind === 'union') {
      return { kind: 'object', name: ref.name };
    }
    // An alternate may look like several.
    return { kind: 'any' };
  }

  #membersOf(object: string): SchemaMembers {
    const common = new Map<string, Member>();
    const inBranches = new Set<string>();
    const seen = new Set<string>();
    const collect = (name: string | null, add: (member: Member) => void): void => {
      if (name === null || seen.has(name)) return;
      seen.add(name);
      const definition = this.#schema.get(name);
      if (definition?.kind === 'struct') {
        collect(definition.base, add);
        for (const member of definition.members) add(member);
      } else if (definition?.kind === 'union') {
        collect(definition.base, add);
        for (const { type } of definition.branches) {
          if (type.kind === 'named') collect(type.name, ({ name }) => inBranches.add(name));
        }
      }
    };
    collect(object, (member) => common.set(member.name, member));
    return { common, inBranches };
  }

  #mayBeEmpty(object: string): boolean {
    return [...this.#membersOf(object).common.values()].every(({ optional }) => optional);
  }

  #spanOf(object: string): Span | null {
    return this.#schema.get(object)?.span ?? null;
  }

  #differs(message: string, at: Span, defined: Span | null): void {
    this.#diagnostics.report('catalogue-disagrees', message, at, {
      definition: this.#definition,
      related: defined === null ? [] : [{ message: "the schema's definition", at: defined }],
    });
  }
}

function quoted(values: readonly { readonly name: string }[]): string {
  return values.map(({ name }) => `'${name}'`).join(', ');
}

/**
 * Whether two types without parts are the same on the wire. `json-number` also stands for integers,
 * which are numbers in JSON, and `json-string` also for strings of which the schema lists the values.
 */
function agree(described: CatalogueType, wire: WireType): boolean {
  if (described.kind !== 'scalar') return false;
  if (described.name === 'any' || described.name === wire.kind) return true;
  return (
    (described.name === 'number' && wire.kind === 'int') ||
    (described.name === 'str' && wire.kind === 'enum')
  );
}
