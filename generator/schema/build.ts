import { bindComments, type DocComment, documentDefinition } from '../doc/index.js';
import type { UnnamedDefinition } from '../ir/assemble.js';
import { pascalCase, typeName } from '../ir/names.js';
import type { ImplicitOrigin, TypeRef } from '../ir/types.js';
import {
  branchesOf,
  type DocumentedParts,
  enumValuesOf,
  featuresOf,
  implied,
  isMembers,
  membersOf,
  NO_DOCS,
  withoutFurtherMembers,
} from './build-parts.js';
import type { Dialect } from './dialect.js';
import type { DataNode, DefinitionNode, MemberNode, TypeNode, UnionNode } from './nodes.js';
import { QTYPE, QTYPE_VALUES, type SymbolTable } from './symbols.js';

type Unnamed<K extends UnnamedDefinition['kind']> = Extract<UnnamedDefinition, { kind: K }>;
type Common = Pick<
  Unnamed<'struct'>,
  'name' | 'condition' | 'features' | 'since' | 'span' | 'module' | 'doc'
>;

/**
 * Accepts the decoded definitions of a schema that passed the checks: names are unique, references
 * resolve. Gives the definitions of the IR, those that the schema implies among them, each before
 * the definition that implies it.
 */
export class Builder {
  readonly #symbols: SymbolTable;
  readonly #dialect: Dialect;
  readonly #built: UnnamedDefinition[] = [];
  readonly #implicit = new Set<string>();

  constructor(symbols: SymbolTable, dialect: Dialect) {
    this.#symbols = symbols;
    this.#dialect = dialect;
  }

  build(nodes: readonly DefinitionNode[]): readonly UnnamedDefinition[] {
    const comments = bindComments(
      nodes.map(({ name, expression }) => ({
        name,
        module: expression.module,
        // A comment that names no definition documents none.
        comment: expression.doc?.symbol === null ? null : expression.doc,
      })),
    );
    for (const [at, node] of nodes.entries()) this.#definition(node, comments[at] ?? null);
    return this.#built;
  }

  #definition(node: DefinitionNode, comment: DocComment | null): void {
    const docs = comment === null ? NO_DOCS : documentDefinition(comment);
    const { name, condition, nameSpan: span } = node;
    const { module } = node.expression;
    const { since, doc } = docs;
    const features = featuresOf(node.features, docs);
    const common: Common = { name, condition, features, since, span, module, doc };
    // Spelled out below: spreading takes many times as long.
    switch (node.kind) {
      case 'enum':
        this.#built.push({
          name,
          condition,
          features,
          since,
          span,
          module,
          doc,
          kind: 'enum',
          implicit: node.namedFor,
          values: enumValuesOf(node.values, docs),
          prefix: node.prefix,
        });
        break;
      case 'struct': {
        const members = this.#members(node.members, common, docs);
        const base = node.base?.value ?? null;
        const { namedFor: implicit, open } = node;
        this.#built.push({
          name,
          condition,
          features,
          since,
          span,
          module,
          doc,
          kind: 'struct',
          implicit,
          base,
          members,
          open,
        });
        break;
      }
      case 'union':
        this.#union(node, common, docs);
        break;
      case 'alternate':
        this.#built.push({
          name,
          condition,
          features,
          since,
          span,
          module,
          doc,
          kind: 'alternate',
          implicit: node.namedFor,
          alternatives: branchesOf(node.alternatives, docs, (type) => this.#type(type)).map(
            (part) => ({ ...part, kind: 'alternative' }),
          ),
        });
        break;
      case 'command': {
        const data = withoutFurtherMembers(node, this.#dialect);
        this.#built.push({
          name,
          condition,
          features,
          since,
          span,
          module,
          doc,
          kind: 'command',
          arguments: this.#data(data, common, docs, `${pascalCase(node.name)}Arguments`),
          open: !node.gen && node.data !== null,
          returns: node.returns === null ? null : this.#type(node.returns),
          boxed: node.boxed,
          gen: node.gen,
          successResponse: node.successResponse,
          allowOob: node.allowOob,
          allowPreconfig: node.allowPreconfig,
          coroutine: node.coroutine,
        });
        break;
      }
      case 'event':
        this.#built.push({
          name,
          condition,
          features,
          since,
          span,
          module,
          doc,
          kind: 'event',
          data: this.#data(node.data, common, docs, `${pascalCase(node.name)}Data`, node.open),
          boxed: node.boxed,
        });
        break;
    }
  }

  #union(node: UnionNode, common: Common, docs: DocumentedParts): void {
    const union = { ...common, kind: 'union', implicit: node.namedFor } as const;
    if (node.discriminator === null) {
      const base = this.#implicitStruct(
        'base',
        common,
        `q_obj_${node.name}-base`,
        `${typeName(node.name)}Base`,
        {
          base: node.base === null || isMembers(node.base) ? null : node.base.value,
          members: [this.#kindMember('type', node, common)],
        },
      );
      const branches = branchesOf(node.branches, docs, (type) => this.#wrapper(type, common));
      this.#built.push({ ...union, base, discriminator: 'type', branches, simple: true });
      return;
    }
    const discriminator = node.discriminator.value;
    const base = this.#flatBase(node, discriminator, common, docs);
    const branches = branchesOf(node.branches, docs, (type) => this.#type(type));
    this.#built.push({ ...union, base, discriminator, branches, simple: false });
  }

  /** The struct of a flat union's common members. A string discriminator gets the enum it stands for. */
  #flatBase(node: UnionNode, discriminator: string, common: Common, docs: DocumentedParts): string {
    const { base } = node;
    if (base === null) throw new Error(`union ${node.name} has a discriminator and no base`);
    const named = isMembers(base) ? null : base.value;
    const nodes = isMembers(base) ? base : this.#inheritedMembers(base.value);
    const tag = nodes.find((member) => member.name === discriminator);
    const isString = tag?.type.kind === 'name' && tag.type.name === 'str';
    if (named !== null && !isString) return named;
    if (isString && tag !== undefined) this.#dialect.meet('string-discriminator', tag.span);
    const members = this.#members(nodes, common, docs).map((member) =>
      isString && member.name === discriminator
        ? { ...member, type: this.#kindMember(discriminator, node, common).type }
        : member,
    );
    const name = `q_obj_${node.name}-base`;
    return this.#implicitStruct('base', common, name, `${typeName(node.name)}Base`, {
      base: null,
      members,
    });
  }

  #inheritedMembers(name: string): readonly MemberNode[] {
    const struct = this.#symbols.struct(name);
    if (struct === undefined) throw new Error(`base ${name} is no struct`);
    const inherited = struct.base === null ? [] : this.#inheritedMembers(struct.base.value);
    return [...inherited, ...struct.members];
  }

  /** The discriminator of a simple union, with the implicit enum of its branches' names. */
  #kindMember(name: string, node: UnionNode, common: Common) {
    const kind = `${node.name}Kind`;
    if (this.#claimImplicit(kind)) {
      this.#built.push({
        ...common,
        ...implied(kind, `${typeName(node.name)}Kind`),
        kind: 'enum',
        implicit: 'kind',
        values: enumValuesOf(
          node.branches.map((branch) => ({ ...branch, features: [] })),
          NO_DOCS,
        ),
        prefix: null,
      });
    }
    return {
      kind: 'member',
      name,
      type: { kind: 'named', name: kind },
      optional: false,
      condition: null,
      features: [],
      since: null,
      doc: [],
      span: common.span,
    } as const;
  }

  /** The struct `{ 'data': TYPE }` that a simple union's branch is on the wire. */
  #wrapper(type: TypeNode, common: Common): TypeRef {
    if (type.kind === 'inline') throw new Error('a branch cannot be an inline struct');
    const suffix = type.kind === 'array' ? 'List' : '';
    // Words that mean any value have no place in names.
    const isWord = this.#symbols.type(type.name)?.kind === 'any-word';
    const held = isWord ? 'any' : type.name;
    const name = `q_obj_${held}${suffix}-wrapper`;
    const data = {
      name: 'data',
      optional: false,
      type,
      condition: null,
      features: [],
      span: type.span,
    };
    this.#implicitStruct(
      'wrapper',
      { ...common, condition: null },
      name,
      `${typeName(held)}${suffix}Wrapper`,
      {
        base: null,
        members: this.#members([data], common, NO_DOCS),
      },
    );
    return { kind: 'named', name };
  }

  #data(
    data: DataNode,
    common: Common,
    docs: DocumentedParts,
    wantedName: string,
    open = false,
  ): string | null {
    if (data === null) return null;
    if (!isMembers(data)) return data.value;
    if (data.length === 0 && !open) return null;
    return this.#implicitStruct('arguments', common, `q_obj_${common.name}-arg`, wantedName, {
      base: null,
      members: this.#members(data, common, docs),
      open,
    });
  }

  #members(nodes: readonly MemberNode[], common: Common, docs: DocumentedParts) {
    return membersOf(nodes, docs, (type, member) => this.#type(type, common, member));
  }

  #type(type: TypeNode, common?: Common, member = ''): TypeRef {
    if (type.kind === 'inline') {
      if (common === undefined) throw new Error('an inline struct has no place here');
      const name = this.#implicitStruct(
        'inline',
        { ...common, doc: null, since: null },
        this.#freeImplicit(`q_obj_${common.name}-${member}-inline`),
        pascalCase(common.name) + pascalCase(member),
        {
          base: null,
          members: this.#members(
            type.members,
            { ...common, name: `${common.name}-${member}` },
            NO_DOCS,
          ),
        },
      );
      return { kind: 'named', name };
    }
    const element = this.#named(type);
    return type.kind === 'array' ? { kind: 'array', element } : element;
  }

  #named(type: Exclude<TypeNode, { kind: 'inline' }>): TypeRef {
    const symbol = this.#symbols.type(type.name);
    switch (symbol?.kind) {
      case 'builtin':
        return { kind: 'builtin', name: symbol.name };
      case 'any-word':
        this.#dialect.meet('any-word', type.span);
        return { kind: 'builtin', name: 'any' };
      case 'qtype':
        this.#qtype();
        return { kind: 'named', name: QTYPE };
      case 'type':
        return { kind: 'named', name: type.name };
      case undefined:
        throw new Error(`unresolved type ${type.name}`);
    }
  }

  #qtype(): void {
    if (!this.#claimImplicit(QTYPE)) return;
    const values = QTYPE_VALUES.map((name) => ({
      name,
      condition: null,
      features: [],
      span: null,
    }));
    this.#built.push({
      name: QTYPE,
      condition: null,
      features: [],
      since: null,
      span: null,
      module: '',
      doc: null,
      kind: 'enum',
      implicit: 'builtin',
      values: enumValuesOf(values, NO_DOCS),
      prefix: null,
    });
  }

  #implicitStruct(
    implicit: ImplicitOrigin,
    common: Common,
    name: string,
    wantedName: string,
    struct: Pick<Unnamed<'struct'>, 'base' | 'members'> & { readonly open?: boolean },
  ): string {
    if (this.#claimImplicit(name)) {
      const { condition, span, module } = common;
      this.#built.push({
        name,
        wantedName,
        condition,
        features: [],
        since: null,
        span,
        module,
        doc: null,
        kind: 'struct',
        implicit,
        base: struct.base,
        members: struct.members,
        open: struct.open ?? false,
      });
    }
    return name;
  }

  /** Definition 'a-b' with member 'c' and 'a' with 'b-c' want the same name. */
  #freeImplicit(wanted: string): string {
    let name = wanted;
    while (this.#implicit.has(name)) name += '_';
    return name;
  }

  #claimImplicit(name: string): boolean {
    if (this.#implicit.has(name)) return false;
    this.#implicit.add(name);
    return true;
  }
}
