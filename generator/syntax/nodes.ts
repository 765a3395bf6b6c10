import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Span } from '../source/source-file.js';

/** The JSON-like values that a schema file is made of, with their places. */
export type ValueNode = ObjectNode | ListNode | StringNode | BooleanNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly span: Span;
  /** In source order; keys are unique. */
  readonly entries: readonly EntryNode[];
  readonly byKey: ReadonlyMap<string, EntryNode>;
}

export interface EntryNode {
  readonly key: StringNode;
  readonly value: ValueNode;
}

export interface ListNode {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly ValueNode[];
}

export interface StringNode {
  readonly kind: 'string';
  readonly span: Span;
  readonly value: string;
}

export interface BooleanNode {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

/** A finding that is reported when its turn comes. */
export interface SyntaxProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly at: Span;
}

/** A `##` … `##` comment, markers included. */
export interface DocRegion {
  readonly kind: 'doc';
  readonly span: Span;
  /** What is wrong with the opening marker, told before the comment's own findings. */
  readonly opening: SyntaxProblem | null;
  /** What is wrong with the closing marker, told after them. */
  readonly closing: SyntaxProblem | null;
}

export interface ExpressionNode {
  readonly kind: 'expression';
  readonly value: ValueNode;
}

/** What a schema file holds at its top level, in order. */
export type TopLevelNode = DocRegion | ExpressionNode;

/** An object of these entries. */
export function objectOf(span: Span, entries: readonly EntryNode[]): ObjectNode {
  const byKey = new Map<string, EntryNode>();
  for (const entry of entries) {
    if (!byKey.has(entry.key.value)) byKey.set(entry.key.value, entry);
  }
  return { kind: 'object', span, entries, byKey };
}

export function entryOf(node: ObjectNode, key: string): EntryNode | undefined {
  return node.byKey.get(key);
}

/** What a value is, for messages. */
export const VALUE_NAMES: { readonly [K in ValueNode['kind']]: string } = {
  object: 'an object',
  list: 'a list',
  string: 'a string',
  boolean: 'a boolean',
};
