import { BUILTIN_TYPES, type BuiltinName } from '../ir/types.js';
import type { AlternateNode, DefinitionNode, EnumNode, StructNode, UnionNode } from './nodes.js';

export type TypeNodeDefinition = EnumNode | StructNode | UnionNode | AlternateNode;

const BUILTINS: ReadonlySet<string> = new Set(BUILTIN_TYPES);

/** Words of old schemas that no definition declares and that take any value. */
const ANY_WORDS: ReadonlySet<string> = new Set(['visitor', 'dict', '**']);

/** The enum that every schema has without defining it. */
export const QTYPE = 'QType';
export const QTYPE_VALUES = [
  'none',
  'qnull',
  'qnum',
  'qstring',
  'qdict',
  'qlist',
  'qbool',
] as const;

export type TypeSymbol =
  | { readonly kind: 'builtin'; readonly name: BuiltinName }
  | { readonly kind: 'any-word' }
  | { readonly kind: 'qtype' }
  | { readonly kind: 'type'; readonly node: TypeNodeDefinition };

/** What the names of a schema stand for. Of two definitions with one name the first counts. */
export class SymbolTable {
  readonly #definitions = new Map<string, DefinitionNode>();

  constructor(nodes: readonly DefinitionNode[]) {
    for (const node of nodes) {
      if (!this.#definitions.has(node.name)) this.#definitions.set(node.name, node);
    }
  }

  /** The type of that name; undefined when there is none. */
  type(name: string): TypeSymbol | undefined {
    if (BUILTINS.has(name)) return { kind: 'builtin', name: name as BuiltinName };
    const node = this.#definitions.get(name);
    if (node !== undefined) {
      return node.kind === 'command' || node.kind === 'event' ? undefined : { kind: 'type', node };
    }
    if (name === QTYPE) return { kind: 'qtype' };
    return ANY_WORDS.has(name) ? { kind: 'any-word' } : undefined;
  }

  isBuiltin(name: string): boolean {
    return BUILTINS.has(name);
  }

  /** The names that stand for types. */
  *typeNames(): Generator<string> {
    yield* BUILTINS;
    for (const [name, { kind }] of this.#definitions) {
      if (kind !== 'command' && kind !== 'event') yield name;
    }
  }

  /** The struct of that name; undefined when there is none. */
  struct(name: string): StructNode | undefined {
    const node = this.#definitions.get(name);
    return node?.kind === 'struct' ? node : undefined;
  }

  /** The definition that owns a name, of whatever kind. */
  definition(name: string): DefinitionNode | undefined {
    return this.#definitions.get(name);
  }
}
