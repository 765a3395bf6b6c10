import { pascalCase } from '../../ir/names.js';
import { isMasked, type Reply, type TypeInfo } from '../read/resolve.js';
import type { SchemaInfo } from '../schema-info.js';

/** Beyond this, a name keeps its first and last parts only: paths may be as long as a reply. */
const MAX_NAME = 80;

interface Use {
  readonly target: string;
  readonly wanted: string;
  /** What the names of types further down begin with. */
  readonly stem: string;
}

/**
 * Names for the masked types of a reply, from where they are used: the shortest path from a command
 * or event, and among those the first in the order of names. The array's order plays no part, so
 * that two servers of one build, and two runs, give the same names. `taken` are names not to use.
 * Types that neither commands nor events reach (schemas have some, to make QEMU generate code for
 * arrays) are called `Unreferenced`.
 */
export function deriveNames(reply: Reply, taken: Iterable<string>): ReadonlyMap<string, string> {
  const naming = new Naming(reply, taken);
  let level = naming.roots();
  while (level.length > 0) level = naming.claimLevel(level);
  for (const leftOver of naming.leftOvers()) {
    level = [leftOver];
    while (level.length > 0) level = naming.claimLevel(level);
  }
  return naming.names;
}

class Naming {
  readonly names = new Map<string, string>();
  readonly #reply: Reply;
  readonly #taken: Set<string>;
  readonly #visited = new Set<string>();
  /** How often each wanted name was met, so that numbering many equal ones stays linear. */
  readonly #met = new Map<string, number>();

  constructor(reply: Reply, taken: Iterable<string>) {
    this.#reply = reply;
    this.#taken = new Set(taken);
  }

  roots(): readonly Use[] {
    const uses: Use[] = [];
    const sorted = [...this.#reply.infos].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const info of sorted) {
      const stem = pascalCase(info.name);
      if (info['meta-type'] === 'command') {
        this.#use(uses, info['arg-type'], `${stem}Arguments`, stem);
        this.#use(uses, info['ret-type'], `${stem}Return`, stem);
      } else if (info['meta-type'] === 'event') {
        this.#use(uses, info['arg-type'], `${stem}Data`, stem);
      }
    }
    return uses;
  }

  /**
   * Masked types not named yet, as their names are asked for: those that no other refers to first,
   * each group in the order of what they hold.
   */
  *leftOvers(): Generator<Use> {
    const left = [...this.#reply.types.values()].filter((info) => this.#isLeft(info.name));
    const referred = new Set<string>();
    for (const info of left) {
      const uses: Use[] = [];
      this.#usesOf(info, '', uses);
      for (const use of uses) if (use.target !== info.name) referred.add(use.target);
    }
    const sorted = sortedBy(
      left.map((info) => ({ name: info.name, key: contentKey(info) })),
      (item) => item.key,
    );
    for (const isReferred of [false, true]) {
      for (const { name } of sorted) {
        if (referred.has(name) !== isReferred || !this.#isLeft(name)) continue;
        yield { target: name, wanted: 'Unreferenced', stem: 'Unreferenced' };
      }
    }
  }

  #isLeft(name: string): boolean {
    const kind = this.#reply.types.get(name)?.['meta-type'];
    return (
      isMasked(name) &&
      (kind === 'enum' || kind === 'object' || kind === 'alternate') &&
      name !== this.#reply.emptyType &&
      !this.#visited.has(name)
    );
  }

  /** Names the types of one distance from the roots and gives the uses they make. */
  claimLevel(level: readonly Use[]): readonly Use[] {
    const best = new Map<string, Use>();
    for (const use of level) {
      const other = best.get(use.target);
      if (other === undefined || shorter(use.wanted, other.wanted)) best.set(use.target, use);
    }
    const next: Use[] = [];
    for (const use of best.values()) {
      this.#visited.add(use.target);
      if (isMasked(use.target)) this.names.set(use.target, this.#claim(use.wanted));
      const info = this.#reply.types.get(use.target);
      if (info !== undefined) this.#usesOf(info, isMasked(use.target) ? use.stem : null, next);
    }
    return next;
  }

  #usesOf(info: SchemaInfo, maskedStem: string | null, uses: Use[]): void {
    const stem = maskedStem ?? pascalCase(info.name);
    const below = (part: string): string => shortened(stem, pascalCase(part));
    switch (info['meta-type']) {
      case 'object':
        for (const member of sortedBy(info.members, (m) => m.name)) {
          this.#use(uses, member.type, below(member.name));
        }
        for (const variant of sortedBy(info.variants ?? [], (v) => v.case)) {
          this.#use(uses, variant.type, below(variant.case));
        }
        break;
      case 'alternate':
        for (const { type } of info.members) {
          const kind = this.#reply.types.get(type)?.['meta-type'] ?? '';
          this.#use(uses, type, below(kind));
        }
        break;
    }
  }

  /** Notes a use of a type, or of an array's element. */
  #use(uses: Use[], type: string, wanted: string, stem: string = wanted): void {
    let target = type;
    for (;;) {
      const info = this.#reply.types.get(target);
      if (info?.['meta-type'] !== 'array') break;
      target = info['element-type'];
      // One suffix says it all, however deep the arrays.
      if (!wanted.endsWith('Item')) wanted = `${wanted}Item`;
    }
    if (target === this.#reply.emptyType || this.#visited.has(target)) return;
    const kind = this.#reply.types.get(target)?.['meta-type'];
    if (kind === 'enum' || kind === 'object' || kind === 'alternate') {
      uses.push({ target, wanted, stem });
    }
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

/** What a type holds, without the masked names in it. */
function contentKey(info: TypeInfo): string {
  switch (info['meta-type']) {
    case 'enum':
      return `enum ${(info.members?.map((member) => member.name) ?? info.values ?? []).join()}`;
    case 'object':
      return `object ${info.members.map((member) => member.name).join()} ${info.tag ?? ''}`;
    default:
      return info['meta-type'];
  }
}

function shorter(name: string, than: string): boolean {
  return name.length < than.length || (name.length === than.length && name < than);
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function shortened(stem: string, part: string): string {
  const whole = stem + part;
  if (whole.length <= MAX_NAME) return whole;
  return stem.slice(0, MAX_NAME / 2) + part.slice(0, MAX_NAME / 2);
}
