import type { Span } from '../../source/source-file.js';

/** What is wrong with a part of what was typed. */
export interface Problem {
  readonly at: Span;
  /** One sentence without a final period; holds what was typed, so `visible` it for a terminal. */
  readonly message: string;
}

/** A value as it was written, before anybody knows what it has to be. */
export type ValueNode = WordNode | JsonNode;

/** Bare text, as in `key=text`: what it means is for the schema to say. */
export interface WordNode {
  readonly kind: 'word';
  readonly at: Span;
  readonly text: string;
  /** What it is as JSON where it begins like an object or a list; a problem where it only begins so. */
  readonly json: JsonNode | Problem | null;
}

export type JsonNode =
  | { readonly kind: 'string'; readonly at: Span; readonly value: string }
  | { readonly kind: 'number'; readonly at: Span; readonly value: number | bigint }
  | { readonly kind: 'boolean'; readonly at: Span; readonly value: boolean }
  | { readonly kind: 'null'; readonly at: Span }
  | { readonly kind: 'array'; readonly at: Span; readonly items: readonly ValueNode[] }
  | ObjectNode;

export interface ObjectNode {
  readonly kind: 'object';
  /** Where it was written; of one that dotted keys made, the first of those keys. */
  readonly at: Span;
  readonly members: Map<string, MemberNode>;
  /** Made by dotted keys: keys that count from 0 make it a list. */
  readonly dotted: boolean;
}

export interface MemberNode {
  readonly key: Span;
  readonly value: ValueNode;
}

/** The JSON that a value is written as, where it is. */
export function jsonOf(node: ValueNode): JsonNode | null {
  if (node.kind !== 'word') return node;
  return node.json !== null && 'kind' in node.json ? node.json : null;
}
