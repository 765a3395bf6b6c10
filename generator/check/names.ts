import type { DefinitionHead, DefinitionNode, FeatureNode, MemberNode } from '../schema/nodes.js';
import type { Pragmas } from '../schema/pragmas.js';
import type { Span } from '../source/source-file.js';

export type NameRole = DefinitionHead['kind'] | 'member' | 'value' | 'alternative' | 'feature';

/** A name with what the naming rules need to know of it. */
export interface Named {
  readonly role: NameRole;
  readonly name: string;
  readonly span: Span;
  /** The definition it is the name of, or lies in. */
  readonly head: DefinitionHead;
  /** The pragma that permits underscores, and for members and values upper case, is set for it. */
  readonly exempt: boolean;
}

/** The stem of a name, without a downstream prefix and `x-`; null when its form is not QAPI's. */
export function stemOf({ role, name }: Pick<Named, 'role' | 'name'>): string | null {
  // Enum values may begin with a digit.
  const shaped = role === 'value' && /^\d/.test(name) ? `d${name}` : name;
  return /^(?:__[a-z0-9.-]+_)?(?:x-)?([a-z][a-z0-9_-]*)$/i.exec(shaped)?.[1] ?? null;
}

export function definitionName(head: DefinitionHead, pragmas: Pragmas): Named {
  return {
    role: head.kind,
    name: head.name,
    span: head.nameSpan,
    head,
    exempt: head.kind === 'command' && pragmas.commandNameExceptions.has(head.name),
  };
}

/** An inner name that no rule has anything against, as nearly all are. */
const USUAL = /^(?!(?:q|has)-|u$)[a-z][a-z0-9-]*$/;

/**
 * The names inside a definition, in order, but for usual ones. A union's branches are its enum's
 * values, checked there.
 */
export function unusualNames(node: DefinitionNode, pragmas: Pragmas): readonly Named[] {
  const unusual: Named[] = [];
  const role =
    node.kind === 'enum' ? 'value' : node.kind === 'alternate' ? 'alternative' : 'member';
  const look = (as: NameRole, { name, span }: FeatureNode | MemberNode): void => {
    if (USUAL.test(name)) return;
    // The pragma counts for types alone: a command's arguments have no name to be listed by.
    const isType = node.kind === 'enum' || node.kind === 'struct' || node.kind === 'union';
    const exempt = isType && as !== 'feature' && pragmas.memberNameExceptions.has(node.name);
    unusual.push({ role: as, name, span, head: node, exempt });
  };
  for (const part of ownParts(node)) {
    look(role, part);
    for (const feature of part.features) look('feature', feature);
  }
  for (const feature of node.features) look('feature', feature);
  return unusual;
}

type Part = Pick<MemberNode, 'name' | 'span' | 'features' | 'condition'>;

/** What a definition itself spells out: members (of its inline base or data), values, alternatives. */
export function ownParts(node: DefinitionNode): readonly Part[] {
  return node.kind === 'enum' ? node.values : ownMembers(node);
}

export function ownMembers(node: DefinitionNode): readonly MemberNode[] {
  switch (node.kind) {
    case 'enum':
      return [];
    case 'struct':
      return node.members;
    case 'alternate':
      return node.alternatives;
    case 'union':
      return isInline(node.base) ? node.base : [];
    case 'command':
    case 'event':
      return isInline(node.data) ? node.data : [];
  }
}

export function isInline<T>(value: T | readonly MemberNode[]): value is readonly MemberNode[] {
  return Array.isArray(value);
}
