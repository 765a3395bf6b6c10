import type { Block } from '../ir/doc.js';
import type { EnumType, Member, Schema } from '../ir/types.js';
import { allMembers, objectNamed } from '../ir/visit.js';

/** What a schema knows of a property that the server does not tell. */
export interface SchemaFacts {
  readonly since: string | null;
  readonly doc: readonly Block[];
}

/** What schemas know of the object model, where servers tell names only. */
export interface Facts {
  /** Types that `object-add` makes. */
  readonly objectTypes: readonly string[];
  /** The values of an enumeration; null when it is not known. */
  values(type: string): readonly string[] | null;
  /** The members that `object-add` takes for a type; null when it is not known there. */
  members(objectType: string): ReadonlyMap<string, SchemaFacts> | null;
}

/** The facts of a schema of a monitor's. */
export function factsOf(schema: Schema): Facts {
  const values = (type: string) => {
    const found = schema.types.get(type);
    return found?.kind === 'enum' ? valuesOf(found) : null;
  };
  return {
    objectTypes: values('ObjectType') ?? [],
    values,
    members(objectType) {
      const options = schema.types.get('ObjectOptions');
      if (options?.kind !== 'union') return null;
      const branch = options.branches.find(({ name }) => name === objectType);
      if (branch?.type.kind !== 'named') return null;
      const members = allMembers(schema, objectNamed(schema, branch.type.name));
      return new Map(members.map((member) => [member.name, memberFacts(member)]));
    },
  };
}

const valuesOf = ({ values }: EnumType) => values.map(({ name }) => name);

const memberFacts = ({ since, doc }: Member): SchemaFacts => ({ since, doc });
