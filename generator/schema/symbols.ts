import { BUILTIN_TYPES, type BuiltinName } from '../ir/types.js';
import type { AlternateNode, DefinitionNode, EnumNode, StructNode, UnionNode } from './nodes.js';

export type TypeNodeDefinition = EnumNode | StructNode | UnionNode | AlternateNode;

/** Words of old schemas that no definition declares and that take any value. */
const ANY_WORDS = ['visitor', 'dict', '**'] as const;

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

/** What stands for a type without being defined; the built-in ones come before all others. */
const UNDEFINED: ReadonlyMap<string, TypeSymbol> = new Map<string, TypeSymbol>([
  ...BUILTIN_TYPES.map((name) => [name, { kind: 'builtin', name }] as const),
  ...ANY_WORDS.map((name) => [name, { kind: 'any-word' }] as const),
  [QTYPE, { kind: 'qtype' }],
]);

/** What the names of a schema stand for. Of two definitions with one name the first counts. */
export class SymbolTable {
  readonly #definitions = new Map<string, DefinitionNode>();
  readonly #types = new Map<string, TypeSymbol>();

  constructor(nodes: readonly DefinitionNode[]) {
    for (const node of nodes) {
      if (this.#definitions.has(node.name)) continue;
      this.#definitions.set(node.name, node);
      if (node.kind === 'command' || node.kind === 'event') continue;
      this.#types.set(node.name, { kind: 'type', node });
    }
    for (const [name, symbol] of UNDEFINED) {
      if (symbol.kind === 'builtin') this.#types.set(name, symbol);
    }
  }

  /** The type of that name; undefined when there is none. */
  type(name: string): TypeSymbol | undefined {
    const known = this.#types.get(name);
    if (known !== undefined || this.#definitions.has(name)) return known;
    return UNDEFINED.get(name);
  }

  isBuiltin(name: string): boolean {
    return UNDEFINED.get(name)?.kind === 'builtin';
  }

  /** The names that stand for types. */
  *typeNames(): Generator<string> {
    yield* BUILTIN_TYPES;
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
