import type { GraphData } from '../data.js';

/** Beyond this a drawing says nothing any more. */
const MOST = 60;

export interface Neighbourhood {
  /** Indices of entries, the centre first. */
  readonly nodes: readonly number[];
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** How many were left out. */
  readonly hidden: number;
}

/** Who refers to an entry, up to so many steps, and what it refers to; never both ways in one path. */
export function neighbourhoodOf(graph: GraphData, centre: number, steps: number): Neighbourhood {
  const nodes = new Set([centre]);
  let hidden = 0;
  const walk = (next: (node: number) => readonly number[]): void => {
    let edge: readonly number[] = [centre];
    for (let step = 0; step < steps; step++) {
      const found = new Set<number>();
      for (const node of edge) {
        for (const other of next(node)) {
          if (nodes.has(other) || found.has(other)) continue;
          if (nodes.size + found.size < MOST) found.add(other);
          else hidden += 1;
        }
      }
      for (const node of found) nodes.add(node);
      edge = [...found];
    }
  };
  const users = usersOf(graph);
  walk((node) => users[node] ?? []);
  walk((node) => graph[node] ?? []);
  const edges = [...nodes].flatMap((from) =>
    (graph[from] ?? [])
      .filter((to) => nodes.has(to) && to !== from)
      .map((to) => [from, to] as const),
  );
  return { nodes: [...nodes], edges, hidden };
}

function usersOf(graph: GraphData): readonly (readonly number[])[] {
  const users: number[][] = graph.map(() => []);
  graph.forEach((used, user) => {
    for (const type of used) users[type]?.push(user);
  });
  return users;
}
