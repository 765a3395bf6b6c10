import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import { didYouMean } from '../diagnostics/closest.js';
import type { RelatedPlace } from '../diagnostics/diagnostic.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { DefinitionHead, EnumNode, StructNode, TypeNode, UnionNode } from '../schema/nodes.js';
import { labelOf } from '../schema/nodes.js';
import type { Pragmas } from '../schema/pragmas.js';
import type { SymbolTable, TypeSymbol } from '../schema/symbols.js';
import type { Span } from '../source/source-file.js';
import { MemberTable } from './member-table.js';

/** What rules see of the schema, and what they report through. */
export class CheckContext {
  readonly symbols: SymbolTable;
  readonly pragmas: Pragmas;
  readonly diagnostics: Diagnostics;
  readonly members: MemberTable;
  readonly #enumValues = new Map<EnumNode, ReadonlySet<string>>();

  constructor(symbols: SymbolTable, pragmas: Pragmas, diagnostics: Diagnostics) {
    this.symbols = symbols;
    this.pragmas = pragmas;
    this.diagnostics = diagnostics;
    this.members = new MemberTable(symbols);
  }

  get strict(): boolean {
    return this.diagnostics.strict;
  }

  /** Reports a finding in the definition `head`; strict mode names that one's first line, as QEMU does. */
  report(
    head: DefinitionHead,
    code: DiagnosticCode,
    message: string,
    at: Span,
    related: readonly RelatedPlace[] = [],
  ): void {
    this.diagnostics.report(code, message, at, {
      anchor: head.expression.node.span,
      definition: labelOf(head),
      related,
    });
  }

  /** The type of that name; the words of old schemas that mean any value are none in strict mode. */
  type(name: string): TypeSymbol | undefined {
    const symbol = this.symbols.type(name);
    return symbol?.kind === 'any-word' && this.strict ? undefined : symbol;
  }

  /** The struct or union of that name; undefined when there is none. */
  object(name: string): StructNode | UnionNode | undefined {
    const symbol = this.type(name);
    if (symbol?.kind !== 'type') return undefined;
    return symbol.node.kind === 'struct' || symbol.node.kind === 'union' ? symbol.node : undefined;
  }

  /** The names of an enum's values, for the many branches that are looked up among them. */
  enumValues(node: EnumNode): ReadonlySet<string> {
    let values = this.#enumValues.get(node);
    if (values === undefined) {
      values = new Set(node.values.map(({ name }) => name));
      this.#enumValues.set(node, values);
    }
    return values;
  }

  /** Reports the names in `type` that stand for no type. Whether there were none. */
  resolves(head: DefinitionHead, what: string, type: TypeNode): boolean {
    if (type.kind === 'inline') {
      const known = type.members.map((member) =>
        this.resolves(head, `member '${member.name}'`, member.type),
      );
      return !known.includes(false);
    }
    if (this.type(type.name) !== undefined) return true;
    const other = this.symbols.definition(type.name);
    const isOther = other !== undefined && (other.kind === 'command' || other.kind === 'event');
    this.report(
      head,
      'unknown-type',
      isOther
        ? `${what} uses '${type.name}', which is no type but ${other.kind === 'event' ? 'an event' : 'a command'}`
        : `${what} uses the unknown type '${type.name}'${this.#suggestion(type.name)}`,
      type.span,
      isOther ? [{ message: 'defined here', at: other.nameSpan }] : [],
    );
    return false;
  }

  #suggestion(name: string): string {
    // Findings beyond the limit are not shown: what they suggest is not worth the search.
    if (this.diagnostics.leftOut > 0) return '';
    return didYouMean(name, this.symbols.typeNames());
  }
}

/** "struct 'Base'", "built-in type 'int'": what a name stands for, in messages. */
export function describe(symbol: TypeSymbol, name: string): string {
  switch (symbol.kind) {
    case 'builtin':
      return `built-in type '${name}'`;
    case 'any-word':
      return `'${name}', which means any value`;
    case 'qtype':
      return `enum '${name}'`;
    case 'type':
      return `${symbol.node.kind} '${name}'`;
  }
}
