import type { Impact } from '@qapi-ts/runtime/compare';
import type { Entity, Group, SiteTarget, SiteVersion, Stage } from '../model/index.js';
import { type Html, html, join, NOTHING, text } from './html.js';
import { IMPACT_WORDS } from './impacts.js';
import type { Links } from './links.js';

/** One version in the row of all. */
export interface DotView {
  readonly label: string;
  /** CSS classes: there or not, and what happened. */
  readonly look: string;
  /** For those who do not see it. */
  readonly says: string;
}

export interface StageView {
  readonly label: string;
  readonly look: string;
  readonly title: Html;
  readonly changes: readonly ChangeView[];
  readonly through: Html;
}

export interface ChangeView {
  readonly impact: Impact;
  readonly word: string;
  readonly parts: Html;
  readonly text: string;
}

export interface TimelineView {
  readonly dots: readonly DotView[];
  /** Newest first. */
  readonly stages: readonly StageView[];
  /** Whether a version is among the stages that is known from a reply only. */
  readonly introspected: string | null;
}

/** Of these many types at most, all are named. */
const NAMED = 10;

export function timelineOf(entity: Entity, site: SiteTarget, links: Links): TimelineView {
  const { versions } = site;
  const stages = entity.history.flatMap((stage, at) => {
    const version = versions[at];
    if (stage === null || version === undefined) return [];
    return [stageView(stage, version, entity, site, links)];
  });
  const told = versions.filter((v, at) => v.introspected && entity.history[at] !== null);
  return {
    dots: versions.map(({ label }, at) => dotView(label, entity, at)),
    stages: stages.reverse(),
    introspected: told.length === 0 ? null : told.map(({ label }) => label).join(', '),
  };
}

function dotView(label: string, { present, history }: Entity, at: number): DotView {
  const stage = history[at] ?? null;
  const isThere = present[at] === true;
  const state = isThere ? 'there' : 'not there';
  const own = stage === null || (stage.kind === 'changed' && stage.changes.length === 0);
  const happened = own ? '' : stage.kind === 'first' ? '' : stage.kind;
  return {
    label,
    look: `${isThere ? 'in' : 'out'} ${happened}`.trim(),
    says: happened === '' ? state : happened,
  };
}

function stageView(
  stage: Stage,
  { label }: SiteVersion,
  { group }: Entity,
  site: SiteTarget,
  links: Links,
): StageView {
  return {
    label,
    look: stage.kind === 'changed' && stage.changes.length === 0 ? 'beneath' : stage.kind,
    title: titleOfStage(stage, group, site, links),
    changes: stage.changes.map(({ impact, parts, text: said }) => ({
      impact,
      word: IMPACT_WORDS[impact],
      parts: join(
        parts.map((part) => html`<code>${text(part)}</code>`),
        ', ',
      ),
      text: said,
    })),
    through: throughHtml(stage.through, group, links),
  };
}

function titleOfStage(stage: Stage, group: Group, site: SiteTarget, links: Links): Html {
  const { kind, renamedTo, renamedFrom } = stage;
  const other = renamedTo ?? renamedFrom;
  const entity = other === null ? undefined : site.find(group, other);
  const name = entity === undefined ? html`<code>${text(other ?? '')}</code>` : links.page(entity);
  switch (kind) {
    case 'first':
      return html`there already`;
    case 'added':
      return renamedFrom === null ? html`added` : html`added, in the place of ${name}`;
    case 'removed':
      return renamedTo === null ? html`gone` : html`gone; ${name} took its place`;
    case 'changed':
      return stage.changes.length === 0 ? NOTHING : html`changed`;
  }
}

function throughHtml(types: readonly string[], group: Group, links: Links): Html {
  if (types.length === 0) return NOTHING;
  const shown = types.length > NAMED + 2 ? types.slice(0, NAMED) : types;
  const rest = types.length - shown.length;
  const more = rest === 0 ? NOTHING : html` and ${text(String(rest))} more`;
  const names = join(
    shown.map((name) => links.type(name)),
    ', ',
  );
  const where = group === 'type' ? 'in types it refers to' : 'in types it leads to';
  return html`${text(where)}: ${names}${more}`;
}
