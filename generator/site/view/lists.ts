import type { Impact } from '@qapi-ts/runtime/compare';
import { IMPACTS } from '@qapi-ts/runtime/compare';
import { FileNames } from '../model/files.js';
import type { Entity, Group, SiteModel, SiteTarget } from '../model/index.js';
import type { EntityView } from './entity.js';
import { type Html, html, join, NOTHING, text } from './html.js';
import { IMPACT_WORDS } from './impacts.js';
import type { Links } from './links.js';
import { shortened } from './search.js';

const PLURALS: { readonly [G in Group]: string } = {
  command: 'Commands',
  event: 'Events',
  type: 'Types',
};
const GROUPS = ['command', 'event', 'type'] as const;

export const TARGET_TITLES = {
  qmp: { title: 'QMP', about: 'the machine protocol of QEMU’s system emulators' },
  qga: { title: 'Guest agent', about: 'what qemu-ga does inside a guest' },
  qsd: { title: 'Storage daemon', about: 'the protocol of qemu-storage-daemon' },
} as const;

export interface ItemView {
  readonly file: string;
  readonly title: string;
  readonly kind: string;
  readonly summary: string;
  readonly since: string | null;
  readonly lastIn: string | null;
  readonly marks: readonly string[];
}

export interface ModuleView {
  readonly id: string;
  readonly title: string;
  readonly groups: readonly { readonly title: string; readonly items: readonly ItemView[] }[];
}

/** All entities by the file that defines them; those of no known file last. */
export function modulesOf(
  entities: readonly Entity[],
  viewOf: (entity: Entity) => EntityView,
): readonly ModuleView[] {
  const byModule = new Map<string, { title: string; entities: Entity[] }>();
  for (const entity of entities) {
    const { module } = viewOf(entity);
    const { id, title } = module ?? { id: 'module-unknown', title: 'Module not known' };
    const known = byModule.get(id) ?? { title, entities: [] };
    byModule.set(id, known);
    known.entities.push(entity);
  }
  const modules = [...byModule].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return modules.map(([id, { title, entities: own }]) => ({
    id,
    title,
    groups: GROUPS.map((group) => ({
      title: PLURALS[group],
      items: own.filter((e) => e.group === group).map((e) => itemOf(viewOf(e))),
    })).filter(({ items }) => items.length > 0),
  }));
}

const rank = (id: string): number => (id === 'module-unknown' ? 2 : id === 'module-main' ? 1 : 0);

function itemOf(view: EntityView): ItemView {
  const badge = (look: string) => view.badges.find((b) => b.look === look);
  return {
    file: view.file,
    title: view.title,
    kind: view.kind,
    summary: shortened(view.summaryText),
    since: badge('since')?.text ?? null,
    lastIn: view.lastIn,
    marks: ['deprecated', 'unstable'].filter((look) => badge(look) !== undefined),
  };
}

export interface ChangesView {
  readonly file: string;
  readonly label: string;
  readonly before: string;
  readonly introspected: boolean;
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number };
  readonly lists: readonly { readonly title: string; readonly items: readonly Html[] }[];
  readonly changed: readonly ChangedView[];
}

export interface ChangedView {
  readonly page: Html;
  readonly kind: string;
  readonly impact: Impact;
  readonly word: string;
  readonly texts: readonly Html[];
}

/** One page per version after the first: what it brought. */
export function changesOf(site: SiteTarget, links: Links): readonly ChangesView[] {
  const files = new FileNames();
  return site.versions.flatMap(({ label, introspected }, at) => {
    const before = site.versions[at - 1];
    if (before === undefined) return [];
    const inStage = (kind: string) =>
      site.entities.filter(({ history }) => history[at]?.kind === kind);
    const changed = inStage('changed').filter((e) => (e.history[at]?.changes.length ?? 0) > 0);
    const [added, removed] = [inStage('added'), inStage('removed')];
    const lists = [
      ...listsOf('New', added, (e) => besides(e, e.history[at]?.renamedFrom ?? null, 'for', links)),
      ...listsOf('Gone', removed, (e) =>
        besides(e, e.history[at]?.renamedTo ?? null, 'now', links),
      ),
    ];
    const view: ChangesView = {
      file: files.claim('changes', label),
      ...{ label, before: before.label, introspected, lists },
      counts: { added: added.length, removed: removed.length, changed: changed.length },
      changed: changed.map((entity) => changedView(entity, at, links)),
    };
    return [view];
  });
}

function listsOf(word: string, entities: readonly Entity[], itemOfEntity: (e: Entity) => Html) {
  return GROUPS.map((group) => ({
    title: `${word} ${PLURALS[group].toLowerCase()}`,
    items: entities.filter((e) => e.group === group).map(itemOfEntity),
  })).filter(({ items }) => items.length > 0);
}

function besides(entity: Entity, other: string | null, word: string, links: Links): Html {
  const page = links.page(entity);
  return other === null ? page : html`${page} <span class="as">${text(word)} ${text(other)}</span>`;
}

function changedView(entity: Entity, at: number, links: Links): ChangedView {
  const changes = entity.history[at]?.changes ?? [];
  const impact = IMPACTS.find((i) => changes.some((change) => change.impact === i)) ?? 'notice';
  return {
    page: links.page(entity),
    kind: entity.definition.kind,
    impact,
    word: IMPACT_WORDS[impact],
    texts: changes.map(({ parts, text: said }) => {
      const names = join(
        parts.map((part) => html`<code>${text(part)}</code>`),
        ', ',
      );
      return html`${names}${parts.length === 0 ? NOTHING : html`: `}${text(said)}`;
    }),
  };
}

export interface TargetCardView {
  readonly target: string;
  readonly title: string;
  readonly about: string;
  readonly counts: readonly { readonly count: number; readonly word: string }[];
  readonly newest: string;
}

export interface HomeRowView {
  readonly label: string;
  readonly introspected: boolean;
  readonly cells: readonly CellView[];
}

interface CellView {
  readonly href: string | null;
  /** Where there is no link. */
  readonly text: string;
  readonly tally: readonly TallyView[];
  /** What the numbers are of, for those who do not see the table. */
  readonly says: string;
}

interface TallyView {
  readonly look: 'good' | 'bad' | 'some' | 'none';
  readonly text: string;
}

const NO_TALLY = { tally: [], says: '' } as const;

const tally = (sign: string, count: number, look: TallyView['look']): TallyView => ({
  look: count === 0 ? 'none' : look,
  text: `${sign}${count}`,
});

export function cardOf(site: SiteTarget): TargetCardView {
  const newest = site.versions.at(-1);
  return {
    target: site.target,
    ...TARGET_TITLES[site.target],
    counts: GROUPS.map((group) => ({
      count: site.entities.filter((e) => e.group === group && e.home === site.versions.length - 1)
        .length,
      word: PLURALS[group].toLowerCase(),
    })).filter(({ count }) => count > 0),
    newest: newest?.label ?? '',
  };
}

/** Versions, newest first, and what each brought to each target. */
export function homeRows(
  { targets, labels }: SiteModel,
  changes: ReadonlyMap<SiteTarget, readonly ChangesView[]>,
): readonly HomeRowView[] {
  return labels.toReversed().map((label) => ({
    label,
    introspected: targets.some(({ versions }) =>
      versions.some((v) => v.label === label && v.introspected),
    ),
    cells: targets.map((site) => {
      const view = changes.get(site)?.find((c) => c.label === label);
      if (view !== undefined) {
        const { added, removed, changed } = view.counts;
        return {
          ...{ href: `${site.target}/${view.file}`, text: '' },
          tally: [
            tally('+', added, 'good'),
            tally('−', removed, 'bad'),
            tally('~', changed, 'some'),
          ],
          says: `${TARGET_TITLES[site.target].title} ${label}`,
        };
      }
      const isFirst = site.versions[0]?.label === label;
      return { href: null, text: isFirst ? 'first here' : '–', ...NO_TALLY };
    }),
  }));
}
