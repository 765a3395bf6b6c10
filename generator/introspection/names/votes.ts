import { type Edge, strip, type TypeNode, type UseGraph } from './use-graph.js';

/** Type here → type of the reference → how many places say that they are the same. */
export type Votes = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Counts places: a place of a command, event or matched type that both sides have is a vote for the
 * two types that stand there. Bounded by the reference, whatever is compared with it.
 */
export class Ballot {
  readonly #graph: UseGraph;
  readonly #reference: UseGraph;
  readonly #isVoter: (type: string) => boolean;
  readonly #roots: ReadonlyMap<string, Edge['type']>;
  readonly #edges = new Map<TypeNode, ReadonlyMap<string, Edge['type']>>();

  /** Counts for the types that `isVoter` picks. */
  constructor(graph: UseGraph, reference: UseGraph, isVoter: (type: string) => boolean) {
    this.#graph = graph;
    this.#reference = reference;
    this.#isVoter = isVoter;
    this.#roots = new Map(graph.roots.map((r) => [`${r.owner} ${r.role}`, r.type]));
  }

  /** `matches`: type here → what it is in the reference, as far as that is known. */
  count(matches: ReadonlyMap<string, { readonly name: string }>): Votes {
    const votes = new Map<string, Map<string, number>>();
    const vote = (here: Edge['type'] | undefined, there: Edge['type']): void => {
      if (here === undefined) return;
      const a = strip(here);
      const b = strip(there);
      if (a.name === null || b.name === null || a.depth !== b.depth) return;
      if (!this.#isVoter(a.name)) return;
      const counts = votes.get(a.name) ?? new Map<string, number>();
      votes.set(a.name, counts.set(b.name, (counts.get(b.name) ?? 0) + 1));
    };
    for (const { owner, role, type } of this.#reference.roots) {
      vote(this.#roots.get(`${owner} ${role}`), type);
    }
    for (const [type, { name }] of matches) {
      const here = this.#graph.nodes.get(type);
      const there = this.#reference.nodes.get(name);
      if (here === undefined || there === undefined) continue;
      const edges = this.#edgesOf(here);
      for (const edge of there.edges) vote(edges.get(keyOf(edge)), edge.type);
    }
    return votes;
  }

  #edgesOf(node: TypeNode): ReadonlyMap<string, Edge['type']> {
    const known = this.#edges.get(node);
    if (known !== undefined) return known;
    const edges = new Map(node.edges.map((edge) => [keyOf(edge), edge.type]));
    this.#edges.set(node, edges);
    return edges;
  }
}

const keyOf = ({ role, part }: Edge): string => `${role} ${part}`;

/** How many places each type stands in. */
export function countUses(graph: UseGraph): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const count = ({ type }: { readonly type: Edge['type'] }): void => {
    const { name } = strip(type);
    if (name !== null) uses.set(name, (uses.get(name) ?? 0) + 1);
  };
  graph.roots.forEach(count);
  for (const node of graph.nodes.values()) node.edges.forEach(count);
  return uses;
}
