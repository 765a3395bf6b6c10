import type { DefinitionFacts } from '../doc/index.js';
import type { DefinitionHead, DefinitionNode } from '../schema/nodes.js';
import type { Pragmas } from '../schema/pragmas.js';
import { entryOf } from '../syntax/nodes.js';
import { ownParts } from './names.js';

/** What the documentation rules ask before a definition is decoded. */
export function headFacts(head: DefinitionHead, pragmas: Pragmas): DefinitionFacts {
  const { node } = head.expression;
  return {
    kind: head.kind,
    name: head.name,
    span: node.span,
    features: [],
    parts: [],
    returns: entryOf(node, 'returns') !== undefined,
    docRequired: pragmas.docRequired,
    exempt: pragmas.documentationExceptions.has(head.name),
  };
}

/** What they ask once its parts are known. */
export function definitionFacts(node: DefinitionNode, pragmas: Pragmas): DefinitionFacts {
  return {
    ...headFacts(node, pragmas),
    features: namesOf(node.features),
    parts: ownParts(node).map(({ name, features }) => ({ name, features: namesOf(features) })),
  };
}

const NONE: readonly never[] = [];

function namesOf(features: DefinitionNode['features']): readonly string[] {
  return features.length === 0 ? NONE : features.map(({ name }) => name);
}
