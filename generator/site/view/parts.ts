import type {
  Definition,
  Feature,
  Member,
  ObjectType,
  Part,
  Schema,
  StructType,
  TypeRef,
} from '../../ir/types.js';
import { objectNamed, structNamed } from '../../ir/visit.js';
import { isInPlace } from '../model/entities.js';
import { conditionHtml } from './condition.js';
import { type Html, html, NOTHING, text } from './html.js';
import type { Facts, Knowledge } from './knowledge.js';
import type { Links } from './links.js';
import { blocksHtml } from './prose.js';

/** A table of members, values, branches or alternatives. */
export interface PartsView {
  readonly id: string;
  readonly title: string;
  /** What goes before the rows. */
  readonly lead: Html;
  readonly rows: readonly PartView[];
  /** Few of them are described: they stand in columns. */
  readonly dense: boolean;
}

export interface PartView {
  /** For links to the row; null: the name can be none, or has been one already. */
  readonly id: string | null;
  readonly name: string;
  readonly type: Html;
  readonly optional: boolean;
  readonly badges: readonly BadgeView[];
  readonly described: boolean;
  /** Its description and what is special about it. */
  readonly text: Html;
}

export interface BadgeView {
  /** A CSS class. */
  readonly look: 'since' | 'deprecated' | 'unstable' | 'build' | 'feature' | 'gone';
  readonly text: string;
}

export interface PartsContext {
  readonly schema: Schema;
  readonly knowledge: Knowledge;
  readonly links: Links;
}

/** Fewer than these need no columns. */
const MANY = 6;

const TITLES = {
  command: 'Arguments',
  event: 'Data',
  struct: 'Members',
  union: 'Members',
} as const;

/** The tables of a definition, in the order in which they stand on its page. */
export function partsOf(definition: Definition, context: PartsContext): readonly PartsView[] {
  const tables = new Tables(context);
  switch (definition.kind) {
    case 'enum':
      tables.add('values', 'Values', NOTHING, definition.values, definition.name);
      break;
    case 'alternate':
      tables.add('alternatives', 'Alternatives', NOTHING, definition.alternatives, definition.name);
      break;
    case 'struct':
    case 'union':
      tables.object(definition, TITLES[definition.kind], NOTHING);
      break;
    case 'command':
      tables.held(definition.arguments, TITLES.command);
      break;
    case 'event':
      tables.held(definition.data, TITLES.event);
      break;
  }
  return tables.list;
}

class Tables {
  readonly list: PartsView[] = [];
  readonly #context: PartsContext;
  readonly #ids = new Set<string>();

  constructor(context: PartsContext) {
    this.#context = context;
  }

  held(name: string | null, title: string): void {
    if (name === null) return;
    const type = objectNamed(this.#context.schema, name);
    const lead = isInPlace(type)
      ? NOTHING
      : html`<p>Those of ${this.#context.links.type(name)}.</p>`;
    this.object(type, title, lead);
  }

  object(type: ObjectType, title: string, lead: Html): void {
    const { schema, links } = this.#context;
    const id = title.toLowerCase();
    const own = type.kind === 'union' ? structNamed(schema, type.base) : type;
    const ownLead =
      isInPlace(own) || own === type || lead !== NOTHING ? lead : fromBase(own, links);
    this.add(id, title, ownLead, own.members, own.name, own.open);
    for (let base = baseOf(own, schema); base !== null; base = baseOf(base, schema)) {
      this.add(
        `base-${this.list.length}`,
        `${title} of the base`,
        fromBase(base, links),
        base.members,
        base.name,
        base.open,
      );
    }
    if (type.kind !== 'union') return;
    const which = html`<p>By the value of <code>${text(type.discriminator)}</code>; for other values, nothing more.</p>`;
    this.add('branches', 'Branches', which, type.branches, type.name);
  }

  add(
    id: string,
    title: string,
    lead: Html,
    parts: readonly (Part & { readonly type?: TypeRef })[],
    owner: string,
    open = false,
  ): void {
    const more = open ? html`<p>Further members are accepted.</p>` : NOTHING;
    if (parts.length === 0 && !open) return;
    const rows = parts.map((part) => this.#row(part, owner));
    const described = rows.filter(({ described }) => described).length;
    const dense = rows.length >= MANY && described * 4 < rows.length;
    this.list.push({ id, title, lead: html`${lead}${more}`, rows, dense });
  }

  #row(part: Part & { readonly type?: TypeRef }, owner: string): PartView {
    const { knowledge, links } = this.#context;
    const facts = knowledge.part(part, owner);
    return {
      id: this.#id(part.name),
      name: part.name,
      type: part.type === undefined ? NOTHING : this.#type(part.type),
      optional: 'optional' in part && (part as Member).optional,
      badges: badgesOf(facts),
      described: facts.blocks.length > 0,
      text: html`${blocksHtml(facts.blocks, links.resolve)}${remarks(facts, links)}`,
    };
  }

  /** A wrapper in place is not named: what it holds is. */
  #type(ref: TypeRef): Html {
    const { schema, links } = this.#context;
    const type = ref.kind === 'named' ? schema.types.get(ref.name) : undefined;
    if (type?.kind !== 'struct' || !isInPlace(type)) return links.reference(ref);
    const [data] = type.members;
    return data === undefined
      ? html`{}`
      : html`{ ${text(data.name)}: ${links.reference(data.type)} }`;
  }

  #id(name: string): string | null {
    const id = `m.${name}`;
    if (!/^[\w.-]{1,80}$/.test(name) || this.#ids.has(id)) return null;
    this.#ids.add(id);
    return id;
  }
}

function baseOf(struct: StructType, schema: Schema): StructType | null {
  return struct.base === null ? null : structNamed(schema, struct.base);
}

const fromBase = (base: StructType, links: Links): Html =>
  html`<p>From ${links.type(base.name)}.</p>`;

export function badgesOf({ since, features }: Pick<Facts, 'since' | 'features'>): BadgeView[] {
  const badges: BadgeView[] = since === null ? [] : [{ look: 'since', text: `since ${since}` }];
  for (const { name } of features) {
    const look = name === 'deprecated' || name === 'unstable' ? name : 'feature';
    badges.push({ look, text: name });
  }
  return badges;
}

/** What is to be said of features, and on what builds it is there. */
export function remarks(
  { features, condition }: Pick<Facts, 'features' | 'condition'>,
  links: Links,
): Html {
  const said = features.map((feature) => featureRemark(feature, links));
  const build =
    condition === null
      ? NOTHING
      : html`<p class="build">In builds with ${conditionHtml(condition)}</p>`;
  return html`${said.join('') as Html}${build}`;
}

function featureRemark({ name, doc, condition }: Feature, links: Links): Html {
  if (doc.length === 0 && condition === null) return NOTHING;
  const when = condition === null ? NOTHING : html`, in builds with ${conditionHtml(condition)}`;
  return html`<div class="feature"><p class="label">${text(name)}${when}</p>${blocksHtml(doc, links.resolve)}</div>`;
}
