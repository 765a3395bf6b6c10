import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { Block } from '../ir/doc.js';
import type { RawValue } from './body.js';
import type { ExampleValue } from './example-json.js';
import {
  describeType,
  type ExampleObject,
  inferType,
  objectsIn,
  valuesByName,
} from './example-values.js';
import { QAPI_NAME } from './item-lines.js';
import { readMemberText } from './member-text.js';
import type { CatalogueMember, CatalogueType, CatalogueValue } from './model.js';
import type { ItemNode } from './nesting.js';

type Scalar = Extract<CatalogueType, { readonly kind: 'scalar' }>['name'];

/** JSON's types, as the texts name them after `json-`. */
const SCALARS: ReadonlyMap<string, Scalar> = new Map([
  ['string', 'str'],
  ['int', 'int'],
  ['integer', 'int'],
  ['number', 'number'],
  ['bool', 'bool'],
  ['boolean', 'bool'],
  ['null', 'null'],
  ['value', 'any'],
]);

const ANY: CatalogueType = { kind: 'scalar', name: 'any' };

/** Gives each member its type; `examples` are the objects that show these members. */
export function resolveMembers(
  nodes: readonly ItemNode[],
  examples: readonly ExampleObject[],
  diagnostics: Diagnostics,
): readonly CatalogueMember[] {
  const shown = valuesByName(examples);
  const members = new Map<string, CatalogueMember>();
  for (const node of nodes) {
    const { name, span } = node.item;
    const first = members.get(name);
    if (first !== undefined) {
      diagnostics.report('catalogue-duplicate-member', `'${name}' is described twice`, span, {
        related: [{ message: 'the first description', at: first.span }],
      });
      continue;
    }
    const resolver = new TypeResolver(node, shown.get(name) ?? [], diagnostics);
    members.set(name, {
      name,
      span,
      optional: node.text.optional,
      type: resolver.resolve(),
      stated: resolver.stated,
      since: node.text.since,
      doc: paragraph(node.text.prose),
    });
  }
  return [...members.values()];
}

export function paragraph(text: string): readonly Block[] {
  return text === '' ? [] : [{ kind: 'paragraph', inlines: [{ kind: 'text', text }] }];
}

class TypeResolver {
  stated = true;
  readonly #node: ItemNode;
  readonly #shown: readonly ExampleValue[];
  readonly #diagnostics: Diagnostics;

  constructor(node: ItemNode, shown: readonly ExampleValue[], diagnostics: Diagnostics) {
    this.#node = node;
    this.#shown = shown;
    this.#diagnostics = diagnostics;
  }

  resolve(): CatalogueType {
    const { text, children } = this.#node;
    const [outer, ...inner] = new Set(text.types);
    if (outer === 'array') return { kind: 'array', element: this.#single(inner, true) };
    const { foreign } = text;
    const types = outer === undefined ? [] : [outer, ...inner];
    if (foreign !== null && children.length === 0) {
      const otherwise = types.length === 0 ? inferType(this.#shown) : this.#single(types, false);
      return { kind: 'foreign', name: foreign, otherwise };
    }
    return this.#single(types, false);
  }

  /** One type of the names stated; `element` when an array's elements are meant. */
  #single(types: readonly string[], element: boolean): CatalogueType {
    const { children, item } = this.#node;
    const [name, ...more] = types;
    if (children.length > 0 && (name === undefined || name === 'object')) {
      const members = resolveMembers(children, objectsIn(this.#shown), this.#diagnostics);
      return { kind: 'object', members };
    }
    if (name === undefined || (name === 'string' && more.length === 0)) {
      const values = this.#alternatives();
      if (values.length > 0) return { kind: 'enum', values };
    }
    if (name === undefined) return element ? this.#elementShown() : this.#unstated();
    if (more.length === 0) {
      if (name === 'object') return { kind: 'object', members: [] };
      const scalar = SCALARS.get(name);
      if (scalar !== undefined) return { kind: 'scalar', name: scalar };
    }
    const stated = types.map((type) => `json-${type}`).join(', ');
    this.#diagnostics.report(
      'catalogue-type-unknown',
      `'${item.name}' may be any value, for '${stated}' is not a type`,
      item.span,
    );
    return ANY;
  }

  #elementShown(): CatalogueType {
    return inferType(
      this.#shown.flatMap((value) => (value.kind === 'array' ? value.elements : [])),
    );
  }

  #unstated(): CatalogueType {
    this.stated = false;
    const { item } = this.#node;
    const type = inferType(this.#shown);
    const source = this.#shown.length === 0 ? 'and no example shows it' : 'so the example decides';
    this.#diagnostics.report(
      'catalogue-type-unstated',
      `the text gives no type for '${item.name}', ${source}: ${describeType(type)}`,
      item.span,
    );
    return type;
  }

  /** The alternatives listed below the member, or else those in its text. */
  #alternatives(): readonly CatalogueValue[] {
    const { item, values, text } = this.#node;
    const raw: readonly RawValue[] =
      values.length > 0
        ? values
        : text.alternatives.map((name) => ({ name, span: item.span, text: [] }));
    const byName = new Map<string, CatalogueValue>();
    for (const { name, span, text: lines } of raw) {
      if (!QAPI_NAME.test(name)) {
        this.#diagnostics.report(
          'catalogue-invalid-name',
          `'${item.name}' may be any string, for one of its alternatives cannot be a QAPI name`,
          span,
        );
        return [];
      }
      if (!byName.has(name)) {
        byName.set(name, { name, span, doc: paragraph(readMemberText(lines).prose) });
      }
    }
    return [...byName.values()];
  }
}
