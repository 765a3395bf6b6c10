import { contentOf, fingerprint, similarity } from './similarity.js';
import { type Edge, strip, type TypeNode, type UseGraph } from './use-graph.js';

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

/** Without a use to go by, types must be this alike, and have this much content to be alike in. */
const LIKENESS = { least: 0.8, content: 6 } as const;

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

  constructor(graph: UseGraph, reference: UseGraph, nameless: ReadonlySet<string>) {
    this.#graph = graph;
    this.#reference = reference;
    this.#nameless = nameless;
    this.#uses = countUses(graph);
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
    const votes = new Map<string, Map<string, number>>();
    const vote = (here: Edge['type'], there: Edge['type'] | undefined): void => {
      if (there === undefined) return;
      const a = strip(here);
      const b = strip(there);
      if (a.name === null || b.name === null || a.depth !== b.depth) return;
      if (!this.#nameless.has(a.name)) return;
      const counts = votes.get(a.name) ?? new Map<string, number>();
      votes.set(a.name, counts.set(b.name, (counts.get(b.name) ?? 0) + 1));
    };
    const roots = new Map(this.#reference.roots.map((r) => [`${r.owner} ${r.role}`, r.type]));
    for (const { owner, role, type } of this.#graph.roots)
      vote(type, roots.get(`${owner} ${role}`));
    for (const [name, match] of this.matches) {
      const there = new Map(edgesOf(this.#reference, match.name).map((e) => [keyOf(e), e.type]));
      for (const edge of edgesOf(this.#graph, name)) vote(edge.type, there.get(keyOf(edge)));
    }
    return new Map(
      [...votes].map(([name, counts]) => [
        name,
        [...counts]
          .map(([candidate, count]) => this.#candidate(name, candidate, count))
          .sort(byConfidence),
      ]),
    );
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
      best.set(first.name, [...(best.get(first.name) ?? []), { type, candidate: first }]);
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

  /** Settles the one pair of leftovers that are most alike, when neither has an equal rival. */
  #settleByLikeness(): boolean {
    const free = [...this.#reference.nodes.keys()].filter(
      (name) => !this.#found.has(name) && !this.#isInline(name),
    );
    const pairs: { readonly type: string; readonly candidate: Candidate }[] = [];
    for (const [type, node] of this.#graph.nodes) {
      if (!this.#nameless.has(type) || this.matches.has(type)) continue;
      if (this.#contentOf(node, this.#graph).size < LIKENESS.content) continue;
      for (const name of free) {
        const candidate = this.#candidate(type, name, 0);
        if (candidate.similarity >= LIKENESS.least) pairs.push({ type, candidate });
      }
    }
    pairs.sort((a, b) => byConfidence(a.candidate, b.candidate));
    for (const pair of pairs) {
      const { type, candidate } = pair;
      const rival = pairs.some(
        (other) =>
          other !== pair &&
          other.candidate.similarity === candidate.similarity &&
          (other.type === type || other.candidate.name === candidate.name),
      );
      if (rival) continue;
      this.#accept(type, { ...candidate, by: 'likeness', contested: false });
      return true;
    }
    return false;
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

const keyOf = ({ role, part }: Edge): string => `${role} ${part}`;

const edgesOf = (graph: UseGraph, name: string): readonly Edge[] =>
  graph.nodes.get(name)?.edges ?? [];

function byConfidence(a: Candidate, b: Candidate): number {
  return b.similarity - a.similarity || b.votes - a.votes;
}

function countUses(graph: UseGraph): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const count = ({ type }: { readonly type: Edge['type'] }): void => {
    const { name } = strip(type);
    if (name !== null) uses.set(name, (uses.get(name) ?? 0) + 1);
  };
  graph.roots.forEach(count);
  for (const node of graph.nodes.values()) node.edges.forEach(count);
  return uses;
}
