import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { Span } from '../source/source-file.js';
import type { UnnamedDefinition } from './assemble.js';
import { type Configuration, settle } from './settle.js';
import type { Feature, TypeRef } from './types.js';
import { innermost } from './visit.js';

export type { Configuration } from './settle.js';

type Conditional = Pick<Feature, 'condition'> & { readonly features?: readonly Feature[] };

/**
 * Keeps what a build has in which the given names are defined or not: everything whose condition is
 * false goes, conditions that hold are taken off, and those about other names stay, reduced to them.
 * Implicit types go with the definition they were made for. What is kept and refers to a type that
 * is not is an error.
 */
export function configure(
  definitions: readonly UnnamedDefinition[],
  configuration: Configuration,
  diagnostics: Diagnostics,
): UnnamedDefinition[] {
  const keep = <T extends Conditional>(parts: readonly T[]) => settleAll(parts, configuration);
  const settled = keep(definitions).map((definition) => withParts(definition, keep));
  const byName = new Map(settled.map((definition) => [definition.name, definition]));
  const consistent = settled.map((definition) => withoutDeadBranches(definition, byName));

  const kept = withoutOrphans(definitions, consistent);
  reportDangling(kept, definitions, diagnostics);
  for (const definition of kept) reportEmptied(definition, byName, diagnostics);
  return kept;
}

/** What lost the parts that give it a meaning: no value could ever be of such a type. */
function reportEmptied(
  definition: UnnamedDefinition,
  byName: ByName,
  diagnostics: Diagnostics,
): void {
  const lost = whatIsLost(definition, byName);
  if (lost === null) return;
  const label = `${definition.kind} '${definition.name}'`;
  diagnostics.report('condition-emptied', `${label} has ${lost} in this build`, definition.span, {
    definition: label,
  });
}

function whatIsLost(definition: UnnamedDefinition, byName: ByName): string | null {
  if (definition.kind === 'alternate') {
    return definition.alternatives.length === 0 ? 'no branch left' : null;
  }
  if (definition.kind !== 'union') return null;
  const tag = typeOfMember(definition.base, definition.discriminator, byName);
  if (tag === undefined) return `no discriminator '${definition.discriminator}'`;
  const type = tag.kind === 'named' ? byName.get(tag.name) : undefined;
  return type?.kind === 'enum' && type.values.length === 0
    ? `no value left for '${definition.discriminator}'`
    : null;
}

function reportDangling(
  kept: readonly UnnamedDefinition[],
  before: readonly UnnamedDefinition[],
  diagnostics: Diagnostics,
): void {
  const present = new Set(kept.map((definition) => definition.name));
  const dropped = new Set(before.map(({ name }) => name).filter((name) => !present.has(name)));
  for (const definition of kept) {
    for (const { name, at } of references(definition)) {
      if (!dropped.has(name)) continue;
      diagnostics.report(
        'condition-dangling',
        `type '${name}' is not part of this build, and what uses it here is`,
        at,
        { definition: `${definition.kind} '${definition.name}'` },
      );
    }
  }
}

function settleAll<T extends Conditional>(parts: readonly T[], configuration: Configuration): T[] {
  return parts.flatMap((part) => {
    const condition = settle(part.condition, configuration);
    if (condition === false) return [];
    const features = part.features && settleAll(part.features, configuration);
    return [{ ...part, condition, ...(features === undefined ? {} : { features }) }];
  });
}

type Keep = <T extends Conditional>(parts: readonly T[]) => T[];

function withParts(definition: UnnamedDefinition, keep: Keep): UnnamedDefinition {
  switch (definition.kind) {
    case 'enum':
      return { ...definition, values: keep(definition.values) };
    case 'struct':
      return { ...definition, members: keep(definition.members) };
    case 'union':
      return { ...definition, branches: keep(definition.branches) };
    case 'alternate':
      return { ...definition, alternatives: keep(definition.alternatives) };
    case 'command':
    case 'event':
      return definition;
  }
}

type ByName = ReadonlyMap<string, UnnamedDefinition>;

/** A branch for a value that the discriminator no longer has can never be taken. */
function withoutDeadBranches(definition: UnnamedDefinition, byName: ByName): UnnamedDefinition {
  if (definition.kind !== 'union') return definition;
  const tag = typeOfMember(definition.base, definition.discriminator, byName);
  const type = tag?.kind === 'named' ? byName.get(tag.name) : undefined;
  if (type?.kind !== 'enum') return definition;
  const values = new Set(type.values.map((value) => value.name));
  return { ...definition, branches: definition.branches.filter(({ name }) => values.has(name)) };
}

function typeOfMember(struct: string, member: string, byName: ByName): TypeRef | undefined {
  for (let name: string | null = struct; name !== null; ) {
    const type: UnnamedDefinition | undefined = byName.get(name);
    if (type?.kind !== 'struct') return undefined;
    const found = type.members.find((m) => m.name === member);
    if (found !== undefined) return found.type;
    name = type.base;
  }
  return undefined;
}

interface Reference {
  readonly name: string;
  readonly at: Span | null;
}

function references(definition: UnnamedDefinition): readonly Reference[] {
  const own = (name: string | null): Reference[] =>
    name === null ? [] : [{ name, at: definition.span }];
  const typed = (parts: readonly { readonly type: TypeRef; readonly span: Span | null }[]) =>
    parts.flatMap((part) => {
      const name = innermost(part.type);
      return name === null ? [] : [{ name, at: part.span }];
    });
  switch (definition.kind) {
    case 'enum':
      return [];
    case 'struct':
      return [...own(definition.base), ...typed(definition.members)];
    case 'union':
      return [...own(definition.base), ...typed(definition.branches)];
    case 'alternate':
      return typed(definition.alternatives);
    case 'command':
      return [
        ...own(definition.arguments),
        ...own(definition.returns && innermost(definition.returns)),
      ];
    case 'event':
      return own(definition.data);
  }
}

/** Takes off the implicit types that something referred to before and nothing does now. */
function withoutOrphans(
  before: readonly UnnamedDefinition[],
  after: readonly UnnamedDefinition[],
): UnnamedDefinition[] {
  const namesUsedIn = (definitions: readonly UnnamedDefinition[]) =>
    new Set(definitions.flatMap((definition) => references(definition).map(({ name }) => name)));
  const usedBefore = namesUsedIn(before);
  let kept = [...after];
  for (;;) {
    const used = namesUsedIn(kept);
    const next = kept.filter(
      (d) =>
        !('implicit' in d && d.implicit !== null && usedBefore.has(d.name) && !used.has(d.name)),
    );
    if (next.length === kept.length) return kept;
    kept = next;
  }
}
