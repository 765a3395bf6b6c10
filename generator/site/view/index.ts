/**
 * From the model to what the site's templates say: texts decided, links made, markup escaped.
 *
 * Accepts: a model, and the templates of SDKs for what they declare. Guarantees: views with no
 * schema text unescaped in what is marked as `Html`; the rest is text that templates escape.
 * Leaves to `render/`: pages.
 */
import type { TemplateEngine } from '../../emit/engine.js';
import type { GraphData, SearchData } from '../data.js';
import type { Entity, SiteModel, SiteTarget } from '../model/index.js';
import { Declarations } from './declarations.js';
import { type EntityView, entityView } from './entity.js';
import { Links } from './links.js';
import {
  type ChangesView,
  cardOf,
  changesOf,
  type HomeRowView,
  homeRows,
  type ModuleView,
  modulesOf,
  type TargetCardView,
} from './lists.js';
import { graphData, searchData } from './search.js';

export interface SiteView {
  readonly labels: readonly string[];
  readonly targets: readonly TargetView[];
  readonly rows: readonly HomeRowView[];
  readonly search: SearchData;
  /** Some version is known from a reply only. */
  readonly hasReplies: boolean;
}

export interface TargetView {
  readonly target: string;
  readonly card: TargetCardView;
  readonly entities: readonly EntityView[];
  readonly modules: readonly ModuleView[];
  readonly changes: readonly ChangesView[];
  readonly graph: GraphData;
}

export function siteView(model: SiteModel, templates: TemplateEngine): SiteView {
  const views = new Map<Entity, EntityView>();
  const changes = new Map<SiteTarget, readonly ChangesView[]>();
  for (const site of model.targets) {
    const links = new Links(site);
    changes.set(site, changesOf(site, links));
    const declarations = new Map<number, Declarations>();
    for (const entity of site.entities) {
      const declared = declarations.get(entity.home) ?? declarationsOf(site, entity, templates);
      declarations.set(entity.home, declared);
      views.set(entity, entityView(entity, site, links, declared));
    }
  }
  const viewOf = (entity: Entity): EntityView => {
    const view = views.get(entity);
    if (view === undefined) throw new Error(`no view of ${entity.name}`);
    return view;
  };
  const rows = homeRows(model, changes);
  return {
    labels: model.labels,
    rows,
    hasReplies: rows.some(({ introspected }) => introspected),
    search: searchData(model, viewOf),
    targets: model.targets.map((site) => ({
      target: site.target,
      card: cardOf(site),
      entities: site.entities.map(viewOf),
      modules: modulesOf(site.entities, viewOf),
      changes: changes.get(site) ?? [],
      graph: graphData(site),
    })),
  };
}

function declarationsOf(
  { target, versions }: SiteTarget,
  { home, name }: Entity,
  templates: TemplateEngine,
): Declarations {
  const version = versions[home];
  if (version === undefined) throw new Error(`no version has ${name}`);
  return new Declarations(version.schema, target, templates);
}
