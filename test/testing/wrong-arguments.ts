import type { DefinitionData, SchemaData } from '@qapi-ts/runtime/schema';
import { Random } from '../../runtime/testing/random.js';

/** What stands in for a value to make arguments wrong, most of the time. */
const WRONG: readonly unknown[] = [
  5,
  -1,
  70_000,
  2n ** 63n,
  2n ** 64n - 1n,
  -(2n ** 63n),
  1.5,
  'no-such-value',
  '',
  true,
  null,
  [],
  ['x'],
  {},
  { bogus: 1 },
];

/** Arguments with one thing changed somewhere; what they hold is not touched. */
export function changed(args: unknown, seed: number, label: string): unknown {
  const random = new Random(seed, `change ${label}`);
  const places = placesIn(args, []);
  const place = random.of(places) ?? [];
  return withChange(args, place, (value) => {
    if (!isObject(value)) return random.of(WRONG);
    const names = Object.keys(value);
    const choice = random.below(names.length > 0 ? 3 : 1);
    if (choice === 0) return { ...value, 'no-such-member': 1 };
    const gone = random.of(names);
    if (choice === 1) return Object.fromEntries(Object.entries(value).filter(([n]) => n !== gone));
    return place.length === 0 ? { ...value, [gone ?? '']: random.of(WRONG) } : random.of(WRONG);
  });
}

type Path = readonly (string | number)[];

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function placesIn(value: unknown, path: Path): readonly Path[] {
  if (Array.isArray(value)) {
    return [path, ...value.flatMap((element, at) => placesIn(element, [...path, at]))];
  }
  if (!isObject(value)) return [path];
  const inner = Object.entries(value).flatMap(([name, member]) =>
    placesIn(member, [...path, name]),
  );
  return [path, ...inner];
}

function withChange(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((element, at) => (at === step ? withChange(element, rest, change) : element));
  }
  const members = value as Record<string, unknown>;
  return { ...members, [step]: withChange(members[step], rest, change) };
}

/** A schema without all that some builds do not have. */
export function unconditional(schema: SchemaData): SchemaData {
  return { ...schema, definitions: schema.definitions.filter(isAlways).map(withoutConditional) };
}

const isAlways = (entity: { readonly if?: unknown }) => entity.if === undefined;

function withoutConditional(definition: DefinitionData): DefinitionData {
  switch (definition.kind) {
    case 'enum':
      return { ...definition, values: definition.values?.filter(isAlways) ?? [] };
    case 'struct':
      return { ...definition, members: definition.members?.filter(isAlways) ?? [] };
    case 'union':
      return { ...definition, branches: definition.branches?.filter(isAlways) ?? [] };
    case 'alternate':
      return { ...definition, alternatives: definition.alternatives?.filter(isAlways) ?? [] };
    default:
      return definition;
  }
}
