import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import type { UnnamedDefinition } from '../../ir/assemble.js';
import { typeName } from '../../ir/names.js';
import {
  BUILTIN_TYPES,
  type BuiltinName,
  type Feature,
  type Member,
  type TypeRef,
} from '../../ir/types.js';
import { baseName, type TypeNaming } from '../names/rename.js';
import type {
  JsonType,
  SchemaInfo,
  SchemaInfoAlternate,
  SchemaInfoEnum,
  SchemaInfoObject,
  SchemaInfoObjectMember,
} from '../schema-info.js';
import { shown } from './fields.js';
import { nameTypes } from './name-types.js';
import type { Places } from './places.js';
import type { Reply } from './resolve.js';
import { simpleUnions } from './simple-unions.js';

/** The module that definitions read from introspection belong to: a reply does not tell files apart. */
export const INTROSPECTION_MODULE = 'introspection';

type Unnamed<K extends UnnamedDefinition['kind']> = Extract<UnnamedDefinition, { kind: K }>;

/**
 * Accepts a reply whose references resolve. Gives the definitions of the IR; masked types keep their
 * numbers for names. What introspection does not tell (documentation, conditions, widths of integers,
 * bases) is absent.
 */
export function buildDefinitions(
  reply: Reply,
  places: Places,
  diagnostics: Diagnostics,
): readonly UnnamedDefinition[] {
  return new Builder(reply, places, diagnostics).build();
}

type Common = Pick<
  Unnamed<'struct'>,
  'name' | 'condition' | 'features' | 'since' | 'span' | 'module' | 'doc'
>;
type Part = Omit<Member, 'kind' | 'name' | 'type' | 'optional'>;

const BY_JSON_TYPE: Readonly<Record<JsonType, BuiltinName>> = {
  string: 'str',
  number: 'number',
  int: 'int',
  boolean: 'bool',
  null: 'null',
  object: 'any',
  array: 'any',
  value: 'any',
};

function knownBuiltin(name: string): BuiltinName | null {
  return BUILTIN_TYPES.find((builtin) => builtin === name) ?? null;
}

function featuresOf(names: readonly string[] | undefined): readonly Feature[] {
  return (names ?? []).map((name) => ({ name, condition: null, doc: [], span: null }));
}

class Builder {
  readonly #reply: Reply;
  readonly #places: Places;
  readonly #diagnostics: Diagnostics;
  readonly #names: ReadonlyMap<string, TypeNaming>;
  readonly #simple: ReadonlySet<string>;
  /** All names of the IR so far; the bases of unions find theirs beside them. */
  readonly #taken: Set<string>;
  #emptyUsed = false;

  constructor(reply: Reply, places: Places, diagnostics: Diagnostics) {
    this.#reply = reply;
    this.#places = places;
    this.#diagnostics = diagnostics;
    const simple = simpleUnions(reply);
    this.#simple = simple.unions;
    this.#names = nameTypes(reply, simple.kinds);
    this.#taken = new Set([...this.#names.values()].map((naming) => naming.name));
    for (const info of reply.infos) if (!reply.types.has(info.name)) this.#taken.add(info.name);
  }

  build(): UnnamedDefinition[] {
    const built: UnnamedDefinition[] = [];
    let empty: SchemaInfoObject | null = null;
    for (const info of this.#reply.infos) {
      if (info.name === this.#reply.emptyType && info['meta-type'] === 'object') empty = info;
      else built.push(...this.#definition(info));
    }
    if (empty !== null && this.#emptyUsed) built.push(...this.#definition(empty));
    return built;
  }

  #definition(info: SchemaInfo): readonly UnnamedDefinition[] {
    const common = this.#common(info);
    switch (info['meta-type']) {
      case 'array':
        return [];
      case 'builtin':
        if (knownBuiltin(info.name) === null) {
          const message = `'${shown(info.name)}' is no built-in type of any known release`;
          this.#diagnostics.report('introspection-unknown-builtin', message, common.span);
        }
        return [];
      case 'command':
        return [
          {
            ...common,
            kind: 'command',
            arguments: this.#objectOrNull(info['arg-type']),
            open: false,
            returns:
              info['ret-type'] === this.#reply.emptyType ? null : this.#ref(info['ret-type']),
            boxed: false,
            gen: true,
            successResponse: true,
            allowOob: info['allow-oob'] === true,
            allowPreconfig: false,
            coroutine: false,
          },
        ];
      case 'event':
        return [
          { ...common, kind: 'event', data: this.#objectOrNull(info['arg-type']), boxed: false },
        ];
      default:
        return this.#type(info, common);
    }
  }

  #type(
    info: SchemaInfoEnum | SchemaInfoObject | SchemaInfoAlternate,
    common: Omit<Common, 'name'>,
  ): readonly UnnamedDefinition[] {
    const naming = this.#names.get(info.name);
    if (naming === undefined) throw new Error(`type ${info.name} has no name`);
    const named = { ...common, ...naming };
    switch (info['meta-type']) {
      case 'enum':
        return [{ ...named, kind: 'enum', values: this.#values(info), prefix: null }];
      case 'alternate':
        return [
          {
            ...named,
            kind: 'alternate',
            alternatives: info.members.map((member) => ({
              ...this.#part(member),
              name: this.#alternativeName(member.type),
              kind: 'alternative',
              type: this.#ref(member.type),
            })),
          },
        ];
      case 'object':
        return this.#object(info, named);
    }
  }

  #object(
    info: SchemaInfoObject,
    named: Omit<Common, 'name'> & TypeNaming,
  ): readonly UnnamedDefinition[] {
    const members = info.members.map((member) => this.#member(member));
    if (info.tag === undefined) {
      return [{ ...named, kind: 'struct', base: null, members, open: false }];
    }
    const base = this.#baseOf(named, members);
    const branches = (info.variants ?? []).flatMap((variant) => {
      // A case that adds nothing is no branch in the schema either.
      if (variant.type === this.#reply.emptyType) return [];
      return [
        {
          ...this.#part(variant),
          name: variant.case,
          kind: 'branch' as const,
          type: this.#ref(variant.type),
        },
      ];
    });
    const simple = this.#simple.has(info.name);
    return [
      base,
      { ...named, kind: 'union', base: base.name, discriminator: info.tag, branches, simple },
    ];
  }

  /** The struct of a union's common members: introspection shows them in the union itself. */
  #baseOf(union: Omit<Common, 'name'> & TypeNaming, members: readonly Member[]): Unnamed<'struct'> {
    let name = baseName(union.name);
    while (this.#taken.has(name)) name += '_';
    this.#taken.add(name);
    return {
      ...union,
      features: [],
      name,
      implicit: 'base',
      wantedName: `${union.wantedName ?? typeName(union.name)}Base`,
      kind: 'struct',
      base: null,
      members,
      open: false,
    };
  }

  #member(member: SchemaInfoObjectMember): Member {
    return {
      ...this.#part(member),
      kind: 'member',
      name: member.name,
      type: this.#ref(member.type),
      optional: member.default !== undefined,
      features: featuresOf(member.features),
    };
  }

  #values(info: SchemaInfoEnum): Unnamed<'enum'>['values'] {
    const members = info.members ?? (info.values ?? []).map((name) => ({ name }));
    if (info.members !== undefined && info.values !== undefined) {
      const same =
        info.values.length === members.length &&
        members.every((member, index) => member.name === info.values?.[index]);
      if (!same) {
        const message = `'values' and 'members' of enum '${shown(info.name)}' disagree`;
        this.#diagnostics.report('introspection-values-differ', message, this.#places.of(info));
      }
    }
    return members.map((member) => ({
      ...this.#part(member),
      kind: 'enum-value',
      name: member.name,
      features: 'features' in member ? featuresOf(member.features) : [],
    }));
  }

  /** Alternatives have no names on the wire or in a reply: their kind tells them apart. */
  #alternativeName(type: string): string {
    const info = this.#reply.types.get(type);
    if (info?.['meta-type'] === 'builtin') return info.name;
    return info?.['meta-type'] ?? '';
  }

  #objectOrNull(type: string): string | null {
    return type === this.#reply.emptyType ? null : this.#named(type);
  }

  #ref(type: string): TypeRef {
    const info = this.#reply.types.get(type);
    if (info?.['meta-type'] === 'array') {
      return { kind: 'array', element: this.#ref(info['element-type']) };
    }
    if (info?.['meta-type'] === 'builtin') {
      return { kind: 'builtin', name: knownBuiltin(info.name) ?? BY_JSON_TYPE[info['json-type']] };
    }
    return { kind: 'named', name: this.#named(type) };
  }

  #named(type: string): string {
    if (type === this.#reply.emptyType) this.#emptyUsed = true;
    const naming = this.#names.get(type);
    if (naming === undefined) throw new Error(`type ${type} has no name`);
    return naming.name;
  }

  #common(info: SchemaInfo): Common {
    return {
      name: info.name,
      condition: null,
      features: featuresOf(info.features),
      since: null,
      span: this.#places.of(info),
      module: INTROSPECTION_MODULE,
      doc: null,
    };
  }

  #part(part: object): Part {
    return { condition: null, features: [], since: null, span: this.#places.of(part), doc: [] };
  }
}
