import type { DefinitionNode, StructNode, UnionNode } from '../schema/nodes.js';
import { labelOf } from '../schema/nodes.js';
import type { CheckContext } from './context.js';
import { MAX_CONTAINMENT } from './member-table.js';
import { isInline } from './names.js';
import { BRANCH_RULES, CLASH_RULES, EARLY_RULES, LATE_RULES } from './rules/index.js';

/**
 * Checks definitions that may refer to each other. What an object contains (its base, the types of
 * its branches, a command's arguments) is checked before it, so that findings come in QEMU's order;
 * members are pointers, which contain nothing.
 */
export class ContainmentWalk {
  readonly #context: CheckContext;
  readonly #done = new Set<DefinitionNode>();
  /** The definitions being checked, each contained in the one before. */
  readonly #open = new Set<DefinitionNode>();

  constructor(context: CheckContext) {
    this.#context = context;
  }

  check(node: DefinitionNode): void {
    if (this.#done.has(node) || this.#refuse(node)) return;
    this.#open.add(node);
    // What is malformed was reported: its parts are not all there.
    if (!node.malformed) this.#rules(node);
    this.#open.delete(node);
    this.#done.add(node);
  }

  #rules(node: DefinitionNode): void {
    for (const rule of EARLY_RULES) rule.check(node, this.#context);
    const first = this.#containedFirst(node);
    if (first !== undefined) this.check(first);
    for (const rule of LATE_RULES) rule.check(node, this.#context);
    if (node.kind !== 'union') return;
    for (const branch of node.branches) {
      for (const rule of BRANCH_RULES) rule.check(branch, node, this.#context);
      // A simple union wraps what its branches are of.
      if (node.discriminator === null || branch.type.kind !== 'name') continue;
      const object = this.#context.object(branch.type.name);
      if (object !== undefined) this.check(object);
    }
    for (const branch of node.branches) {
      for (const rule of CLASH_RULES) rule.check(branch, node, this.#context);
    }
    if (this.#context.members.exhausted) {
      const message = 'unions contain each other too often to be searched for clashes';
      this.#context.report(node, 'containment-too-deep', message, node.nameSpan);
    }
  }

  #containedFirst(node: DefinitionNode): StructNode | UnionNode | undefined {
    switch (node.kind) {
      case 'struct':
      case 'union':
        if (node.base === null || isInline(node.base)) return undefined;
        return this.#context.symbols.struct(node.base.value);
      case 'command':
      case 'event':
        if (node.data === null || isInline(node.data)) return undefined;
        return this.#context.object(node.data.value);
      case 'enum':
      case 'alternate':
        return undefined;
    }
  }

  /** Whether going into `node` leads nowhere, which is reported. */
  #refuse(node: DefinitionNode): boolean {
    if (this.#open.has(node)) {
      const ring = [...this.#open];
      const way = [...ring.slice(ring.indexOf(node)), node].map(labelOf).join(' → ');
      this.#context.report(
        node,
        'contains-itself',
        `${labelOf(node)} contains itself: ${way}`,
        node.nameSpan,
        ring
          .slice(ring.indexOf(node) + 1)
          .map((link) => ({ message: `by way of ${labelOf(link)}`, at: link.nameSpan })),
      );
      return true;
    }
    if (this.#open.size <= MAX_CONTAINMENT) return false;
    const message = `types are nested more than ${MAX_CONTAINMENT} deep`;
    this.#context.report(node, 'containment-too-deep', message, node.nameSpan);
    return true;
  }
}
