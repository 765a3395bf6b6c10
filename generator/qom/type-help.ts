import { CommandError } from '@qapi-ts/runtime';
import type { Block } from '../ir/doc.js';
import type { Facts } from './facts.js';
import { propertyKind } from './property-type.js';
import type { Qom } from './qom.js';
import type { ObjectType, Property } from './replies.js';
import { byName } from './walk.js';

/** A property as the object model, `device_add` and the schema together know it. */
export interface PropertyHelp {
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  readonly 'default-value'?: unknown;
  /** Of an enumeration. */
  readonly values?: readonly string[];
  readonly since?: string;
  /** From the schema's own documentation, where there is one. */
  readonly doc?: readonly Block[];
}

export interface TypeHelp {
  readonly name: string;
  /** Whether `device_add` makes one. */
  readonly device: boolean;
  readonly properties: readonly PropertyHelp[];
}

/** Where a type stands among the others. */
export interface TypeFamily {
  readonly abstract: boolean;
  /** From the type's parent to the root. */
  readonly parents: readonly string[];
  /** The types that have it as their parent. */
  readonly children: readonly string[];
}

/**
 * What is known of a type.
 * @throws CommandError when the server has none of this name
 */
export async function typeHelp(
  qom: Qom,
  name: string,
  facts: () => Promise<Facts>,
): Promise<TypeHelp> {
  const asked = qom.deviceProperties(name).catch((error: unknown) => {
    if (error instanceof CommandError) return error;
    throw error;
  });
  const [object, device] = await Promise.all([qom.typeProperties(name), asked]);
  const isDevice = !(device instanceof CommandError);
  // Before 2.12 nobody else knows whether there is such a type.
  if (object === null && !isDevice) throw device;
  const merged = mergeProperties(object ?? [], isDevice ? device : []);
  return { name, device: isDevice, properties: withFacts(name, merged, await facts()) };
}

/** Where a type stands; null where it is not among the types. */
export function typeFamily(name: string, types: readonly ObjectType[]): TypeFamily | null {
  const known = new Map(types.map((type) => [type.name, type]));
  const type = known.get(name);
  if (type === undefined) return null;
  return {
    abstract: type.abstract === true,
    parents: parentsOf(type, known),
    children: types
      .filter(({ parent }) => parent === name)
      .map((child) => child.name)
      .sort(),
  };
}

/** From a type's parent upwards. A server may tell nonsense: no type is its own ancestor. */
function parentsOf(type: ObjectType, known: ReadonlyMap<string, ObjectType>): readonly string[] {
  const parents = new Set<string>();
  for (let { parent } = type; parent !== undefined && !parents.has(parent); ) {
    parents.add(parent);
    parent = known.get(parent)?.parent;
  }
  return [...parents];
}

/** What `device_add` knows of a property is more exact: the width of integers, the default. */
function mergeProperties(
  object: readonly Property[],
  device: readonly Property[],
): readonly Property[] {
  const merged = new Map(object.map((property) => [property.name, property]));
  for (const property of device) {
    merged.set(property.name, { ...merged.get(property.name), ...property });
  }
  return [...merged.values()].sort(byName);
}

function withFacts(
  typename: string,
  properties: readonly Property[],
  facts: Facts,
): readonly PropertyHelp[] {
  const members = facts.members(typename);
  return properties.map((property) => {
    const values = propertyKind(property.type).kind === 'named' && facts.values(property.type);
    const member = members?.get(property.name);
    return {
      ...property,
      ...(values ? { values } : {}),
      ...(member?.since ? { since: member.since } : {}),
      ...(member !== undefined && member.doc.length > 0 ? { doc: member.doc } : {}),
    };
  });
}
