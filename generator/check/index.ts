/**
 * The rules of the language, beyond the shape that `schema/decode` sees to.
 *
 * Accepts: definitions, each as soon as it was read (`checkHead`, `checkExpression`), then all of them
 * (`checkDefinitions`), whatever names and references they hold.
 * Guarantees: where no error is reported, names are unique, references resolve to what may stand
 * there, objects contain neither themselves nor a member twice, and unions and alternates can be told
 * apart: the IR can be built. Breaches of style and of QEMU's conventions are warnings, in strict
 * mode errors. Findings come in the order of QEMU 10.2's generator, which ends at its first.
 * Leaves to the next: building the IR.
 */
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import {
  checkDocumentationComplete,
  checkDocumentationFits,
  checkDocumentationKnown,
  type DefinitionFacts,
  type DocComment,
  describesExactly,
} from '../doc/index.js';
import type { DefinitionHead, DefinitionNode } from '../schema/nodes.js';
import type { Pragmas } from '../schema/pragmas.js';
import { SymbolTable } from '../schema/symbols.js';
import { ContainmentWalk } from './containment.js';
import { CheckContext } from './context.js';
import { definitionFacts, headFacts } from './documentation.js';
import { definitionName, type Named, ownParts, unusualNames } from './names.js';
import {
  EXPRESSION_RULES,
  LAST_RULES,
  NAME_RULES,
  SCHEMA_RULES,
  TURN_RULES,
} from './rules/index.js';

export class Checker {
  readonly #pragmas: Pragmas;
  readonly #diagnostics: Diagnostics;
  /** For rules that look at one definition alone: it knows of no others. */
  readonly #alone: CheckContext;

  constructor(pragmas: Pragmas, diagnostics: Diagnostics) {
    this.#pragmas = pragmas;
    this.#diagnostics = diagnostics;
    this.#alone = new CheckContext(new SymbolTable([]), pragmas, diagnostics);
  }

  /** A definition's name and whose documentation stands before it, ahead of its contents. */
  checkHead(head: DefinitionHead): void {
    this.#name(definitionName(head, this.#pragmas));
    const { doc } = head.expression;
    checkDocumentationFits(doc, headFacts(head, this.#pragmas), this.#diagnostics);
  }

  /** What one definition shows by itself. */
  checkExpression(node: DefinitionNode): void {
    for (const named of unusualNames(node, this.#pragmas)) this.#name(named);
    for (const rule of EXPRESSION_RULES) rule.check(node, this.#alone);
  }

  /** What shows in all of them together. */
  checkDefinitions(nodes: readonly DefinitionNode[], symbols: SymbolTable): void {
    const context = new CheckContext(symbols, this.#pragmas, this.#diagnostics);
    for (const rule of SCHEMA_RULES) rule.check(nodes, context);
    const walk = new ContainmentWalk(context);
    const documented: [DocComment, DefinitionFacts][] = [];
    for (const node of nodes) {
      if (!node.malformed) for (const rule of TURN_RULES) rule.check(node, context);
      walk.check(node);
      const { doc } = node.expression;
      if (node.malformed || doc === null) continue;
      if (describesExactly(doc, node.name, ownParts(node), node.features)) continue;
      const facts = definitionFacts(node, this.#pragmas);
      checkDocumentationComplete(doc, facts, this.#diagnostics);
      documented.push([doc, facts]);
    }
    for (const [doc, facts] of documented) checkDocumentationKnown(doc, facts, this.#diagnostics);
    for (const rule of LAST_RULES) rule.check(nodes, context);
  }

  #name(named: Named): void {
    for (const rule of NAME_RULES) rule.check(named, this.#alone);
  }
}
