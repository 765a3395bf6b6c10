import type { Span } from '../source/source-file.js';

/** The JSON-like values that a schema file is made of, with their places. */
export type ValueNode = ObjectNode | ListNode | StringNode | BooleanNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly span: Span;
  /** In source order; keys are unique. */
  readonly entries: readonly EntryNode[];
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

/** A `##` … `##` comment, delimiters included. */
export interface DocRegion {
  readonly kind: 'doc';
  readonly span: Span;
}

export interface ExpressionNode {
  readonly kind: 'expression';
  readonly value: ValueNode;
}

/** What a schema file holds at its top level, in order. */
export type TopLevelNode = DocRegion | ExpressionNode;

export function entryOf(node: ObjectNode, key: string): EntryNode | undefined {
  return node.entries.find((entry) => entry.key.value === key);
}

/** What a value is, for messages. */
export const VALUE_NAMES: { readonly [K in ValueNode['kind']]: string } = {
  object: 'an object',
  list: 'a list',
  string: 'a string',
  boolean: 'a boolean',
};
