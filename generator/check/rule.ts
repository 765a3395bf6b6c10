import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { DefinitionNode, MemberNode, UnionNode } from '../schema/nodes.js';
import type { CheckContext } from './context.js';
import type { Named } from './names.js';

/** One rule of the language. What it reports has its code, which names its file too. */
interface RuleBase {
  readonly code: DiagnosticCode;
}

/** On one name, wherever names stand. */
export interface NameRule extends RuleBase {
  readonly check: (named: Named, context: CheckContext) => void;
}

/** On one definition. */
export interface DefinitionRule extends RuleBase {
  readonly check: (node: DefinitionNode, context: CheckContext) => void;
}

/** On one branch of a union. */
export interface BranchRule extends RuleBase {
  readonly check: (branch: MemberNode, union: UnionNode, context: CheckContext) => void;
}

/** On the definitions of a schema together. */
export interface SchemaRule extends RuleBase {
  readonly check: (nodes: readonly DefinitionNode[], context: CheckContext) => void;
}
