import type { UnnamedDefinition } from '../../ir/assemble.js';
import { pascalCase } from '../../ir/names.js';
import type { Schema } from '../../ir/types.js';
import { adoptBases } from './bases.js';
import { adoptHiddenFacts } from './hidden.js';
import { settleImplied } from './implied.js';
import { derivedNamings } from './masked.js';
import { type Match, Matcher } from './match.js';
import { evidence, IMPLIED, Reasons } from './reasons.js';
import { renameTypes, type TypeNaming } from './rename.js';
import { strip, UseGraph } from './use-graph.js';

export interface RecoveredName {
  readonly name: string;
  /** How it was found; `implied`: QEMU's own name for data that only one command or event takes. */
  readonly by: Match['by'] | 'implied';
  /** How much of the structure agrees with the reference, from 0 to 1. */
  readonly similarity: number;
  /** Places whose type in the reference says so. */
  readonly votes: number;
  /** What speaks for it: a phrase that follows "because". */
  readonly why: string;
}

export interface LostName {
  /** The name it has instead, from its use. */
  readonly name: string;
  /** Why the reference gave none: a phrase that follows "because". */
  readonly why: string;
}

export interface NameReport {
  /** Use says it and structure agrees, or structure leaves no other. */
  readonly recovered: readonly RecoveredName[];
  /** Likely: use says it but structure changed much or fits another too, or nothing comes as close. */
  readonly guessed: readonly RecoveredName[];
  readonly notRecovered: readonly LostName[];
  /** Places of `int` that got the width the reference has there. */
  readonly integers: number;
  /** Commands and structs that got a property introspection does not show. */
  readonly properties: number;
}

export interface Recovery {
  readonly definitions: UnnamedDefinition[];
  readonly report: NameReport;
}

/** Of use with less agreement than this, only a guess is made. */
const AGREES = 0.6;

/**
 * Gives masked types the names they have in `reference`, a schema of the same or a nearby release.
 *
 * Beyond names, it takes from the reference what introspection hides and a client needs: the widths
 * of integers (every integer is `int` in a reply), the named bases of unions, and of commands whether
 * they reply at all, take further arguments, or run before the machine is built. Everything else of
 * the result is the server's: no member, value, feature or condition comes from the reference.
 *
 * Accepts what `readIntrospection` gives; names that are not masked stay. Guarantees unique names and
 * an order that depends on names alone.
 */
export function recoverNames(
  definitions: readonly UnnamedDefinition[],
  reference: Schema,
): Recovery {
  const nameless = new Set<string>();
  for (const definition of definitions) {
    if (definition.kind === 'command' || definition.kind === 'event') continue;
    if (definition.implicit !== 'introspection' || definition.name === 'q_empty') continue;
    nameless.add(definition.name);
  }
  const graph = new UseGraph(definitions);
  const matcher = new Matcher(graph, new UseGraph(reference.definitions), nameless);
  matcher.run();

  const taken = new Set(definitions.map(({ name }) => name).filter((name) => !nameless.has(name)));
  const namings = new Map<string, TypeNaming>();
  const recovered: RecoveredName[] = [];
  const guessed: RecoveredName[] = [];
  for (const [type, match] of matcher.matches) {
    if (!nameless.has(type) || taken.has(match.name)) continue;
    namings.set(type, namingIn(reference, match.name));
    const { name, by, similarity, votes } = match;
    const certain =
      by === 'structure' || (by === 'use' && similarity >= AGREES && !match.contested);
    (certain ? recovered : guessed).push({ name, by, similarity, votes, why: evidence(match) });
  }
  for (const { name } of namings.values()) taken.add(name);
  for (const [type, naming] of impliedNamings(graph, definitions, reference)) {
    if (!nameless.has(type) || namings.has(type) || taken.has(naming.name)) continue;
    namings.set(type, naming);
    guessed.push({ name: naming.name, by: 'implied', similarity: 0, votes: 0, why: IMPLIED });
  }

  const unnamed = [...nameless].filter((type) => !namings.has(type));
  const reasons = new Reasons(graph, matcher, reference);
  const why = new Map(unnamed.map((type) => [type, reasons.of(type)]));
  const { renamed, finalNames } = renameAll(definitions, namings, unnamed);
  const hidden = adoptHiddenFacts(adoptBases(renamed, reference), reference);
  const settled = settleImplied(hidden.definitions);
  const called = (name: string): string => settled.renamed.get(name)?.name ?? name;
  const asCalled = (list: readonly RecoveredName[]): RecoveredName[] =>
    list.map((entry) => ({ ...entry, name: called(entry.name) })).sort(byName);
  const notRecovered = unnamed.map((type) => ({
    name: called(finalNames.get(type) ?? type),
    why: why.get(type) ?? '',
  }));
  return {
    definitions: [...settled.definitions].sort(byName),
    report: {
      recovered: asCalled(recovered),
      guessed: asCalled(guessed),
      notRecovered: notRecovered.sort(byName),
      integers: hidden.integers,
      properties: hidden.properties,
    },
  };
}

/**
 * Two steps: the names found first, then names from use for the rest, which so begin with the real
 * names of the types around them.
 */
function renameAll(
  definitions: readonly UnnamedDefinition[],
  namings: ReadonlyMap<string, TypeNaming>,
  unnamed: readonly string[],
) {
  // Out of the way of real names that look like ours; a space is in no name.
  const parked = new Map(unnamed.map((type) => [type, ` ${type}`]));
  const first = new Map(namings);
  for (const [type, name] of parked) first.set(type, { name, implicit: 'introspection' });
  const found = renameTypes(definitions, first);
  const derived = derivedNamings(found, new Set(parked.values()));
  const finalNames = new Map(
    [...parked].map(([type, name]) => [type, derived.get(name)?.name ?? type]),
  );
  return { renamed: renameTypes(found, derived), finalNames };
}

function namingIn(reference: Schema, name: string): TypeNaming {
  const type = reference.types.get(name);
  if (type === undefined) throw new Error(`no type ${name} in the reference`);
  return type.implicit === null
    ? { name, implicit: null }
    : { name, implicit: type.implicit, wantedName: type.tsName };
}

/**
 * Inline data of commands and events that have none in the reference: a type with one use, as the arguments
 * or data of one of them, is most often declared in place.
 */
function impliedNamings(
  graph: UseGraph,
  definitions: readonly UnnamedDefinition[],
  reference: Schema,
): ReadonlyMap<string, TypeNaming> {
  const uses = new Map<string, number>();
  for (const { edges } of graph.nodes.values()) {
    for (const { type } of edges) {
      const { name } = strip(type);
      if (name !== null) uses.set(name, (uses.get(name) ?? 0) + 1);
    }
  }
  const structs = new Set(
    definitions.filter(({ kind }) => kind === 'struct').map(({ name }) => name),
  );
  const roots = new Map<string, (typeof graph.roots)[number][]>();
  for (const root of graph.roots) {
    const { name } = strip(root.type);
    if (name === null) continue;
    const list = roots.get(name);
    if (list === undefined) roots.set(name, [root]);
    else list.push(root);
  }
  const namings = new Map<string, TypeNaming>();
  for (const [type, [root, another]] of roots) {
    if (root === undefined || another !== undefined || uses.has(type)) continue;
    if (root.role === 'returns' || !structs.has(type)) continue;
    if (hasData(reference, root.owner)) continue;
    const suffix = root.role === 'data' ? 'Data' : 'Arguments';
    namings.set(type, {
      name: `q_obj_${root.owner}-arg`,
      implicit: 'arguments',
      wantedName: pascalCase(root.owner) + suffix,
    });
  }
  return namings;
}

function hasData(reference: Schema, owner: string): boolean {
  const command = reference.commands.get(owner);
  const event = reference.events.get(owner);
  return (command?.arguments ?? null) !== null || (event?.data ?? null) !== null;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
