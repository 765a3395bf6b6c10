import { pascalCase } from '../../ir/names.js';
import { type Edge, type Stripped, strip, type TypeNode, type UseGraph } from './use-graph.js';

/** Beyond this, a name keeps its first and last parts only: paths may be as long as a reply. */
const MAX_NAME = 80;

interface Use {
  readonly target: string;
  readonly wanted: string;
  /** What the names of types further down begin with. */
  readonly stem: string;
}

/**
 * Names for the types in `nameless`, from where they are used: from the nearest command, event or
 * named type; among equally near ones the shortest name wins, then the first by alphabet. The order
 * of definitions plays no part, so that two servers of one build, and two runs, give the same names.
 * `taken` are names not to use. Types that neither commands nor events reach (schemas have some, to make QEMU
 * generate code for arrays) are called `Unreferenced`.
 */
export function deriveNames(
  graph: UseGraph,
  nameless: ReadonlySet<string>,
  taken: Iterable<string>,
): ReadonlyMap<string, string> {
  const naming = new Naming(graph, nameless, taken);
  naming.nameFrom(naming.roots());
  for (const leftOver of naming.leftOvers()) naming.nameFrom([leftOver]);
  return naming.names;
}

const SUFFIXES = { arguments: 'Arguments', returns: 'Return', data: 'Data' } as const;

class Naming {
  readonly names = new Map<string, string>();
  readonly #graph: UseGraph;
  readonly #nameless: ReadonlySet<string>;
  readonly #taken: Set<string>;
  readonly #visited = new Set<string>();
  /** How often each wanted name was met, so that numbering many equal ones stays linear. */
  readonly #met = new Map<string, number>();

  constructor(graph: UseGraph, nameless: ReadonlySet<string>, taken: Iterable<string>) {
    this.#graph = graph;
    this.#nameless = nameless;
    this.#taken = new Set(taken);
  }

  roots(): readonly Use[] {
    const roots = sortedBy(this.#graph.roots, (root) => `${root.owner} ${root.role}`);
    return roots.flatMap(({ owner, role, type }) => {
      const stem = pascalCase(owner);
      return this.#use(strip(type), stem + SUFFIXES[role], stem);
    });
  }

  /** Names what the uses reach, level by level. */
  nameFrom(level: readonly Use[]): void {
    while (level.length > 0) {
      const best = new Map<string, Use>();
      for (const use of level) {
        const other = best.get(use.target);
        if (other === undefined || shorter(use.wanted, other.wanted)) best.set(use.target, use);
      }
      for (const use of best.values()) {
        this.#visited.add(use.target);
        if (this.#nameless.has(use.target)) this.names.set(use.target, this.#claim(use.wanted));
      }
      level = [...best.values()].flatMap(({ target, stem }) => {
        const node = this.#graph.nodes.get(target);
        if (node === undefined) return [];
        return this.#usesOf(node, this.#nameless.has(target) ? stem : stemOf(node));
      });
    }
  }

  /**
   * Types without a name so far, one at a time: those that no other refers to first, each group in
   * the order of what they hold.
   */
  *leftOvers(): Generator<Use> {
    const left = [...this.#nameless].filter((name) => !this.#visited.has(name));
    const referred = new Set<string>();
    for (const name of left) {
      for (const { type } of this.#graph.nodes.get(name)?.edges ?? []) {
        const target = strip(type).name;
        if (target !== null && target !== name) referred.add(target);
      }
    }
    const keyed = left.map((name) => ({ name, key: contentKey(this.#graph.nodes.get(name)) }));
    const sorted = sortedBy(keyed, (item) => item.key);
    for (const isReferred of [false, true]) {
      for (const { name } of sorted) {
        if (referred.has(name) !== isReferred || this.#visited.has(name)) continue;
        yield { target: name, wanted: 'Unreferenced', stem: 'Unreferenced' };
      }
    }
  }

  #usesOf(node: TypeNode, stem: string): readonly Use[] {
    const edges = sortedBy(node.edges, (edge: Edge) => `${edge.role} ${edge.part}`);
    return edges.flatMap((edge) => {
      const wanted = shortened(stem, pascalCase(edge.part));
      return this.#use(strip(edge.type), wanted, wanted);
    });
  }

  #use({ name, depth }: Stripped, wanted: string, stem: string): readonly Use[] {
    if (name === null || this.#visited.has(name) || !this.#graph.nodes.has(name)) return [];
    // One suffix says it all, however deep the arrays.
    return [{ target: name, wanted: depth > 0 ? `${wanted}Item` : wanted, stem }];
  }

  #claim(wanted: string): string {
    let number = this.#met.get(wanted) ?? 1;
    let name = number === 1 ? wanted : `${wanted}${number}`;
    while (this.#taken.has(name)) {
      number += 1;
      name = `${wanted}${number}`;
    }
    this.#met.set(wanted, number);
    this.#taken.add(name);
    return name;
  }
}

function stemOf({ definition }: TypeNode): string {
  return definition.wantedName ?? pascalCase(definition.name);
}

/** What a type holds, without the names of other types. */
function contentKey(node: TypeNode | undefined): string {
  if (node === undefined) return '';
  const { definition } = node;
  const parts = definition.kind === 'enum' ? definition.values.map((v) => v.name) : [];
  return [node.group, ...parts, ...node.edges.map((edge) => edge.part)].join(' ');
}

function shorter(name: string, than: string): boolean {
  return name.length < than.length || (name.length === than.length && name < than);
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

function shortened(stem: string, part: string): string {
  const whole = stem + part;
  if (whole.length <= MAX_NAME) return whole;
  return stem.slice(0, MAX_NAME / 2) + part.slice(0, MAX_NAME / 2);
}
