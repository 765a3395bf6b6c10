import type { DefinitionDoc } from '../doc/index.js';
import type { Branch, EnumValue, Feature, Member, TypeRef } from '../ir/types.js';
import type { Span } from '../source/source-file.js';
import type { Dialect } from './dialect.js';
import type {
  CommandNode,
  DataNode,
  EnumValueNode,
  FeatureNode,
  MemberNode,
  TypeNode,
} from './nodes.js';

/** The documentation of a definition and its parts. */
export type DocumentedParts = DefinitionDoc | typeof NO_DOCS;

export const NO_DOCS = {
  doc: null,
  since: null,
  members: new Map<string, never>(),
  features: new Map<string, never>(),
} as const;

/** What most parts have of features. */
const NONE: readonly never[] = [];

export function isMembers(data: Exclude<DataNode, null>): data is readonly MemberNode[] {
  return Array.isArray(data);
}

/** `netdev_add` says with this member that it takes further ones; elsewhere `props` is a real member. */
const FURTHER_MEMBERS = { command: 'netdev_add', member: 'props', type: '**' };

/** A command's data without the member that only says that it takes further ones. */
export function withoutFurtherMembers({ name, data }: CommandNode, dialect: Dialect): DataNode {
  if (name !== FURTHER_MEMBERS.command || data === null || !isMembers(data)) return data;
  return data.filter((member) => {
    const further =
      member.name === FURTHER_MEMBERS.member &&
      member.type.kind === 'name' &&
      member.type.name === FURTHER_MEMBERS.type;
    if (further) dialect.meet('further-members', member.span);
    return !further;
  });
}

/** What an implied definition does not share with the one that implies it. */
export function implied(name: string, wantedName: string) {
  return { name, wantedName, features: [], since: null, doc: null } as const;
}

export function featuresOf(
  nodes: readonly FeatureNode[],
  docs: DocumentedParts,
): readonly Feature[] {
  if (nodes.length === 0) return NONE;
  return nodes.map(({ name, condition, span }) => ({
    name,
    condition,
    doc: docs.features.get(name)?.blocks ?? NONE,
    span,
  }));
}

export function enumValuesOf(
  nodes: readonly (Omit<EnumValueNode, 'span'> & { readonly span: Span | null })[],
  docs: DocumentedParts,
): readonly EnumValue[] {
  return nodes.map((node) => {
    const described = docs.members.get(node.name);
    return {
      kind: 'enum-value',
      name: node.name,
      condition: node.condition,
      features: featuresOf(node.features, docs),
      since: described?.since ?? null,
      doc: described?.blocks ?? NONE,
      span: node.span,
    };
  });
}

export function membersOf(
  nodes: readonly MemberNode[],
  docs: DocumentedParts,
  typeOf: (type: TypeNode, member: string) => TypeRef,
): readonly Member[] {
  return nodes.map((node) => {
    const described = docs.members.get(node.name);
    return {
      kind: 'member',
      name: node.name,
      type: typeOf(node.type, node.name),
      optional: node.optional,
      condition: node.condition,
      features: featuresOf(node.features, docs),
      since: described?.since ?? null,
      doc: described?.blocks ?? NONE,
      span: node.span,
    };
  });
}

export function branchesOf(
  nodes: readonly MemberNode[],
  docs: DocumentedParts,
  typeOf: (type: TypeNode) => TypeRef,
): readonly Branch[] {
  return nodes.map((node) => ({
    kind: 'branch',
    name: node.name,
    type: typeOf(node.type),
    condition: node.condition,
    features: featuresOf(node.features, docs),
    since: docs.members.get(node.name)?.since ?? null,
    doc: docs.members.get(node.name)?.blocks ?? [],
    span: node.span,
  }));
}
