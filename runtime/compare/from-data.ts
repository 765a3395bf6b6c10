import type {
  CommandData,
  ConditionData,
  DefinitionData,
  EntityData,
  EventData,
  MemberData,
  SchemaData,
  StructData,
  UnionData,
} from '../schema/index.js';
import type {
  CommandModel,
  EventModel,
  MemberModel,
  Model,
  ObjectModel,
  Site,
  Traits,
  TypeModel,
} from './model.js';

type TypeDefinition = Exclude<DefinitionData, CommandData | EventData>;

export interface DataOptions {
  /** The schema was read from a reply of `query-qmp-schema`. */
  readonly introspected?: boolean;
}

/** The model of a schema as data, as an SDK exports it. References have to resolve. */
export function modelOfData(data: SchemaData, { introspected = false }: DataOptions = {}): Model {
  const definitions = new Map<string, TypeDefinition>();
  const sites = new Map<string, Site>();
  for (const definition of data.definitions) {
    if (definition.kind === 'command') claim(sites, definition, definition.arguments);
    else if (definition.kind === 'event') claim(sites, definition, definition.data);
    else definitions.set(definition.name, definition);
  }
  /** What unions are made of belongs to them. */
  const bases = new Map<string, Site>();
  const site = ({ implicit, name }: TypeDefinition): Site =>
    (implicit === 'base' || implicit === 'wrapper'
      ? bases.get(name)
      : implicit === 'arguments'
        ? sites.get(name)
        : null) ?? typeSite(name);
  for (const definition of definitions.values()) {
    if (definition.kind !== 'union') continue;
    bases.set(definition.base, site(definition));
    for (const { type } of definition.branches ?? []) {
      if (typeof type === 'string' && !bases.has(type)) bases.set(type, site(definition));
    }
  }

  const types = new Map<string, TypeModel>();
  for (const type of definitions.values()) types.set(type.name, typeModel(type, definitions, site));
  const commands = new Map<string, CommandModel>();
  const events = new Map<string, EventModel>();
  for (const definition of data.definitions) {
    const { name } = definition;
    if (definition.kind === 'command') {
      commands.set(name, {
        ...traits(definition),
        name,
        arguments: definition.arguments ?? null,
        returns: definition.returns ?? null,
        open: definition.open === true,
        oob: definition.allowOob === true,
        preconfig: definition.allowPreconfig === true,
        silent: definition.silent === true,
      });
    } else if (definition.kind === 'event') {
      events.set(name, { ...traits(definition), name, data: definition.data ?? null });
    }
  }
  return { commands, events, types, introspected };
}

const typeSite = (name: string): Site => ({ kind: 'type', name });

/** Data declared in place belongs to its command or event, as far as it has only one. */
function claim(
  sites: Map<string, Site>,
  { kind, name }: CommandData | EventData,
  type: string | undefined,
): void {
  if (type !== undefined && !sites.has(type)) sites.set(type, { kind, name });
}

function traits(entity: Pick<EntityData, 'features' | 'if'>): Traits {
  return {
    features: (entity.features ?? []).map(({ name }) => name),
    condition: entity.if === undefined ? null : conditionText(entity.if),
  };
}

function conditionText(condition: ConditionData): string {
  if (typeof condition === 'string') return condition;
  if ('raw' in condition) return condition.raw;
  if ('not' in condition) return `!${inner(condition.not)}`;
  const [of, joint] = 'all' in condition ? [condition.all, ' && '] : [condition.any, ' || '];
  return of.map(inner).join(joint);
}

function inner(condition: ConditionData): string {
  const plain = typeof condition === 'string' || 'not' in condition;
  return plain ? conditionText(condition) : `(${conditionText(condition)})`;
}

type SiteOf = (type: TypeDefinition) => Site;
type Definitions = ReadonlyMap<string, TypeDefinition>;

function typeModel(type: TypeDefinition, definitions: Definitions, siteOf: SiteOf): TypeModel {
  const common = { ...traits(type), name: type.name, site: siteOf(type) };
  switch (type.kind) {
    case 'enum': {
      const values = new Map((type.values ?? []).map((value) => [value.name, traits(value)]));
      return { ...common, kind: 'enum', values };
    }
    case 'alternate': {
      const alternatives = (type.alternatives ?? []).map((alternative) => alternative.type);
      return { ...common, kind: 'alternate', alternatives };
    }
    case 'struct':
    case 'union':
      return { ...common, kind: 'object', ...content(type, definitions, siteOf) };
  }
}

function content(
  type: StructData | UnionData,
  definitions: Definitions,
  siteOf: SiteOf,
): Pick<ObjectModel, 'members' | 'tag' | 'branches' | 'open'> {
  const members = new Map<string, MemberModel>();
  let open = false;
  // From the type up to its outermost base, whose members go first.
  const chain: StructData[] = [];
  let name = type.kind === 'union' ? type.base : type.name;
  for (let at = definitions.get(name); at?.kind === 'struct' && !chain.includes(at); ) {
    chain.unshift(at);
    name = at.base ?? '';
    at = definitions.get(name);
  }
  for (const struct of chain) {
    open ||= struct.open === true;
    for (const member of struct.members ?? [])
      members.set(member.name, memberModel(member, struct, siteOf));
  }
  if (type.kind === 'struct') return { members, tag: null, branches: new Map(), open };
  const branches = new Map<string, string>();
  for (const branch of type.branches ?? []) {
    if (typeof branch.type === 'string') branches.set(branch.name, branch.type);
  }
  return { members, tag: type.discriminator, branches, open };
}

function memberModel(member: MemberData, owner: StructData, siteOf: SiteOf): MemberModel {
  const { name, type, optional = false } = member;
  return { ...traits(member), name, type, optional, site: siteOf(owner) };
}
