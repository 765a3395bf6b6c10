import { closest } from '../diagnostics/closest.js';
import type { Span } from '../source/source-file.js';
import {
  type EntryNode,
  type ListNode,
  type ObjectNode,
  type StringNode,
  VALUE_NAMES,
  type ValueNode,
} from '../syntax/nodes.js';
import { decodeCondition } from './condition.js';
import type { DecodeContext } from './decode-context.js';
import type { EnumValueNode, FeatureNode, MemberNode, TypeNode } from './nodes.js';

/** What most parts have of features. */
const NONE: readonly never[] = [];

/** The entries of an object by key; reports keys that are not in `required` or `optional`, and missing ones. */
export function keysOf(
  node: ObjectNode,
  what: string,
  required: readonly string[],
  optional: readonly string[],
  context: DecodeContext,
): ReadonlyMap<string, EntryNode> {
  for (const key of required) {
    if (!node.byKey.has(key))
      context.report('missing-key', `${what} lacks the key '${key}'`, node.span);
  }
  for (const entry of node.entries) {
    const key = entry.key.value;
    if (required.includes(key) || optional.includes(key)) continue;
    const known = [...required, ...optional];
    const meant = closest(key, known);
    const hint =
      meant === undefined
        ? `it takes ${known.map((name) => `'${name}'`).join(', ')}`
        : `did you mean '${meant}'?`;
    context.report('unknown-key', `${what} takes no key '${key}' (${hint})`, entry.key.span);
  }
  return node.byKey;
}

export function decodeString(
  entry: EntryNode | undefined,
  context: DecodeContext,
): StringNode | null {
  if (entry === undefined) return null;
  if (entry.value.kind === 'string') return entry.value;
  wrongType(entry, 'a string', context);
  return null;
}

export function wrongType(entry: EntryNode, wanted: string, context: DecodeContext): void {
  context.report(
    'value-type',
    `'${entry.key.value}' takes ${wanted}, not ${VALUE_NAMES[entry.value.kind]}`,
    entry.value.span,
  );
}

export function decodeFeatures(
  entry: EntryNode | undefined,
  context: DecodeContext,
): readonly FeatureNode[] {
  if (entry === undefined) return NONE;
  if (entry.value.kind !== 'list') {
    wrongType(entry, 'a list', context);
    return NONE;
  }
  return namedItems(entry.value, 'feature', [], context).map(({ name, condition, span }) => ({
    name,
    condition,
    span,
  }));
}

export function decodeEnumValues(
  entry: EntryNode | undefined,
  context: DecodeContext,
): readonly EnumValueNode[] {
  if (entry === undefined) return [];
  if (entry.value.kind !== 'list') {
    wrongType(entry, 'a list', context);
    return [];
  }
  return namedItems(entry.value, 'enum value', ['features'], context);
}

/** `'name'` or `{ 'name': 'name', … }`. */
function namedItems(
  list: ListNode,
  what: string,
  alsoTakes: readonly string[],
  context: DecodeContext,
): readonly EnumValueNode[] {
  const items: EnumValueNode[] = [];
  for (const item of list.items) {
    if (item.kind === 'string') {
      items.push({ name: item.value, condition: null, features: NONE, span: item.span });
    } else if (item.kind === 'object') {
      const keys = keysOf(item, what, ['name'], ['if', ...alsoTakes], context);
      const name = decodeString(keys.get('name'), context);
      if (name === null) continue;
      items.push({
        name: name.value,
        condition: decodeCondition(keys.get('if'), context),
        features: decodeFeatures(keys.get('features'), context),
        span: name.span,
      });
    } else {
      context.report(
        'value-type',
        `${what} is a string or an object, not ${VALUE_NAMES[item.kind]}`,
        item.span,
      );
    }
  }
  return items;
}

export type MemberRole = 'member' | 'branch' | 'alternative';

/** The members of a struct, command, event or base, or the branches of a union or alternate. */
export function decodeMembers(
  node: ObjectNode,
  role: MemberRole,
  context: DecodeContext,
): readonly MemberNode[] {
  const members: MemberNode[] = [];
  for (const { key, value } of node.entries) {
    const optional = role === 'member' && key.value.startsWith('*');
    const name = optional ? key.value.slice(1) : key.value;
    // Only members have ever been structs in place; branches and alternatives name a type.
    if (value.kind !== 'object' || role !== 'member' || isLonghand(value, context)) {
      const member = decodeMember(name, optional, key.span, value, role, context);
      if (member !== null) members.push(member);
      continue;
    }
    const type = decodeInline(value, context);
    members.push({ name, optional, type, condition: null, features: NONE, span: key.span });
  }
  return members;
}

/** A struct in the place of a type (1.x). */
function decodeInline(value: ObjectNode, context: DecodeContext): TypeNode {
  context.dialect('inline-struct', value.span);
  return { kind: 'inline', members: decodeMembers(value, 'member', context), span: value.span };
}

/** `{ 'type': …, 'if': … }`, as against a struct in the place of a type (1.x). */
function isLonghand(value: ObjectNode, context: DecodeContext): boolean {
  if (context.strict) return true;
  return (
    value.entries.some((entry) => entry.key.value === 'type') &&
    value.entries.every((entry) => ['type', 'if', 'features'].includes(entry.key.value))
  );
}

function decodeMember(
  name: string,
  optional: boolean,
  span: Span,
  value: ValueNode,
  role: MemberRole,
  context: DecodeContext,
): MemberNode | null {
  const what = `${role} '${name}'`;
  if (value.kind !== 'object') {
    const type = decodeType(value, what, context);
    return type === null ? null : { name, optional, type, condition: null, features: NONE, span };
  }
  const alsoTakes = role === 'member' ? ['if', 'features'] : ['if'];
  const keys = keysOf(value, what, ['type'], alsoTakes, context);
  const typeEntry = keys.get('type');
  let type: TypeNode | null = null;
  if (typeEntry?.value.kind === 'object' && role === 'member' && !context.strict) {
    type = decodeInline(typeEntry.value, context);
  } else if (typeEntry !== undefined) type = decodeType(typeEntry.value, what, context);
  const condition = decodeCondition(keys.get('if'), context);
  const features = decodeFeatures(keys.get('features'), context);
  return type === null ? null : { name, optional, type, condition, features, span };
}

/** A type's name, or a list that holds one. */
export function decodeType(
  value: ValueNode,
  what: string,
  context: DecodeContext,
): TypeNode | null {
  if (value.kind === 'string') return { kind: 'name', name: value.value, span: value.span };
  if (value.kind === 'list') {
    const [element, ...others] = value.items;
    if (element?.kind === 'string' && others.length === 0) {
      return { kind: 'array', name: element.value, span: element.span };
    }
    context.report(
      'value-type',
      `the array type of ${what} is a list of exactly one type name`,
      value.span,
    );
    return null;
  }
  context.report(
    'value-type',
    `the type of ${what} is a name or an array, not ${VALUE_NAMES[value.kind]}`,
    value.span,
  );
  return null;
}
