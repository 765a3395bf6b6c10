import { ProtocolError } from '../errors.js';
import { isObject, type Members, own } from '../validate/plain.js';
import type {
  CommandModel,
  EventModel,
  MemberModel,
  Model,
  Ref,
  Traits,
  TypeModel,
} from './model.js';

/** Arrays within arrays; no schema has more than two. */
const DEEPEST_ARRAY = 16;

/**
 * The model of a `query-qmp-schema` reply, masked or not, of any release since 2.5.
 * @throws ProtocolError when it is none
 */
export function modelOfReply(reply: unknown): Model {
  const infos = new Map<string, Members>();
  for (const info of list(reply, 'the reply')) {
    if (!isObject(info)) throw malformed('an element is no object');
    const name = text(info, 'name');
    if (infos.has(name)) throw malformed(`'${name}' is there twice`);
    infos.set(name, info);
  }
  return new Reader(infos).read();
}

class Reader {
  readonly #infos: ReadonlyMap<string, Members>;
  readonly #types = new Map<string, TypeModel>();

  constructor(infos: ReadonlyMap<string, Members>) {
    this.#infos = infos;
  }

  read(): Model {
    const commands = new Map<string, CommandModel>();
    const events = new Map<string, EventModel>();
    for (const [name, info] of this.#infos) {
      switch (own(info, 'meta-type')) {
        case 'command':
          commands.set(name, {
            ...traits(info),
            name,
            arguments: this.#object(info, 'arg-type'),
            returns: this.#returns(info),
            oob: own(info, 'allow-oob') === true,
            ...{ open: false, preconfig: false, silent: false },
          });
          break;
        case 'event':
          events.set(name, { ...traits(info), name, data: this.#object(info, 'arg-type') });
          break;
        default: {
          const type = this.#type(name, info);
          if (type !== null) this.#types.set(name, type);
        }
      }
    }
    return { commands, events, types: this.#types, introspected: true };
  }

  /** Arrays and built-in types are no types of their own in a model. */
  #type(name: string, info: Members): TypeModel | null {
    const site = { kind: 'type', name } as const;
    const common = { ...traits(info), name, site };
    switch (own(info, 'meta-type')) {
      case 'builtin':
      case 'array':
        return null;
      case 'enum':
        return { ...common, kind: 'enum', values: valuesOf(info) };
      case 'alternate': {
        const members = list(own(info, 'members'), `the members of '${name}'`);
        const alternatives = members.map((member) => this.#ref(text(record(member), 'type')));
        return { ...common, kind: 'alternate', alternatives };
      }
      case 'object': {
        const members = new Map<string, MemberModel>();
        for (const each of list(own(info, 'members'), `the members of '${name}'`)) {
          const member = record(each);
          const called = text(member, 'name');
          const type = this.#ref(text(member, 'type'));
          const optional = Object.hasOwn(member, 'default');
          members.set(called, { ...traits(member), name: called, type, optional, site });
        }
        const tag = Object.hasOwn(info, 'tag') ? text(info, 'tag') : null;
        return {
          ...common,
          kind: 'object',
          members,
          tag,
          branches: this.#branches(info),
          open: false,
        };
      }
      default:
        throw malformed(`'${name}' is of no known kind`);
    }
  }

  #branches(info: Members): ReadonlyMap<string, string> {
    const branches = new Map<string, string>();
    if (!Object.hasOwn(info, 'variants')) return branches;
    for (const each of list(own(info, 'variants'), 'the variants')) {
      const variant = record(each);
      const name = this.#object(variant, 'type');
      if (name !== null) branches.set(text(variant, 'case'), name);
    }
    return branches;
  }

  #returns(info: Members): Ref | null {
    const name = text(info, 'ret-type');
    return this.#isEmpty(name) ? null : this.#ref(name);
  }

  /** The name of an object type; null for the empty one. */
  #object(info: Members, member: string): string | null {
    const name = text(info, member);
    const type = this.#info(name);
    if (own(type, 'meta-type') !== 'object') throw malformed(`'${name}' is no object type`);
    return this.#isEmpty(name) ? null : name;
  }

  #isEmpty(name: string): boolean {
    const type = this.#info(name);
    if (own(type, 'meta-type') !== 'object' || Object.hasOwn(type, 'tag')) return false;
    return list(own(type, 'members'), `the members of '${name}'`).length === 0;
  }

  #ref(name: string, depth = 0): Ref {
    const info = this.#info(name);
    switch (own(info, 'meta-type')) {
      case 'array':
        if (depth === DEEPEST_ARRAY) throw malformed(`'${name}' is an array too deep`);
        return [this.#ref(text(info, 'element-type'), depth + 1)];
      case 'builtin':
        return builtin(text(info, 'json-type'), name);
      case 'command':
      case 'event':
        throw malformed(`'${name}' is no type`);
      default:
        return name;
    }
  }

  #info(name: string): Members {
    const info = this.#infos.get(name);
    if (info === undefined) throw malformed(`'${name}' is not described`);
    return info;
  }
}

/** By what is in the JSON: introspection makes no finer difference. */
function builtin(json: string, name: string): Ref {
  switch (json) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'value':
      return 'any';
    case 'int':
    case 'number':
    case 'null':
      return json;
    default:
      throw malformed(`the built-in type '${name}' is of no known kind`);
  }
}

function valuesOf(info: Members): ReadonlyMap<string, Traits> {
  // Before 6.2 the values alone; since then with their features too.
  if (!Object.hasOwn(info, 'members')) {
    const values = list(own(info, 'values'), 'the values of an enum');
    return new Map(values.map((value) => [String(value), traits({})]));
  }
  const members = list(own(info, 'members'), 'the members of an enum').map(record);
  return new Map(members.map((member) => [text(member, 'name'), traits(member)]));
}

function traits(info: Members): Traits {
  const features = own(info, 'features');
  return { features: Array.isArray(features) ? features.map(String) : [], condition: null };
}

function text(info: Members, member: string): string {
  const value = own(info, member);
  if (typeof value !== 'string') throw malformed(`a '${member}' is missing or no string`);
  return value;
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(`${what} is no list`);
  return value;
}

function record(value: unknown): Members {
  if (!isObject(value)) throw malformed('a part of a type is no object');
  return value;
}

function malformed(why: string): ProtocolError {
  return new ProtocolError('malformed', `What query-qmp-schema returned is no schema: ${why}`);
}
