import type { DefinitionNode, MemberNode, StructNode, UnionNode } from '../schema/nodes.js';
import { labelOf } from '../schema/nodes.js';
import type { SymbolTable } from '../schema/symbols.js';
import { cName } from './c-name.js';
import { isInline, ownMembers } from './names.js';

/** Bases and branches nested deeper than this are refused; released schemas stay below six. */
export const MAX_CONTAINMENT = 50;

/** All that unions are searched for clashes in one schema; 10.2 needs some hundreds. */
const MAX_STEPS = 2_000_000;

/** The members that one definition spells out, by their names in C. */
export interface Level {
  readonly owner: string;
  readonly members: ReadonlyMap<string, MemberNode>;
}

/** Which members an object has on the wire, level by level: its own, its base's, its branches'. */
export class MemberTable {
  readonly #symbols: SymbolTable;
  readonly #levels = new Map<DefinitionNode, Level>();
  #steps = 0;

  constructor(symbols: SymbolTable) {
    this.#symbols = symbols;
  }

  /** The search for clashes was given up: the schema holds far too many nested unions. */
  get exhausted(): boolean {
    return this.#steps > MAX_STEPS;
  }

  level(node: DefinitionNode): Level {
    let level = this.#levels.get(node);
    if (level === undefined) {
      const members = new Map<string, MemberNode>();
      for (const member of ownMembers(node)) {
        const key = cName(member.name);
        if (!members.has(key)) members.set(key, member);
      }
      level = { owner: labelOf(node), members };
      this.#levels.set(node, level);
    }
    return level;
  }

  /** A struct and its bases, the nearest first. Ends at a base that is no struct, and in a cycle. */
  chain(struct: StructNode): readonly StructNode[] {
    const chain = new Set<StructNode>();
    let next: StructNode | undefined = struct;
    while (next !== undefined && !chain.has(next) && chain.size < MAX_CONTAINMENT) {
      chain.add(next);
      next = next.base === null ? undefined : this.#symbols.struct(next.base.value);
    }
    return [...chain];
  }

  /** The definitions that spell out the members of an object, a union's branches left out. */
  common(node: DefinitionNode): readonly DefinitionNode[] {
    if (node.kind === 'struct') return this.chain(node);
    if (node.kind !== 'union' || isInline(node.base)) return [node];
    const base = node.base === null ? undefined : this.#symbols.struct(node.base.value);
    return base === undefined ? [] : this.chain(base);
  }

  /** The member of that wire name, with the level it stands on. */
  find(node: DefinitionNode, name: string): { member: MemberNode; level: Level } | undefined {
    for (const definition of this.common(node)) {
      const level = this.level(definition);
      const member = level.members.get(cName(name));
      if (member?.name === name) return { member, level };
    }
    return undefined;
  }

  /** All levels of what an object can hold, the branches' of unions in it as well. */
  content(node: StructNode | UnionNode): ReadonlySet<Level> {
    const levels = new Set<Level>();
    const seen = new Set<DefinitionNode>([node]);
    // A set is walked in the order of insertion, also of what is inserted meanwhile.
    for (const object of seen) {
      this.#steps += 1;
      if (this.exhausted) break;
      for (const definition of this.common(object)) levels.add(this.level(definition));
      if (object.kind !== 'union') continue;
      for (const { type } of object.branches) {
        const branch = type.kind === 'name' ? this.#symbols.definition(type.name) : undefined;
        if (branch?.kind === 'struct' || branch?.kind === 'union') seen.add(branch);
      }
    }
    return levels;
  }
}
