import type { Schema, TypeRef } from '../../ir/types.js';
import type { Candidate, Match, Matcher } from './match.js';
import { strip, type UseGraph } from './use-graph.js';

/** Why a type is held to be one of the reference; a phrase that follows "because". */
export function evidence({ by, similarity, votes, contested }: Match): string {
  const alike = `${Math.round(similarity * 100)} % of its structure agrees`;
  switch (by) {
    case 'use': {
      const places = votes === 1 ? 'it stands in 1 place' : `it stands in ${votes} places`;
      const doubt = contested ? 'though another type fits as well' : alike;
      return `${places} where the reference has that, ${doubt}`;
    }
    case 'structure':
      return 'nothing else is built like it';
    case 'likeness':
      return `nothing else comes as close, ${alike}`;
  }
}

export const IMPLIED =
  'one command or event alone takes it, and such data is mostly declared in place';

/** Why the reference gave no name for a type: the most telling of the places where it stands. */
export class Reasons {
  readonly #matcher: Matcher;
  readonly #candidates: ReadonlyMap<string, readonly Candidate[]>;
  /** Type → what the first place in a command or event says; better ones replace worse ones. */
  readonly #fromUse = new Map<string, { readonly rank: number; readonly why: string }>();

  constructor(graph: UseGraph, matcher: Matcher, reference: Schema) {
    this.#matcher = matcher;
    this.#candidates = matcher.candidates();
    for (const { owner, role, type } of graph.roots) {
      const known = reference.commands.has(owner) || reference.events.has(owner);
      const thing = ROLES[role];
      if (known) this.#note(type, 2, `${owner} has no such ${thing} in the reference`);
      else this.#note(type, 3, `the reference lacks ${owner}, of which it is the ${thing}`);
    }
    for (const [user, { edges }] of graph.nodes) {
      const match = matcher.matches.get(user);
      for (const { role, part, type } of edges) {
        // A type that is new itself explains less than a part that is new in one that is known.
        if (match === undefined)
          this.#note(type, 0, 'it belongs to a type that the reference lacks');
        else this.#note(type, 1, `${role} '${part}' of ${match.name} is new or changed`);
      }
    }
  }

  of(type: string): string {
    const [best] = this.#candidates.get(type) ?? [];
    if (best === undefined) {
      return (
        this.#fromUse.get(type)?.why ??
        'neither commands nor events reach it, and no type of the reference looks like it'
      );
    }
    return this.#matcher.holderOf(best.name) === undefined
      ? `its structure is not that of ${best.name}, which stands in its place`
      : `${best.name}, which stands in its place, is another type here`;
  }

  #note(ref: TypeRef, rank: number, why: string): void {
    const { name } = strip(ref);
    if (name === null) return;
    const earlier = this.#fromUse.get(name);
    if (earlier === undefined || earlier.rank < rank) this.#fromUse.set(name, { rank, why });
  }
}

const ROLES = { arguments: 'arguments', returns: 'return value', data: 'data' } as const;
