import type {
  AlternateData,
  CommandData,
  EnumData,
  EventData,
  MemberData,
  SchemaData,
  StructData,
  TypeData,
  UnionData,
} from '../../schema/index.js';

/** A type that has members. */
export type ObjectData = StructData | UnionData;
export type NamedType = EnumData | StructData | UnionData | AlternateData;

/** A schema, looked up by names. */
export class SchemaIndex {
  readonly data: SchemaData;
  readonly commands: ReadonlyMap<string, CommandData>;
  readonly events: ReadonlyMap<string, EventData>;
  readonly types: ReadonlyMap<string, NamedType>;
  readonly #members = new Map<string, readonly MemberData[]>();

  constructor(data: SchemaData) {
    const commands = new Map<string, CommandData>();
    const events = new Map<string, EventData>();
    const types = new Map<string, NamedType>();
    for (const definition of data.definitions) {
      if (definition.kind === 'command') commands.set(definition.name, definition);
      else if (definition.kind === 'event') events.set(definition.name, definition);
      else types.set(definition.name, definition);
    }
    this.data = data;
    this.commands = commands;
    this.events = events;
    this.types = types;
  }

  /** The type of a name; absent for the built-in ones. */
  type(ref: TypeData): NamedType | undefined {
    return typeof ref === 'string' ? this.types.get(ref) : undefined;
  }

  /** A type that has members. */
  object(name: string): ObjectData {
    const type = this.types.get(name);
    if (type?.kind !== 'struct' && type?.kind !== 'union') {
      throw new Error(`the schema has no struct or union ${name}`);
    }
    return type;
  }

  /** All members in QEMU's order, those of bases first; of a union those before its branches. */
  members(type: ObjectData): readonly MemberData[] {
    const known = this.#members.get(type.name);
    if (known !== undefined) return known;
    // For the while, so that a base that leads back to its type has an end.
    this.#members.set(type.name, []);
    const inherited = type.base === undefined ? [] : this.members(this.object(type.base));
    const own = type.kind === 'struct' ? (type.members ?? []) : [];
    const members = [...inherited, ...own];
    this.#members.set(type.name, members);
    return members;
  }

  /** What a union holds beside its common members; absent where that is nothing. */
  branch(type: UnionData, value: unknown): ObjectData | undefined {
    const branch = type.branches?.find(({ name }) => name === value);
    return typeof branch?.type === 'string' ? this.object(branch.type) : undefined;
  }

  /** Whether a type or one that it stands on accepts members that it does not name. */
  isOpen(type: ObjectData): boolean {
    if (type.kind === 'struct' && type.open === true) return true;
    return type.base !== undefined && this.isOpen(this.object(type.base));
  }
}
