import { kindOfValue, strip, type TypeNode, type UnnamedType, type UseGraph } from './use-graph.js';

/**
 * What a type holds, as a set: each part by name, and again with the kind of value it takes, so that
 * a member that changed its type counts half.
 */
export function contentOf(node: TypeNode, graph: UseGraph): ReadonlySet<string> {
  const content = new Set<string>();
  const { definition } = node;
  if (definition.kind === 'enum') {
    for (const value of definition.values) content.add(value.name);
    return content;
  }
  const types = typesOf(graph);
  for (const { role, part, type } of node.edges) {
    content.add(`${role} ${part}`);
    content.add(`${role} ${part} ${kindOfValue(type, types)}`);
  }
  return content;
}

/**
 * How alike two contents are, from 0 to 1: the mean of their overlap in the larger whole and in the
 * smaller part, so that a type that only grew stays close to what it was.
 */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let common = 0;
  for (const item of a) if (b.has(item)) common += 1;
  if (common === 0) return 0;
  return (common / (a.size + b.size - common) + common / Math.min(a.size, b.size)) / 2;
}

/**
 * Everything that is known of a type's structure as one text: equal for two types that introspection
 * could not tell apart. `known` gives other types one name on both sides; those without one count by
 * their group only. null: too little to go by.
 */
export function fingerprint(
  node: TypeNode,
  graph: UseGraph,
  known: (type: string) => string | null,
): string | null {
  const { definition } = node;
  if (definition.kind === 'enum') {
    if (definition.values.length < 2) return null;
    return `enum ${definition.values.map((value) => value.name).join(' ')}`;
  }
  const types = typesOf(graph);
  const optional = optionalMembers(node, graph);
  let certain = node.edges.length > 1;
  const parts = node.edges.map(({ role, part, type }) => {
    const { name, depth } = strip(type);
    const common = name === null ? null : known(name);
    if (common !== null) certain = true;
    const target = common ?? kindOfValue(name === null ? type : { kind: 'named', name }, types);
    return `${role} ${part}${optional.has(part) ? '?' : ''} ${'['.repeat(depth)}${target}`;
  });
  return certain ? `${node.group} ${parts.join(';')}` : null;
}

function optionalMembers(node: TypeNode, graph: UseGraph): ReadonlySet<string> {
  return new Set(graph.membersOf(node).flatMap((member) => (member.optional ? [member.name] : [])));
}

function typesOf(graph: UseGraph): { get(name: string): UnnamedType | undefined } {
  return { get: (name) => graph.nodes.get(name)?.definition };
}
