import type { Condition } from '../../ir/condition.js';
import type { Block, Doc } from '../../ir/doc.js';
import type { Definition, Feature, Part, Schema } from '../../ir/types.js';
import { allMembers } from '../../ir/visit.js';
import { manualUrl } from '../../view/tsdoc/manual-url.js';
import type { Entity, SiteTarget } from '../model/index.js';

/** What is known of an entity or a part of one, from all schemas that have it. */
export interface Facts {
  readonly blocks: readonly Block[];
  readonly since: string | null;
  readonly condition: Condition | null;
  readonly features: readonly Feature[];
}

interface Witness {
  readonly schema: Schema;
  readonly definition: Definition;
  readonly introspected: boolean;
}

/**
 * Joins what the version that is shown says with what others know of the same names: documentation
 * text from QEMU's own schemas, and what a version that is known from a reply only cannot say.
 */
export class Knowledge {
  readonly doc: Doc | null;
  readonly since: string | null;
  readonly condition: Condition | null;
  readonly features: readonly Feature[];
  /** File that defines it; null: no version says. */
  readonly module: string | null;
  /** Its place in QEMU's manual. */
  readonly manual: string | null;
  readonly #witnesses: readonly Witness[];
  readonly #shown: Witness;

  constructor(entity: Entity, site: SiteTarget) {
    this.#witnesses = witnessesOf(entity, site);
    const [shown] = this.#witnesses;
    if (shown === undefined) throw new Error(`no version has ${entity.name}`);
    this.#shown = shown;
    const definitions = this.#witnesses.map(({ definition }) => definition);
    this.doc = definitions.find(({ doc }) => says(doc))?.doc ?? null;
    this.since = definitions.find(({ since }) => since !== null)?.since ?? null;
    const full = this.#witnesses.find(({ introspected }) => !introspected);
    this.condition = (full ?? shown).definition.condition;
    this.features = this.#features(definitions);
    this.module = full?.definition.module ?? null;
    this.manual = manualOf(entity, site);
  }

  /** Of a member, value, branch or alternative that a type, or what stands in its place, has. */
  part(part: Part, owner: string): Facts {
    const others = this.#witnesses.slice(1).map((witness) => ({
      part: partIn(witness, owner, part.name),
      introspected: witness.introspected,
    }));
    const known = [part, ...others.flatMap((other) => other.part ?? [])];
    const full = others.find((other) => !other.introspected && other.part !== null)?.part;
    return {
      blocks: known.find(({ doc }) => doc.length > 0)?.doc ?? [],
      since: known.find(({ since }) => since !== null)?.since ?? null,
      condition: this.#shown.introspected ? (full?.condition ?? null) : part.condition,
      features: this.#features(known),
    };
  }

  /** Those of the first, with the words that any has for them. */
  #features(holders: readonly { readonly features: readonly Feature[] }[]): readonly Feature[] {
    const named = (name: string) =>
      holders.flatMap(({ features }) => features.filter((feature) => feature.name === name));
    return (holders[0]?.features ?? []).map((feature) => ({
      ...feature,
      doc: named(feature.name).find(({ doc }) => doc.length > 0)?.doc ?? [],
    }));
  }
}

const says = (doc: Doc | null): boolean =>
  doc !== null && doc.summary.length + doc.body.length + doc.returns.length + doc.errors.length > 0;

/** The version shown first, then where documentation is taken from, then all versions, newest first. */
function witnessesOf(entity: Entity, { versions, documentation }: SiteTarget): readonly Witness[] {
  const newestFirst = versions.filter((_, at) => at !== entity.home).reverse();
  const home = versions[entity.home];
  const sources = [
    ...(home === undefined ? [] : [home]),
    ...documentation.map((schema) => ({ schema, introspected: false })),
    ...newestFirst,
  ];
  return sources.flatMap(({ schema, introspected }) => {
    const tables = { command: schema.commands, event: schema.events, type: schema.types };
    const definition: Definition | undefined = tables[entity.group].get(entity.name);
    return definition === undefined ? [] : [{ schema, definition, introspected }];
  });
}

/** By the type that has it; where that has another name there, by the place it is in. */
function partIn({ schema, definition }: Witness, owner: string, name: string): Part | null {
  const type = schema.types.get(owner);
  const own = type === undefined ? undefined : partsOf(type).find((part) => part.name === name);
  if (own !== undefined) return own;
  const held =
    definition.kind === 'command'
      ? definition.arguments
      : definition.kind === 'event'
        ? definition.data
        : null;
  const holder = held === null ? undefined : schema.types.get(held);
  if (holder?.kind !== 'struct' && holder?.kind !== 'union') return null;
  return allMembers(schema, holder).find((member) => member.name === name) ?? null;
}

function partsOf(definition: Definition): readonly Part[] {
  switch (definition.kind) {
    case 'enum':
      return definition.values;
    case 'struct':
      return definition.members;
    case 'union':
      return definition.branches;
    case 'alternate':
      return definition.alternatives;
    case 'command':
    case 'event':
      return [];
  }
}

/** In the manual of the last release that is known in full and has it. */
function manualOf(entity: Entity, { target, versions }: SiteTarget): string | null {
  const at = versions.findLastIndex((v, i) => !v.introspected && entity.present[i] === true);
  const version = versions[at];
  if (version === undefined) return null;
  const { schema, label } = version;
  const tables = { command: schema.commands, event: schema.events, type: schema.types };
  const definition: Definition | undefined = tables[entity.group].get(entity.name);
  if (definition === undefined) return null;
  const origin = 'implicit' in definition ? definition.implicit : null;
  return origin === null ? manualUrl(target, label, definition) : null;
}
