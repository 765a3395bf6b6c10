import { type LikelyPair, likelyPairs, uncontested } from './likeness.js';
import { contentOf, fingerprint, similarity } from './similarity.js';
import type { TypeNode, UseGraph } from './use-graph.js';
import { Ballot, countUses } from './votes.js';

/** Why a nameless type is held to be a type of the reference. */
export interface Match {
  /** The type of the reference. */
  readonly name: string;
  /**
   * `use`: it stands where the reference has that type. `structure`: these two look the same and
   * nothing else does. `likeness`: nothing else comes as close.
   */
  readonly by: 'use' | 'structure' | 'likeness';
  /** 0 to 1. */
  readonly similarity: number;
  /** Places that say so. */
  readonly votes: number;
  /** Another nameless type is as much like it: the reference's type was split, or renamed. */
  readonly contested: boolean;
}

/** A type of the reference that uses suggest for a nameless one. */
export interface Candidate {
  readonly name: string;
  readonly votes: number;
  readonly similarity: number;
}

/**
 * Confidence falls step by step: what is certain is settled, and heard as a witness for its parts,
 * before what is doubtful. Below the last step use alone is not believed.
 */
const STEPS = [1, 0.8, 0.6, 0.45, 0.3] as const;
const LAST_STEP = STEPS.length - 1;
const LEAST = STEPS[LAST_STEP] ?? 1;

/**
 * Finds the nameless types of one graph in another, both ways unique. Walks from the commands and
 * events that both have along parts of equal names; each place where a nameless type stands is a
 * vote for the type that stands there in the reference. What votes leave open is settled by
 * structure where that is unique.
 */
export class Matcher {
  readonly matches = new Map<string, Match>();
  readonly #graph: UseGraph;
  readonly #reference: UseGraph;
  readonly #nameless: ReadonlySet<string>;
  /** The other way: reference name → type here. */
  readonly #found = new Map<string, string>();
  readonly #uses: ReadonlyMap<string, number>;
  readonly #contents = new Map<TypeNode, ReadonlySet<string>>();
  readonly #similarities = new Map<string, number>();
  readonly #ballot: Ballot;
  /** Found when first needed: most replies need none. */
  #likely: readonly LikelyPair[] | null = null;

  constructor(graph: UseGraph, reference: UseGraph, nameless: ReadonlySet<string>) {
    this.#graph = graph;
    this.#reference = reference;
    this.#nameless = nameless;
    this.#uses = countUses(graph);
    this.#ballot = new Ballot(graph, reference, (type) => nameless.has(type));
    for (const [name, node] of graph.nodes) {
      if (nameless.has(name)) continue;
      this.#found.set(name, name);
      const same = reference.nodes.get(name);
      if (same?.group === node.group) {
        this.matches.set(name, {
          name,
          by: 'use',
          similarity: 1,
          votes: 0,
          contested: false,
        });
      }
    }
  }

  run(): void {
    let step = 0;
    while (step < STEPS.length) {
      const last = step === LAST_STEP;
      const settled =
        this.#settle(STEPS[step] ?? LEAST, last) ||
        (last && (this.#settleByStructure() || this.#settleByLikeness()));
      step = settled ? 0 : step + 1;
    }
  }

  /** What the places where each nameless type stands say of it, best first. */
  candidates(): ReadonlyMap<string, readonly Candidate[]> {
    const candidates = new Map<string, readonly Candidate[]>();
    for (const [type, counts] of this.#ballot.count(this.matches)) {
      const list = [...counts].map(([name, votes]) => this.#candidate(type, name, votes));
      candidates.set(type, list.sort(byConfidence));
    }
    return candidates;
  }

  /** The type here that has the reference's type `name`. */
  holderOf(name: string): string | undefined {
    return this.#found.get(name);
  }

  #settle(threshold: number, last: boolean): boolean {
    const best = new Map<string, { readonly type: string; readonly candidate: Candidate }[]>();
    for (const [type, candidates] of this.candidates()) {
      if (this.matches.has(type)) continue;
      const free = candidates.filter(({ name }) => !this.#found.has(name));
      const [first, second] = free;
      if (first === undefined || first.similarity < threshold) continue;
      // Two equally good ones: a witness may still turn up.
      if (!last && second !== undefined && byConfidence(first, second) === 0) continue;
      const suitors = best.get(first.name);
      if (suitors === undefined) best.set(first.name, [{ type, candidate: first }]);
      else suitors.push({ type, candidate: first });
    }
    let settled = false;
    for (const suitors of best.values()) {
      suitors.sort((a, b) => byConfidence(a.candidate, b.candidate) || (a.type < b.type ? -1 : 1));
      const [first, second] = suitors;
      if (first === undefined) continue;
      if (!last && second !== undefined && byConfidence(first.candidate, second.candidate) === 0) {
        continue;
      }
      const contested = second?.candidate.similarity === first.candidate.similarity;
      this.#accept(first.type, { ...first.candidate, by: 'use', contested });
      settled = true;
    }
    return settled;
  }

  #settleByStructure(): boolean {
    const here = this.#unique(
      this.#graph,
      (name) => this.#nameless.has(name) && !this.matches.has(name),
      (name) => this.matches.get(name)?.name ?? null,
    );
    const there = this.#unique(
      this.#reference,
      (name) => !this.#found.has(name),
      (name) => (this.#found.has(name) ? name : null),
    );
    let settled = false;
    for (const [print, type] of here) {
      const name = there.get(print);
      if (type === null || name === null || name === undefined) continue;
      if (!this.#mayBe(type, name) || this.#isInline(name)) continue;
      this.#accept(type, {
        name,
        by: 'structure',
        similarity: 1,
        votes: 0,
        contested: false,
      });
      settled = true;
    }
    return settled;
  }

  /** Settles the leftovers that are most alike, when neither of two has an equal rival. */
  #settleByLikeness(): boolean {
    this.#likely ??= this.#findLikely();
    const open = this.#likely.filter(
      ({ type, name }) => !this.matches.has(type) && !this.#found.has(name),
    );
    const pairs = uncontested(open);
    for (const { type, name, similarity: alike } of pairs) {
      this.#accept(type, { name, by: 'likeness', similarity: alike, votes: 0, contested: false });
    }
    return pairs.length > 0;
  }

  #findLikely(): readonly LikelyPair[] {
    const contents = (graph: UseGraph, isOpen: (name: string) => boolean) =>
      new Map(
        [...graph.nodes].flatMap(([name, node]) =>
          isOpen(name) ? [[name, this.#contentOf(node, graph)] as const] : [],
        ),
      );
    const pairs = likelyPairs(
      contents(this.#graph, (name) => this.#nameless.has(name) && !this.matches.has(name)),
      contents(this.#reference, (name) => !this.#found.has(name) && !this.#isInline(name)),
    );
    return pairs.filter(({ type, name }) => this.#mayBe(type, name));
  }

  /** Fingerprint → the one type that has it, null when several have. */
  #unique(
    graph: UseGraph,
    among: (name: string) => boolean,
    known: (name: string) => string | null,
  ): ReadonlyMap<string, string | null> {
    const unique = new Map<string, string | null>();
    for (const [name, node] of graph.nodes) {
      if (!among(name)) continue;
      const print = fingerprint(node, graph, known);
      if (print !== null) unique.set(print, unique.has(print) ? null : name);
    }
    return unique;
  }

  #accept(type: string, match: Match): void {
    this.matches.set(type, match);
    this.#found.set(match.name, type);
  }

  #candidate(type: string, name: string, votes: number): Candidate {
    const key = `${type} ${name}`;
    let alike = this.#similarities.get(key);
    if (alike === undefined) {
      alike = this.#mayBe(type, name) ? this.#alike(type, name) : 0;
      this.#similarities.set(key, alike);
    }
    return { name, votes, similarity: alike };
  }

  #mayBe(type: string, name: string): boolean {
    const here = this.#graph.nodes.get(type);
    const there = this.#reference.nodes.get(name);
    if (here === undefined || there === undefined || here.group !== there.group) return false;
    // Inline data of a command or event is a struct and belongs to that one alone.
    if (!this.#isInline(name)) return true;
    return here.definition.kind === 'struct' && this.#uses.get(type) === 1;
  }

  #isInline(name: string): boolean {
    return this.#reference.nodes.get(name)?.definition.implicit === 'arguments';
  }

  #alike(type: string, name: string): number {
    const here = this.#graph.nodes.get(type);
    const there = this.#reference.nodes.get(name);
    if (here === undefined || there === undefined) return 0;
    const alike = similarity(
      this.#contentOf(here, this.#graph),
      this.#contentOf(there, this.#reference),
    );
    // Inline data takes its name from its command or event, however it changed.
    return this.#isInline(name) ? Math.max(alike, LEAST) : alike;
  }

  #contentOf(node: TypeNode, graph: UseGraph): ReadonlySet<string> {
    const content = this.#contents.get(node) ?? contentOf(node, graph);
    this.#contents.set(node, content);
    return content;
  }
}

function byConfidence(a: Candidate, b: Candidate): number {
  return b.similarity - a.similarity || b.votes - a.votes;
}
