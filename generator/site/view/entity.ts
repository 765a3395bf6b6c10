import type { Block } from '../../ir/doc.js';
import type { Definition } from '../../ir/types.js';
import type { Entity, Group, SiteTarget, Use } from '../model/index.js';
import { typeScriptHtml } from './code.js';
import type { Declarations } from './declarations.js';
import { type Html, html, join, NOTHING, outward, text } from './html.js';
import { Knowledge } from './knowledge.js';
import { type Links, titleOf } from './links.js';
import { moduleId, moduleTitle } from './modules.js';
import { type BadgeView, badgesOf, type PartsView, partsOf, remarks } from './parts.js';
import { blocksHtml, inlinesHtml, inlinesText } from './prose.js';
import { type TimelineView, timelineOf } from './timeline.js';
import { wireHtml } from './wire.js';

export interface EntityView {
  readonly title: string;
  /** "command", "struct", … */
  readonly kind: string;
  readonly group: Group;
  readonly target: string;
  readonly file: string;
  readonly module: { readonly title: string; readonly id: string } | null;
  /** One sentence without markup. */
  readonly summaryText: string;
  readonly summary: Html;
  readonly badges: readonly BadgeView[];
  /** The version that it was last in; null: it is in the newest. */
  readonly lastIn: string | null;
  readonly typeScript: Html;
  readonly wire: Html;
  readonly parts: readonly PartsView[];
  readonly body: Html;
  readonly returns: Html;
  readonly errors: Html;
  readonly remarks: Html;
  readonly flags: readonly string[];
  readonly timeline: TimelineView;
  readonly uses: readonly UseListView[];
  readonly manual: Html | null;
  /** Whether there are badges or a manual. */
  readonly meta: boolean;
  /** Whether a graph is worth drawing. */
  readonly hasNeighbours: boolean;
  /** Links of the page's own contents. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
}

export interface UseListView {
  readonly title: string;
  readonly items: readonly Html[];
}

export function entityView(
  entity: Entity,
  site: SiteTarget,
  links: Links,
  declarations: Declarations,
): EntityView {
  const version = site.versions[entity.home];
  if (version === undefined) throw new Error(`no version has ${entity.name}`);
  const { schema } = version;
  const { definition, group, file } = entity;
  const knowledge = new Knowledge(entity, site);
  const { doc } = knowledge;
  const prose = (blocks: readonly Block[] | undefined) => blocksHtml(blocks ?? [], links.resolve);
  const pageOf = (name: string) => {
    const type = declarations.names.get(name);
    const page = type === undefined ? undefined : site.find('type', type)?.file;
    // Not to the page that it stands on.
    return page === undefined || page === file ? null : page;
  };
  const isLast = entity.home === site.versions.length - 1;
  const uses = usesOf(entity, site, links);
  const badges = badgesOf(knowledge);
  const view = {
    title: titleOf(entity),
    kind: definition.kind,
    group,
    target: site.target,
    file,
    module:
      knowledge.module === null
        ? null
        : { title: moduleTitle(knowledge.module), id: moduleId(knowledge.module) },
    summaryText: inlinesText(doc?.summary ?? []),
    summary: inlinesHtml(doc?.summary ?? [], links.resolve),
    badges,
    lastIn: isLast ? null : version.label,
    typeScript: typeScriptHtml(declarations.of(definition), pageOf),
    wire: wireHtml(definition, schema, links),
    parts: partsOf(definition, { schema, knowledge, links }),
    body: prose(doc?.body),
    returns: returnsHtml(definition, links, prose(doc?.returns)),
    errors: prose(doc?.errors),
    remarks: remarks(knowledge, links),
    flags: flagsOf(definition),
    timeline: timelineOf(entity, site, links),
    uses,
    manual: knowledge.manual === null ? null : outward(knowledge.manual, 'QEMU’s manual'),
    hasNeighbours: uses.length > 0,
    meta: badges.length > 0 || knowledge.manual !== null,
  };
  return { ...view, contents: contentsOf(view) };
}

function contentsOf(view: Omit<EntityView, 'contents'>): EntityView['contents'] {
  return [
    { id: 'signature', title: 'Signature' },
    ...(view.body === NOTHING ? [] : [{ id: 'description', title: 'Description' }]),
    ...view.parts.map(({ id, title }) => ({ id, title })),
    ...(view.returns === NOTHING ? [] : [{ id: 'returns', title: 'Returns' }]),
    ...(view.errors === NOTHING ? [] : [{ id: 'errors', title: 'Errors' }]),
    { id: 'history', title: 'History' },
    ...(view.uses.length === 0 ? [] : [{ id: 'neighbourhood', title: 'Neighbourhood' }]),
  ];
}

function returnsHtml(definition: Definition, links: Links, said: Html): Html {
  if (definition.kind !== 'command') return said;
  if (!definition.successResponse) return html`<p>Nothing: it answers only to fail.</p>${said}`;
  if (definition.returns === null) return said;
  return html`<p class="type">${links.reference(definition.returns)}</p>${said}`;
}

/** What is special about a command. */
function flagsOf(definition: Definition): readonly string[] {
  if (definition.kind !== 'command') return [];
  const { allowOob, allowPreconfig, coroutine, open } = definition;
  return [
    ...(allowOob ? ['May be executed out of band.'] : []),
    ...(allowPreconfig ? ['May be executed before the machine is made.'] : []),
    ...(coroutine ? ['Runs as a coroutine in the server.'] : []),
    ...(open ? ['Accepts further arguments.'] : []),
  ];
}

const TITLES: { readonly [G in Group]: string } = {
  command: 'Used by commands',
  event: 'Used by events',
  type: 'Used by types',
};

/** The graph in words: who refers to it, and what it refers to. */
function usesOf(entity: Entity, site: SiteTarget, links: Links): readonly UseListView[] {
  const users = entity.group === 'type' ? site.usersOf(entity) : [];
  const lists = (['command', 'event', 'type'] as const).map((group) => ({
    title: TITLES[group],
    items: users.filter(({ user }) => user.group === group).map((use) => useHtml(use, links)),
  }));
  const pages = (entities: readonly Entity[]) => entities.map((each) => links.page(each));
  const others = [
    { title: 'Used earlier by', items: pages(site.formerUsersOf(entity)) },
    { title: 'Refers to', items: pages(site.usedBy(entity)) },
    { title: 'Referred earlier to', items: pages(site.formerlyUsedBy(entity)) },
  ];
  return [...lists, ...others].filter(({ items }) => items.length > 0);
}

function useHtml({ user, as }: Use, links: Links): Html {
  const places = join(
    as.map((place) => html`${text(place)}`),
    ', ',
  );
  return html`${links.page(user)} <span class="as">${places}</span>`;
}
