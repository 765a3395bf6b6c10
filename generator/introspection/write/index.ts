import type {
  BuiltinName,
  Command,
  Event,
  Feature,
  Member,
  Schema,
  TypeDefinition,
  TypeRef,
} from '../../ir/types.js';
import { allMembers, structNamed } from '../../ir/visit.js';
import type { JsonType, SchemaInfo, SchemaInfoObjectMember } from '../schema-info.js';
import type { IntrospectionForm } from './form.js';

export { formOfRelease, formOfSchema, type IntrospectionForm, NEWEST_FORM } from './form.js';

export interface IntrospectOptions {
  readonly form: IntrospectionForm;
  /** Replace the names of types by numbers, as QEMU does. */
  readonly mask?: boolean;
}

/**
 * The reply to `query-qmp-schema` of a QEMU built from this schema with every condition met:
 * commands and events in the schema's order, then the types they reach in the order of discovery.
 */
export function introspect(schema: Schema, options: IntrospectOptions): readonly SchemaInfo[] {
  return new Introspector(schema, options).run();
}

/** All integer types are `int` on the wire. */
const WIRE_TYPES: {
  readonly [K in BuiltinName]: { readonly name: string; readonly json: JsonType };
} = {
  str: { name: 'str', json: 'string' },
  number: { name: 'number', json: 'number' },
  int: { name: 'int', json: 'int' },
  int8: { name: 'int', json: 'int' },
  int16: { name: 'int', json: 'int' },
  int32: { name: 'int', json: 'int' },
  int64: { name: 'int', json: 'int' },
  uint8: { name: 'int', json: 'int' },
  uint16: { name: 'int', json: 'int' },
  uint32: { name: 'int', json: 'int' },
  uint64: { name: 'int', json: 'int' },
  size: { name: 'int', json: 'int' },
  bool: { name: 'bool', json: 'boolean' },
  null: { name: 'null', json: 'null' },
  any: { name: 'any', json: 'value' },
};

class Introspector {
  readonly #schema: Schema;
  readonly #form: IntrospectionForm;
  readonly #mask: boolean;
  readonly #masks = new Map<string, string>();
  /** What to print, by the name it has there; filled while it is walked. */
  readonly #used = new Map<string, () => SchemaInfo>();

  constructor(schema: Schema, options: IntrospectOptions) {
    this.#schema = schema;
    this.#form = options.form;
    this.#mask = options.mask ?? false;
  }

  run(): readonly SchemaInfo[] {
    const infos: SchemaInfo[] = [];
    for (const definition of this.#schema.definitions) {
      if (definition.kind === 'command') infos.push(this.#command(definition));
      else if (definition.kind === 'event') infos.push(this.#event(definition));
    }
    // A Map's iteration also meets entries that are added on the way.
    for (const describe of this.#used.values()) infos.push(describe());
    return infos;
  }

  #command(command: Command): SchemaInfo {
    return {
      name: command.name,
      'meta-type': 'command',
      ...features(command.features),
      'arg-type': this.#object(command.arguments),
      'ret-type': command.returns === null ? this.#object(null) : this.#use(command.returns),
      ...(command.allowOob || this.#form.oobAlways ? { 'allow-oob': command.allowOob } : {}),
    };
  }

  #event(event: Event): SchemaInfo {
    return {
      name: event.name,
      'meta-type': 'event',
      ...features(event.features),
      'arg-type': this.#object(event.data),
    };
  }

  #object(name: string | null): string {
    if (name !== null) return this.#use({ kind: 'named', name });
    const empty = this.#form.implicitNames === 'colon' ? ':empty' : 'q_empty';
    const shown = this.#maskedName(empty);
    return this.#need(shown, () => ({ name: shown, 'meta-type': 'object', members: [] }));
  }

  /** The name of a type in the reply; what it names is described in its turn. */
  #use(ref: TypeRef): string {
    switch (ref.kind) {
      case 'builtin': {
        const { name, json } = WIRE_TYPES[ref.name];
        return this.#need(name, () => ({ name, 'meta-type': 'builtin', 'json-type': json }));
      }
      case 'array': {
        const element = this.#use(ref.element);
        const name = `[${element}]`;
        return this.#need(name, () => ({ name, 'meta-type': 'array', 'element-type': element }));
      }
      case 'named': {
        const type = this.#schema.types.get(ref.name);
        if (type === undefined) throw new Error(`no type ${ref.name} in the schema`);
        const name = this.#maskedName(this.#formName(type));
        return this.#need(name, () => this.#type(name, type));
      }
    }
  }

  #need(name: string, describe: () => SchemaInfo): string {
    if (!this.#used.has(name)) this.#used.set(name, describe);
    return name;
  }

  #formName(type: TypeDefinition): string {
    if (type.implicit === null || this.#form.implicitNames === 'underscore') return type.name;
    return type.name.replace(/^q_obj_/, ':obj-');
  }

  #maskedName(name: string): string {
    if (!this.#mask) return name;
    const known = this.#masks.get(name);
    if (known !== undefined) return known;
    const mask = String(this.#masks.size);
    this.#masks.set(name, mask);
    return mask;
  }

  #type(name: string, type: TypeDefinition): SchemaInfo {
    const head = { name, ...features(type.features) };
    switch (type.kind) {
      case 'enum': {
        const values = type.values.map((value) => value.name);
        const members = type.values.map((value) => ({
          name: value.name,
          ...features(value.features),
        }));
        const both = this.#form.enumMembers ? { members, values } : { values };
        return { ...head, 'meta-type': 'enum', ...both };
      }
      case 'alternate':
        return {
          ...head,
          'meta-type': 'alternate',
          members: type.alternatives.map(({ type: ref }) => ({ type: this.#use(ref) })),
        };
      case 'struct':
        return {
          ...head,
          'meta-type': 'object',
          members: this.#members(allMembers(this.#schema, type)),
        };
      case 'union': {
        const members = allMembers(this.#schema, structNamed(this.#schema, type.base));
        const described = this.#members(members);
        const branches = new Map(type.branches.map((branch) => [branch.name, branch.type]));
        const tag = members.find((member) => member.name === type.discriminator);
        // Values of the discriminator without a branch come last, with the empty object.
        const cases = [...branches.keys(), ...this.#valuesOf(tag).filter((v) => !branches.has(v))];
        return {
          ...head,
          'meta-type': 'object',
          members: described,
          tag: type.discriminator,
          variants: cases.map((value) => {
            const ref = branches.get(value);
            return { case: value, type: ref === undefined ? this.#object(null) : this.#use(ref) };
          }),
        };
      }
    }
  }

  #members(members: readonly Member[]): readonly SchemaInfoObjectMember[] {
    return members.map((member) => ({
      name: member.name,
      ...(member.optional ? { default: null } : {}),
      type: this.#use(member.type),
      ...features(member.features),
    }));
  }

  #valuesOf(tag: Member | undefined): readonly string[] {
    const type = tag?.type.kind === 'named' ? this.#schema.types.get(tag.type.name) : undefined;
    return type?.kind === 'enum' ? type.values.map((value) => value.name) : [];
  }
}

function features(list: readonly Feature[]): { features?: readonly string[] } {
  return list.length === 0 ? {} : { features: list.map((feature) => feature.name) };
}
