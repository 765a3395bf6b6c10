import type { DocComment } from '../doc/index.js';
import type { Condition } from '../ir/condition.js';
import type { Span } from '../source/source-file.js';
import type { ObjectNode, StringNode } from '../syntax/nodes.js';

/** A top-level object that is no directive, with the doc comment before it. */
export interface SourceExpression {
  readonly node: ObjectNode;
  readonly doc: DocComment | null;
  readonly module: string;
}

export type TypeNode =
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'array'; readonly name: string; readonly span: Span }
  /** A struct in the place of a type (1.x). */
  | { readonly kind: 'inline'; readonly members: readonly MemberNode[]; readonly span: Span };

export interface FeatureNode {
  readonly name: string;
  readonly condition: Condition | null;
  readonly span: Span;
}

/** A member, branch or alternative. */
export interface MemberNode {
  /** Without the leading `*`. */
  readonly name: string;
  readonly optional: boolean;
  readonly type: TypeNode;
  readonly condition: Condition | null;
  readonly features: readonly FeatureNode[];
  readonly span: Span;
}

export interface EnumValueNode {
  readonly name: string;
  readonly condition: Condition | null;
  readonly features: readonly FeatureNode[];
  readonly span: Span;
}

/** What is known of a definition before its contents are decoded. */
export interface DefinitionHead {
  readonly expression: SourceExpression;
  readonly kind: DefinitionNode['kind'];
  readonly name: string;
  readonly nameSpan: Span;
}

/** Sources whose types have no names, as the canonical key 'named-for' gives them. */
export const NAMELESS_SOURCES = ['introspection', 'catalogue'] as const;
export type NamelessSource = (typeof NAMELESS_SOURCES)[number];

interface DefinitionNodeBase {
  readonly expression: SourceExpression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly condition: Condition | null;
  readonly features: readonly FeatureNode[];
  /** In canonical text: the kind of source that had no name for this type, so that the name is ours. */
  readonly namedFor: NamelessSource | null;
  /** Something in it was reported as malformed: parts of it may be missing here. */
  readonly malformed: boolean;
}

export interface EnumNode extends DefinitionNodeBase {
  readonly kind: 'enum';
  readonly values: readonly EnumValueNode[];
  readonly prefix: string | null;
}

export interface StructNode extends DefinitionNodeBase {
  readonly kind: 'struct';
  readonly base: StringNode | null;
  readonly members: readonly MemberNode[];
  /** In canonical text: further members are accepted. */
  readonly open: boolean;
}

export interface UnionNode extends DefinitionNodeBase {
  readonly kind: 'union';
  readonly base: StringNode | readonly MemberNode[] | null;
  /** null: a simple union. */
  readonly discriminator: StringNode | null;
  readonly branches: readonly MemberNode[];
}

export interface AlternateNode extends DefinitionNodeBase {
  readonly kind: 'alternate';
  readonly alternatives: readonly MemberNode[];
}

/** The `data` of a command or event: a type's name, members, or not given. */
export type DataNode = StringNode | readonly MemberNode[] | null;

export interface CommandNode extends DefinitionNodeBase {
  readonly kind: 'command';
  readonly data: DataNode;
  readonly returns: TypeNode | null;
  readonly boxed: boolean;
  readonly gen: boolean;
  readonly successResponse: boolean;
  readonly allowOob: boolean;
  readonly allowPreconfig: boolean;
  readonly coroutine: boolean;
}

export interface EventNode extends DefinitionNodeBase {
  readonly kind: 'event';
  readonly data: DataNode;
  readonly boxed: boolean;
  /** In canonical text: members beyond those of `data`, which stands in place, are accepted. */
  readonly open: boolean;
}

export type DefinitionNode =
  | EnumNode
  | StructNode
  | UnionNode
  | AlternateNode
  | CommandNode
  | EventNode;

/** As diagnostics name it: "struct 'BlockStats'". */
export function labelOf(node: Pick<DefinitionHead, 'kind' | 'name'>): string {
  return `${node.kind} '${node.name}'`;
}
