import type { Model, Site } from '@qapi-ts/runtime/compare';
import type { Schema, Target, TypeDefinition } from '../../ir/types.js';
import { sdkView } from '../../view/index.js';

/** What the names of an SDK's declarations stand for. */
export interface Declarations {
  /** Interface or type alias → the type it was made of. */
  readonly types: ReadonlyMap<string, TypeDefinition>;
  /** Interface of an event → its wire name. */
  readonly events: ReadonlyMap<string, string>;
  /** Method of the client → the command's wire name. */
  readonly wrappers: ReadonlyMap<string, string>;
  readonly commands: ReadonlySet<string>;
  readonly eventNames: ReadonlySet<string>;
  /** Where the differences of a type's member are reported. */
  siteOf(type: TypeDefinition, member: string): Site;
  /** The enum that a member's values are of, through arrays and alternates; null: none. */
  enumOf(type: TypeDefinition, member: string): string | null;
}

export function declarationsOf(schema: Schema, model: Model, target: Target): Declarations {
  const view = sdkView(schema, { target, version: null, source: '', int64: 'exact' });
  const types = new Map<string, TypeDefinition>();
  for (const type of view.types) {
    types.set(type.name, type.ir);
    if (type.partial !== 'type-union') continue;
    for (const arm of type.arms) types.set(arm.name, type.ir);
  }
  const memberOf = (type: TypeDefinition, member: string) => {
    const found = model.types.get(type.name);
    return found?.kind === 'object' ? found.members.get(member) : undefined;
  };
  const enumIn = (ref: unknown): string | null => {
    if (Array.isArray(ref)) return enumIn(ref[0]);
    const type = typeof ref === 'string' ? model.types.get(ref) : undefined;
    if (type?.kind === 'enum') return type.name;
    if (type?.kind !== 'alternate') return null;
    return type.alternatives.map(enumIn).find((name) => name !== null) ?? null;
  };
  return {
    types,
    events: new Map([...schema.events.values()].map((event) => [event.tsName, event.name])),
    wrappers: new Map([...schema.commands.values()].map(({ tsName, name }) => [tsName, name])),
    commands: new Set(schema.commands.keys()),
    eventNames: new Set(schema.events.keys()),
    siteOf: (type, member) =>
      memberOf(type, member)?.site ??
      model.types.get(type.name)?.site ?? { kind: 'type', name: type.name },
    enumOf: (type, member) => enumIn(memberOf(type, member)?.type),
  };
}
