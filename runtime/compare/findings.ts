import {
  type Change,
  type ChangeCode,
  type Direction,
  impactOf,
  type PartName,
  type Use,
} from './changes.js';
import type { Site, Traits } from './model.js';

/** What a finding says beside its code and place. */
export interface Details {
  readonly part?: PartName;
  readonly branch?: string;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly condition?: string | null;
  readonly replacedBy?: string | null;
}

type Found = Omit<Change, 'uses' | 'branches'> & {
  readonly branches: Set<string>;
  /** The comparisons that met it. */
  readonly nodes: Set<string>;
};

/** Collects what comparisons find: the same from several of them is one change. */
export class Findings {
  readonly #found = new Map<string, Found>();
  /** Comparison → those that led to it. */
  readonly #parents = new Map<string, Set<string>>();
  readonly #roots = new Map<string, Use>();

  root(node: string, use: Use): void {
    this.#roots.set(node, use);
  }

  edge(parent: string, child: string): void {
    const parents = this.#parents.get(child);
    if (parents === undefined) this.#parents.set(child, new Set([parent]));
    else parents.add(parent);
  }

  add(
    node: string,
    code: ChangeCode,
    direction: Direction | null,
    site: Site,
    details: Details = {},
  ): void {
    const { part = null, before = null, after = null, condition = null, branch } = details;
    const { replacedBy = null } = details;
    // What was removed from several branches in the same words is one change, whatever it was there.
    const was = code === 'member-removed' ? null : before;
    const key = JSON.stringify([
      code,
      direction,
      site.kind,
      site.name,
      part,
      was,
      after,
      condition,
      replacedBy,
    ]);
    let found = this.#found.get(key);
    if (found === undefined) {
      const impact = impactOf(code, direction);
      const [branches, nodes] = [new Set<string>(), new Set<string>()];
      found = {
        code,
        impact,
        direction,
        site,
        part,
        branches,
        before,
        after,
        condition,
        replacedBy,
        nodes,
      };
      this.#found.set(key, found);
    }
    if (branch !== undefined) found.branches.add(branch);
    found.nodes.add(node);
  }

  /** Features and conditions of what is on both sides. */
  traits(
    node: string,
    before: Traits,
    after: Traits,
    site: Site,
    conditions: boolean,
    part?: PartName,
  ): void {
    const at = part === undefined ? {} : { part };
    for (const feature of before.features) {
      if (!after.features.includes(feature))
        this.add(node, GONE.get(feature) ?? 'feature-removed', null, site, {
          ...at,
          before: feature,
        });
    }
    for (const feature of after.features) {
      if (!before.features.includes(feature))
        this.add(node, CAME.get(feature) ?? 'feature-added', null, site, { ...at, after: feature });
    }
    if (!conditions || before.condition === after.condition) return;
    const code =
      before.condition === null
        ? 'condition-added'
        : after.condition === null
          ? 'condition-removed'
          : 'condition-changed';
    this.add(node, code, null, site, { ...at, before: before.condition, after: after.condition });
  }

  /** All changes, in an order that depends on names alone. */
  changes(): readonly Change[] {
    const usesOf = new Map<string, ReadonlySet<string>>();
    return [...this.#found.values()]
      .map(({ nodes, branches, ...rest }): Change => {
        const roots = new Set<string>();
        for (const node of nodes) {
          let reached = usesOf.get(node);
          if (reached === undefined) {
            reached = this.#rootsAbove(node);
            usesOf.set(node, reached);
          }
          for (const root of reached) roots.add(root);
        }
        return { ...rest, branches: [...branches].sort(), uses: this.#uses(roots) };
      })
      .sort(inOrder);
  }

  #rootsAbove(start: string): ReadonlySet<string> {
    const seen = new Set([start]);
    for (const node of seen) for (const parent of this.#parents.get(node) ?? []) seen.add(parent);
    return new Set([...seen].filter((node) => this.#roots.has(node)));
  }

  #uses(roots: ReadonlySet<string>): readonly Use[] {
    const uses = new Map<string, Use>();
    for (const root of roots) {
      const use = this.#roots.get(root);
      if (use !== undefined) uses.set(`${use.kind} ${use.name}`, use);
    }
    return [...uses].sort(([a], [b]) => compare(a, b)).map(([, use]) => use);
  }
}

/** Features with a meaning of their own; a Map, for a feature may have any name. */
const GONE: ReadonlyMap<string, ChangeCode> = new Map([
  ['deprecated', 'undeprecated'],
  ['unstable', 'made-stable'],
]);
const CAME: ReadonlyMap<string, ChangeCode> = new Map([
  ['deprecated', 'deprecated'],
  ['unstable', 'made-unstable'],
]);

const SITES: Readonly<Record<Site['kind'], number>> = { command: 0, event: 1, type: 2 };

function inOrder(a: Change, b: Change): number {
  return (
    SITES[a.site.kind] - SITES[b.site.kind] ||
    compare(a.site.name, b.site.name) ||
    compare(a.direction ?? '', b.direction ?? '') ||
    compare(a.part?.name ?? '', b.part?.name ?? '') ||
    compare(a.code, b.code) ||
    compare(a.before ?? '', b.before ?? '') ||
    compare(a.after ?? '', b.after ?? '')
  );
}

/** By UTF-16 units, so that no locale has a say. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
