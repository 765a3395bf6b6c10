import type { RawItem, RawValue } from './body.js';
import { type ExampleObject, objectsIn, valuesByName } from './example-values.js';
import type { Findings } from './findings.js';
import { type MemberText, readMemberText } from './member-text.js';

/** A member with the members inside it. */
export interface ItemNode {
  readonly item: RawItem;
  readonly text: MemberText;
  readonly values: readonly RawValue[];
  readonly children: readonly ItemNode[];
}

interface OpenNode extends ItemNode {
  readonly values: RawValue[];
  children: OpenNode[];
}

const MAXIMUM_DEPTH = 32;

/** Nests members as their indentation says and, where it says nothing, as the examples do. */
export function nestItems(
  items: readonly RawItem[],
  examples: readonly ExampleObject[],
  findings: Findings,
): readonly ItemNode[] {
  return regroup(nestByIndent(items, findings), examples, findings);
}

function nestByIndent(items: readonly RawItem[], findings: Findings): OpenNode[] {
  const roots: OpenNode[] = [];
  /** The members that the current place lies in, each deeper than the one before. */
  const open: OpenNode[] = [];
  for (const item of items) {
    const node: OpenNode = {
      item,
      text: readMemberText(item.text),
      values: [...item.values],
      children: [],
    };
    while ((open.at(-1)?.item.indent ?? -1) >= item.indent) open.pop();
    const above = open.at(-1);
    if (above !== undefined && isValueOf(above, node)) {
      above.values.push({ name: item.name, span: item.span, text: item.text }, ...item.values);
      continue;
    }
    if ((above !== undefined && !mayHold(above)) || open.length >= MAXIMUM_DEPTH) {
      findings.report(
        'catalogue-nesting',
        `'${item.name}' is indented below '${above?.item.name}', which cannot hold it`,
        item.span,
      );
      while (open.length >= MAXIMUM_DEPTH || isScalar(open.at(-1))) open.pop();
    }
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
}

const isScalar = (node: OpenNode | undefined): boolean => node !== undefined && !mayHold(node);

function mayHold(node: ItemNode): boolean {
  const { types } = node.text;
  return types.length === 0 || types.includes('object') || types.includes('array');
}

/** A list item without a type, below a string, is one of the string's alternatives. */
function isValueOf(above: ItemNode, node: ItemNode): boolean {
  return above.text.types[0] === 'string' && node.text.types.length === 0;
}

/**
 * When all indentation is lost, the members of an object stand beside it. The examples tell: what an
 * example has inside the object, and not beside it, belongs inside.
 */
function regroup(
  nodes: readonly OpenNode[],
  examples: readonly ExampleObject[],
  findings: Findings,
): OpenNode[] {
  const shown = valuesByName(examples);
  const regrouped: OpenNode[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (node === undefined) break;
    regrouped.push(node);
    const inside = objectsIn(shown.get(node.item.name) ?? []);
    if (node.children.length === 0 && node.text.types.length > 0 && mayHold(node)) {
      const names = valuesByName(inside);
      while (at + 1 < nodes.length) {
        const next = nodes[at + 1];
        if (next === undefined || shown.has(next.item.name)) break;
        if (node.children.length === 0 && !names.has(next.item.name)) break;
        node.children.push(next);
        at += 1;
      }
      if (node.children.length > 0) {
        findings.report(
          'catalogue-nesting',
          `the members of '${node.item.name}' are not indented; they were told by the example`,
          node.item.span,
        );
      }
    }
    if (node.children.length > 0) node.children = regroup(node.children, inside, findings);
  }
  return regrouped;
}
