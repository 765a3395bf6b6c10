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
import type { Findings } from './findings.js';
import { QAPI_NAME } from './item-lines.js';
import { readMemberText } from './member-text.js';
import type { CatalogueMember, CatalogueType, CatalogueValue } from './model.js';
import type { ItemNode } from './nesting.js';
import { shorten } from './sections.js';

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

/** Arrays of arrays of arrays: no text needs more, and a hostile one shall not nest without end. */
const MAXIMUM_TYPES = 8;

const ANY: CatalogueType = { kind: 'scalar', name: 'any' };

/** Gives each member its type; `examples` are the objects that show these members. */
export function resolveMembers(
  nodes: readonly ItemNode[],
  examples: readonly ExampleObject[],
  findings: Findings,
): readonly CatalogueMember[] {
  const shown = valuesByName(examples);
  const members = new Map<string, CatalogueMember>();
  for (const node of nodes) {
    const { name, span } = node.item;
    const first = members.get(name);
    if (first !== undefined) {
      findings.report('catalogue-duplicate-member', `'${name}' is described twice`, span, {
        related: [{ message: 'the first description', at: first.span }],
      });
      continue;
    }
    const resolver = new TypeResolver(node, shown.get(name) ?? [], findings);
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
  readonly #findings: Findings;

  constructor(node: ItemNode, shown: readonly ExampleValue[], findings: Findings) {
    this.#node = node;
    this.#shown = shown;
    this.#findings = findings;
  }

  resolve(): CatalogueType {
    const { text, children } = this.#node;
    const { types, foreign } = text;
    if (types.length > MAXIMUM_TYPES) return this.#unknown(types);
    if (foreign !== null && children.length === 0 && types[0] !== 'array') {
      const otherwise =
        types.length === 0 ? inferType(this.#shown) : this.#typed(types, this.#shown);
      return { kind: 'foreign', name: foreign, otherwise };
    }
    return this.#typed(types, this.#shown);
  }

  /** The type that the names state, outermost first; `shown` are the values it has in examples. */
  #typed(types: readonly string[], shown: readonly ExampleValue[]): CatalogueType {
    const { children } = this.#node;
    const [name, ...more] = types;
    if (name === 'array') {
      const elements = shown.flatMap((value) => (value.kind === 'array' ? value.elements : []));
      return { kind: 'array', element: this.#typed(more, elements) };
    }
    if (children.length > 0 && (name === undefined || name === 'object')) {
      const members = resolveMembers(children, objectsIn(shown), this.#findings);
      return { kind: 'object', members };
    }
    if (name === undefined || (name === 'string' && more.length === 0)) {
      const values = this.#alternatives();
      if (values.length > 0) return { kind: 'enum', values };
    }
    if (name === undefined) {
      return this.#node.text.types.length === 0 ? this.#unstated() : inferType(shown);
    }
    if (more.some((other) => other !== name)) return this.#unknown(types);
    if (name === 'object') return { kind: 'object', members: [] };
    const scalar = SCALARS.get(name);
    return scalar === undefined ? this.#unknown(types) : { kind: 'scalar', name: scalar };
  }

  #unknown(types: readonly string[]): CatalogueType {
    const { item } = this.#node;
    const stated = shorten(types.map((type) => `json-${type}`).join(', '));
    this.#findings.report(
      'catalogue-type-unknown',
      `'${item.name}' may be any value, for '${stated}' is not a type`,
      item.span,
    );
    return ANY;
  }

  #unstated(): CatalogueType {
    this.stated = false;
    const { item } = this.#node;
    const type = inferType(this.#shown);
    const source = this.#shown.length === 0 ? 'and no example shows it' : 'so the example decides';
    this.#findings.report(
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
        this.#findings.report(
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
