import type { ValueNode } from '../../syntax/nodes.js';
import { type ExpressionKind, type ExtensionFile, headOf } from '../model.js';
import type { Addition, NewName } from './rule.js';

/** The parts that an extension adds to definitions of upstream's, but not to its own. */
export function additionsOf(extension: ExtensionFile): readonly Addition[] {
  const own = new Set(extension.definitions.map(({ node }) => headOf(node)?.name.value));
  return extension.additions.flatMap(({ node }) => {
    const head = headOf(node);
    if (head === null || own.has(head.name.value)) return [];
    return node.entries.flatMap(({ key, value }) => {
      if (key.value !== 'data' && key.value !== 'base') return [];
      const part = { kind: head.kind, target: head.name, key: key.value } as const;
      return partsIn(value).map((named) => ({ ...part, ...named }));
    });
  });
}

/** Members, branches or enum values, as they are written. */
function partsIn(value: ValueNode): readonly Pick<Addition, 'name' | 'optional' | 'span'>[] {
  if (value.kind === 'object') {
    return value.entries.map(({ key }) => ({
      name: key.value.replace(/^\*/, ''),
      optional: key.value.startsWith('*'),
      span: key.span,
    }));
  }
  if (value.kind !== 'list') return [];
  return value.items.flatMap((item) => {
    const inner =
      item.kind === 'object' ? item.entries.find(({ key }) => key.value === 'name')?.value : item;
    if (inner?.kind !== 'string') return [];
    return [{ name: inner.value, optional: false, span: inner.span }];
  });
}

const NAMED: { readonly [K in ExpressionKind]: NewName['what'] } = {
  command: 'command',
  event: 'event',
  enum: 'type',
  struct: 'type',
  union: 'type',
  alternate: 'type',
};

/**
 * Every name that an extension brings. What its own commands and types are made of is not among
 * them: it is told apart by the name of the whole.
 */
export function namesOf(
  extension: ExtensionFile,
  additions: readonly Addition[],
): readonly NewName[] {
  const definitions = extension.definitions.flatMap(({ node }): NewName[] => {
    const head = headOf(node);
    if (head === null) return [];
    return [{ what: NAMED[head.kind], name: head.name.value, span: head.name.span }];
  });
  const parts = additions.map(({ kind, name, span }): NewName => {
    const isValue = kind === 'enum' || kind === 'union' || kind === 'alternate';
    return { what: isValue ? 'value' : 'member', name, span };
  });
  return [
    ...definitions,
    ...parts,
    ...extension.errors.map(({ name }): NewName => {
      return { what: 'error', name: name.value, span: name.span };
    }),
    ...extension.capabilities.map(({ value, span }): NewName => {
      return { what: 'capability', name: value, span };
    }),
  ];
}
